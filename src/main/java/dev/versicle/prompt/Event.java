package dev.versicle.prompt;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Something that became true of a prompt. Events of one prompt have higher numbers the later they became true.
 *
 * @param number from 1 on, never given twice in one {@link EventLog}; there may be gaps
 * @param at when it was recorded
 * @param by the subject that did it; empty where a kill came between the deed and its record
 * @param prompt as it was called then
 */
public record Event(long number, Instant at, Optional<String> by, Place prompt, Fact fact) {
    public record Place(PromptId id, Namespace namespace, PromptName name) {}

    /** What became true. */
    public sealed interface Fact {
        EventKind kind();
    }

    /**
     * A ref that clones see was made, moved or removed: a branch but the draft, a tag, the notes.
     *
     * @param before 40 hex digits of a commit or a tag; empty where there was no such ref
     * @param after likewise; empty where there is none any more
     */
    public record Pushed(String ref, Optional<String> before, Optional<String> after) implements Fact {
        @Override
        public EventKind kind() {
            return EventKind.PUSH;
        }
    }

    /** A commit became a version: a new number, or another commit for a number. */
    public record VersionCreated(int version, CommitId commit) implements Fact {
        @Override
        public EventKind kind() {
            return EventKind.VERSION_CREATED;
        }
    }

    /** What people say about a version was edited, or the version was deleted. */
    public record MetadataChanged(int version, CommitId commit, boolean deleted) implements Fact {
        @Override
        public EventKind kind() {
            return EventKind.METADATA_CHANGED;
        }
    }

    /** An environment was made, moved or dropped. */
    public record EnvironmentMoved(EnvironmentName environment, Environment.Move move) implements Fact {
        @Override
        public EventKind kind() {
            return EventKind.ENVIRONMENT_MOVED;
        }
    }

    /** A prompt is there that was not: made, imported, or back from the trash. Its versions are not told one by one. */
    public record Created() implements Fact {
        @Override
        public EventKind kind() {
            return EventKind.PROMPT_CREATED;
        }
    }

    /**
     * A prompt went to the trash.
     *
     * @param readers the subjects that could read it beside those who read all of its namespace
     * @param open whether everybody could
     */
    public record Deleted(Set<String> readers, boolean open) implements Fact {
        public Deleted {
            readers = Set.copyOf(readers);
        }

        /** Whether {@code caller} could read the prompt, which was in {@code home}. */
        public boolean wasReadBy(Caller caller, Namespace home) {
            if (caller.has(Role.NOBODY)) {
                return open;
            }
            boolean member = caller.namespace().equals(home) && (caller.has(Role.READER) || caller.has(Role.WRITER));
            return open || member || caller.has(Role.ADMIN) || readers.contains(caller.subject());
        }

        @Override
        public EventKind kind() {
            return EventKind.PROMPT_DELETED;
        }
    }

    /** A prompt has another place than it had. */
    public record Renamed(Namespace namespace, PromptName name) implements Fact {
        @Override
        public EventKind kind() {
            return EventKind.PROMPT_RENAMED;
        }
    }

    public EventKind kind() {
        return fact.kind();
    }
}
