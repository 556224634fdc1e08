package dev.versicle;

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

/** Drops, at the start and once an hour, events that were kept for as long as the setting says. */
@Singleton
final class EventPurge {
    private static final Logger LOG = LoggerFactory.getLogger(EventPurge.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** At a time, since whoever writes a prompt waits meanwhile. */
    private static final int EVENTS_MAX = 1_000;

    private final EventLog log;
    private final Duration age;
    private final InstantSource clock;
    private final TaskScheduler scheduler;
    private Optional<ScheduledFuture<?>> purges = Optional.empty();

    EventPurge(
            EventLog log,
            Settings settings,
            InstantSource clock,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.log = log;
        this.age = Duration.ofDays(settings.eventDays());
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

    private void purge() {
        Instant moment = clock.instant().minus(age);
        try {
            boolean more = true;
            while (more) {
                more = log.drop(moment, EVENTS_MAX);
            }
        } catch (RuntimeException e) {
            LOG.error("Events could not be dropped, which is tried again in an hour", e);
        }
    }
}
