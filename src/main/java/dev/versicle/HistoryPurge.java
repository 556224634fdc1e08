package dev.versicle;

import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.EventLog;
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

/**
 * Drops, at the start and once an hour, the events that were kept for as long as the setting says, and the deliveries
 * of such an age that are no longer tried.
 */
@Singleton
final class HistoryPurge {
    /** Longer than a delivery is tried. */
    static final Duration DELIVERY_AGE_MIN = Duration.ofDays(2);

    private static final Logger LOG = LoggerFactory.getLogger(HistoryPurge.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** At a time, since whoever writes a prompt waits meanwhile. */
    private static final int EVENTS_MAX = 1_000;

    /** As {@link #EVENTS_MAX}; a delivery has a body. */
    private static final int DELIVERIES_MAX = 500;

    private final EventLog log;
    private final DeliveryQueue queue;
    private final Duration age;
    private final InstantSource clock;
    private final TaskScheduler scheduler;
    private Optional<ScheduledFuture<?>> purges = Optional.empty();

    HistoryPurge(
            EventLog log,
            DeliveryQueue queue,
            Settings settings,
            InstantSource clock,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.log = log;
        this.queue = queue;
        this.age = Duration.ofDays(settings.eventDays());
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Drops some of what is older than a moment; says whether there may be more. */
    @FunctionalInterface
    private interface Step {
        boolean drop(Instant moment, int limit);
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
        purge("events", age, log::drop, EVENTS_MAX);
        Duration deliveryAge = age.compareTo(DELIVERY_AGE_MIN) < 0 ? DELIVERY_AGE_MIN : age;
        purge("deliveries", deliveryAge, queue::drop, DELIVERIES_MAX);
    }

    private void purge(String what, Duration kept, Step step, int limit) {
        Instant moment = clock.instant().minus(kept);
        try {
            boolean more = true;
            while (more) {
                more = step.drop(moment, limit);
            }
        } catch (RuntimeException e) {
            LOG.error("Old {} could not be dropped, which is tried again in an hour", what, e);
        }
    }
}
