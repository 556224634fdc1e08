package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Repository;

/**
 * Prompts to be read from, wherever they are by now: an event is followed when the prompt may be in the trash already.
 */
record PromptSources(Repositories repositories, PromptIndex index) {
    @FunctionalInterface
    interface Reading<R> {
        R of(Repository git) throws IOException;
    }

    /** Reads a prompt's repository; empty where it has gone for good. */
    <R> Optional<R> read(PromptId id, Reading<R> reading) throws IOException {
        Optional<Repository> here = repositories.open(id.hex());
        if (here.isPresent()) {
            try (Repository git = here.get()) {
                return Optional.of(reading.of(git));
            } catch (MissingObjectException | NoSuchFileException e) {
                // Deleted under our hands, or broken.
                if (isHere(id)) {
                    throw e;
                }
            }
        }
        return readTrashed(id, reading);
    }

    private boolean isHere(PromptId id) throws IOException {
        Optional<Repository> here = repositories.open(id.hex());
        here.ifPresent(Repository::close);
        return here.isPresent();
    }

    private <R> Optional<R> readTrashed(PromptId id, Reading<R> reading) throws IOException {
        Optional<PromptIndex.Trashed> trashed = index.trashed(id);
        Optional<Repository> away = trashed.isPresent()
                ? repositories.openTrashed(
                        new Repositories.Away(id.hex(), trashed.get().at()))
                : Optional.empty();
        if (away.isEmpty()) {
            return Optional.empty();
        }
        try (Repository git = away.get()) {
            return Optional.of(reading.of(git));
        }
    }
}
