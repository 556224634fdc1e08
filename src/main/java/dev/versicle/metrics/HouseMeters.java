package dev.versicle.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Shows what the house holds at the moment. Each number is asked for at every scrape, so asking must cost little.
 *
 * @param cacheHits versions that were read from the cache
 * @param cacheMisses versions that had to be read from the disk
 * @param cacheBytes what the cache takes, in bytes
 * @param openRepositories repositories that are open
 * @param prompts how many prompts there are
 */
public record HouseMeters(
        LongSupplier cacheHits,
        LongSupplier cacheMisses,
        LongSupplier cacheBytes,
        LongSupplier openRepositories,
        LongSupplier prompts)
        implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "hit", cacheHits);
        counter(registry, "miss", cacheMisses);
        Gauge.builder("versicle.cache", cacheBytes::getAsLong)
                .description("Memory that the versions in the cache take")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("versicle.repositories.open", openRepositories::getAsLong)
                .description("Repositories that are open, in use or kept for the next request")
                .register(registry);
        Gauge.builder("versicle.prompts", prompts::getAsLong)
                .description("Prompts there are")
                .register(registry);
        virtualThreads(registry);
    }

    private void counter(MeterRegistry registry, String result, LongSupplier count) {
        FunctionCounter.builder("versicle.cache.requests", count, LongSupplier::getAsLong)
                .description("Versions looked for in the cache")
                .tag("result", result)
                .register(registry);
    }

    /** Requests run on virtual threads: where some are queued for long, their carriers are held by native calls. */
    private static void virtualThreads(MeterRegistry registry) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        Gauge.builder("jvm.threads.virtual.carriers", scheduler::getPoolSize)
                .description("Platform threads that carry virtual ones")
                .register(registry);
        Gauge.builder("jvm.threads.virtual.mounted", scheduler::getMountedVirtualThreadCount)
                .description("Virtual threads on a carrier")
                .register(registry);
        Gauge.builder("jvm.threads.virtual.queued", scheduler::getQueuedVirtualThreadCount)
                .description("Virtual threads that wait for a carrier")
                .register(registry);
    }
}
