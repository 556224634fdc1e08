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

/** Forgets, at the start and once an hour, deliveries that are as old as no event is kept. */
@Singleton
final class DeliveryPurge {
    static final Duration AGE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryPurge.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** At a time, since whoever writes a prompt waits meanwhile. */
    private static final int DELIVERIES_MAX = 500;

    private final DeliveryQueue queue;
    private final InstantSource clock;
    private final TaskScheduler scheduler;
    private Optional<ScheduledFuture<?>> purges = Optional.empty();

    DeliveryPurge(DeliveryQueue queue, InstantSource clock, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.queue = queue;
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
        Instant moment = clock.instant().minus(AGE);
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
