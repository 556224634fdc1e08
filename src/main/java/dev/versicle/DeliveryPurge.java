package dev.versicle;

import dev.versicle.prompt.DeliveryQueue;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, at the start and once an hour, deliveries that are older than events are kept, and no longer tried. */
@Singleton
final class DeliveryPurge {
    /** Longer than a delivery is tried. */
    static final Duration AGE_MIN = Duration.ofDays(2);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryPurge.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** At a time, since whoever writes a prompt waits meanwhile. */
    private static final int DELIVERIES_MAX = 500;

    private final DeliveryQueue queue;
    private final Duration age;
    private final InstantSource clock;
    private final TaskScheduler scheduler;
    private Optional<ScheduledFuture<?>> purges = Optional.empty();

    DeliveryPurge(
            DeliveryQueue queue,
            Settings settings,
            InstantSource clock,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.queue = queue;
        Duration kept = Duration.ofDays(settings.eventDays());
        this.age = kept.compareTo(AGE_MIN) < 0 ? AGE_MIN : kept;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @EventListener
    void begin(ServerStartupEvent started) {
        purges = Optional.of(scheduler.scheduleWithFixedDelay(Duration.ZERO, INTERVAL, this::purge));
    }

    @PreDestroy
    void end() {
        purges.ifPresent(purge -> purge.cancel(false));
    }

    void purge() {
        Instant moment = clock.instant().minus(age);
        try {
            boolean more = true;
            while (more) {
                more = queue.drop(moment, DELIVERIES_MAX);
            }
        } catch (RuntimeException e) {
            LOG.error("Deliveries could not be forgotten, which is tried again in an hour", e);
        }
    }
}
