package dev.versicle.prompt;

import java.time.Instant;

/**
 * What of a version never changes, as its commit holds it.
 *
 * @param tree the Git tree's id, 40 hex digits
 * @param text the body
 * @param metadata as it was at the save; edits come after it
 */
public record Snapshot(int number, CommitId commit, String tree, String text, Metadata metadata, Origin origin) {
    /** Where a version comes from: which act, whose (the caller's subject), when. */
    public record Origin(Source source, String createdBy, Instant createdAt) {}
}
