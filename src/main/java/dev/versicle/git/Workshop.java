package dev.versicle.git;

import dev.versicle.prompt.PromptIndex;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** What everybody who works on prompts shares. */
record Workshop(
        Repositories repositories, PromptIndex index, Snapshots snapshots, WriteLocks locks, InstantSource clock) {
    /** The present moment, to the millisecond: no more than what is written of it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Moves a truth: the commit point. Throws {@link LostRace} where it is not at {@code from} any more. */
    void move(Repository git, String truth, ObjectId from, ObjectId to) throws IOException {
        if (repositories.move(git, truth, from, to) == RefUpdate.Result.LOCK_FAILURE) {
            throw new LostRace(truth);
        }
    }
}
