package dev.versicle.prompt;

/** What a save came to. */
public sealed interface CheckpointResult {
    Version version();

    /** A new version; it is durable. */
    record Saved(Version version) implements CheckpointResult {}

    /** Nothing new was made: {@code version} already holds the same tree. */
    record Unchanged(Version version) implements CheckpointResult {}
}
