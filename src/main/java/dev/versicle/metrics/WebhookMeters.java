package dev.versicle.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongSupplier;

/**
 * Shows how those fare who are told of events. Each number is asked for at every scrape, so asking must cost little.
 *
 * @param delivered attempts that were answered with a 2xx
 * @param failed all others
 * @param parked deliveries given up
 * @param waiting deliveries that wait for an attempt
 */
public record WebhookMeters(LongSupplier delivered, LongSupplier failed, LongSupplier parked, LongSupplier waiting)
        implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        attempts(registry, "delivered", delivered);
        attempts(registry, "failed", failed);
        FunctionCounter.builder("versicle.webhook.parked", parked, LongSupplier::getAsLong)
                .description("Deliveries to webhooks that were given up")
                .register(registry);
        Gauge.builder("versicle.webhook.waiting", waiting::getAsLong)
                .description("Deliveries to webhooks that wait for an attempt")
                .register(registry);
    }

    private static void attempts(MeterRegistry registry, String outcome, LongSupplier count) {
        FunctionCounter.builder("versicle.webhook.attempts", count, LongSupplier::getAsLong)
                .description("Attempts to deliver to webhooks, by what they came to")
                .tag("outcome", outcome)
                .register(registry);
    }
}
