package dev.versicle;

import dev.versicle.storage.local.LocalRepositories;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes for good, once a day, what has been in the trash for longer than the setting allows. */
@Singleton
final class TrashPurge {
    private static final Logger LOG = LoggerFactory.getLogger(TrashPurge.class);

    private final LocalRepositories repositories;
    private final Duration age;

    TrashPurge(LocalRepositories repositories, Settings settings) {
        this.repositories = repositories;
        this.age = Duration.ofDays(settings.trashDays());
    }

    @Scheduled(initialDelay = "1m", fixedDelay = "24h")
    void purge() throws IOException {
        int purged = repositories.purge(age);
        if (purged > 0) {
            LOG.info("{} prompts deleted for good after {} days in the trash", purged, age.toDays());
        }
    }
}
