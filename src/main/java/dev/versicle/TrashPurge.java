package dev.versicle;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.storage.local.LocalRepositories;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes for good, at the start and once a day, what has been in the trash for longer than the setting allows. */
@Singleton
final class TrashPurge {
    private static final Logger LOG = LoggerFactory.getLogger(TrashPurge.class);
    private static final Duration INTERVAL = Duration.ofDays(1);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final LocalRepositories repositories;
    private final PromptIndex index;
    private final Duration age;
    private final TaskScheduler scheduler;
    private final Queue<ScheduledFuture<?>> purges = new ConcurrentLinkedQueue<>();

    TrashPurge(
            LocalRepositories repositories,
            PromptIndex index,
            Settings settings,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.repositories = repositories;
        this.index = index;
        this.age = Duration.ofDays(settings.trashDays());
        this.scheduler = scheduler;
    }

    @EventListener
    void begin(ServerStartupEvent started) {
        purges.add(scheduler.scheduleWithFixedDelay(Duration.ZERO, INTERVAL, this::purge));
    }

    @PreDestroy
    void end() {
        purges.forEach(purge -> purge.cancel(false));
    }

    private void purge() {
        if (index.state() != PromptIndex.State.COMPLETE) {
            // The start may be listing the trash at this moment.
            purges.add(scheduler.schedule(AGAIN, this::purge));
            return;
        }
        try {
            Set<String> purged = repositories.purge(age);
            purged.forEach(id -> index.untrash(new PromptId(id)));
            if (!purged.isEmpty()) {
                LOG.info("{} prompts deleted for good after {} days in the trash", purged.size(), age.toDays());
            }
        } catch (IOException e) {
            LOG.error("The trash could not be emptied", e);
        }
    }
}
