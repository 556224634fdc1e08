package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.storage.Repositories;
import dev.versicle.storage.Repositories.Away;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
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
        Optional<R> here = readHere(id, reading);
        if (here.isPresent()) {
            return here;
        }
        Optional<R> away = readTrashed(id, reading);
        // It may have come back meanwhile.
        return away.isPresent() ? away : readHere(id, reading);
    }

    private <R> Optional<R> readHere(PromptId id, Reading<R> reading) throws IOException {
        Optional<Repository> here = repositories.open(id.hex());
        if (here.isEmpty()) {
            return Optional.empty();
        }
        try (Repository git = here.get()) {
            return Optional.of(reading.of(git));
        } catch (MissingObjectException | NoSuchFileException e) {
            // Deleted under our hands, or broken.
            if (isHere(id)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private boolean isHere(PromptId id) throws IOException {
        Optional<Repository> here = repositories.open(id.hex());
        here.ifPresent(Repository::close);
        return here.isPresent();
    }

    private <R> Optional<R> readTrashed(PromptId id, Reading<R> reading) throws IOException {
        Optional<Away> place = trashed(id);
        Optional<Repository> away = place.isPresent() ? repositories.openTrashed(place.get()) : Optional.empty();
        if (away.isEmpty()) {
            return Optional.empty();
        }
        try (Repository git = away.get()) {
            return Optional.of(reading.of(git));
        }
    }

    /** Where it lies in the trash; all of that is looked through where the index has not been told of it yet. */
    private Optional<Away> trashed(PromptId id) throws IOException {
        Optional<Away> known = index.trashed(id).map(trashed -> new Away(id.hex(), trashed.at()));
        return known.isPresent()
                ? known
                : repositories.trashed().stream()
                        .filter(away -> away.id().equals(id.hex()))
                        .max(Comparator.comparing(Away::at));
    }
}
