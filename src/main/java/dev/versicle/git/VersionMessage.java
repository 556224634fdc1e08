package dev.versicle.git;

import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import java.time.Instant;
import java.util.Optional;

/**
 * What a version's commit says.
 *
 * @param number empty in a commit that somebody pushed
 * @param displayedAt when the display version was set, where there is one
 */
record VersionMessage(
        Optional<Integer> number,
        Metadata metadata,
        Optional<Instant> displayedAt,
        Optional<SemVer> release,
        Made made) {
    /**
     * Who made it, as far as the commit's own headers say.
     *
     * @param createdAt only where the slot is older than the commit
     */
    record Made(Source source, Optional<String> createdBy, Optional<Instant> createdAt) {}
}
