package dev.versicle.git;

import dev.versicle.prompt.Metadata;
import java.time.Instant;
import java.util.Optional;

/**
 * A version's edited metadata, whole: it overrules what the commit says, the label excepted.
 *
 * @param displayedAt when the display version was set, where there is one
 */
record Note(Metadata metadata, Optional<Instant> displayedAt, String updatedBy, Instant updatedAt, boolean deleted) {}
