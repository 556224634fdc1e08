package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;

/**
 * What of a version never changes, as its commit holds it.
 *
 * @param tree the Git tree's id, 40 hex digits
 * @param metadata as it was at the save; edits come after it
 */
public record Snapshot(int number, CommitId commit, String tree, Body body, Metadata metadata, Origin origin) {
    /**
     * What was saved.
     *
     * @param models that the prompt is for, in their order
     */
    public record Body(String text, List<ModelName> models) {
        public Body {
            models = List.copyOf(models);
        }
    }

    /**
     * Where a version comes from: which act, whose (the caller's subject), when. A slot that was updated in place keeps
     * these; {@code saved} tells of its commit.
     */
    public record Origin(Source source, String createdBy, Instant createdAt, Saved saved) {}

    /** Who wrote the commit, and when. */
    public record Saved(String by, Instant at) {}

    public String text() {
        return body.text();
    }
}
