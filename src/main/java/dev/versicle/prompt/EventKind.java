package dev.versicle.prompt;

import java.util.Arrays;
import java.util.Optional;

/** What kinds of events there are, by the names that receivers know them by. */
public enum EventKind {
    PUSH("push"),
    VERSION_CREATED("version.created"),
    METADATA_CHANGED("metadata.changed"),
    ENVIRONMENT_MOVED("environment.moved"),
    PROMPT_CREATED("prompt.created"),
    PROMPT_DELETED("prompt.deleted"),
    /** For the house alone: nobody is told. */
    PROMPT_RENAMED("prompt.renamed");

    private final String text;

    EventKind(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether callers are told of such events. */
    public boolean told() {
        return this != PROMPT_RENAMED;
    }

    /** The kind of this name, told or not. Throws {@link java.util.NoSuchElementException}. */
    public static EventKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** The kind of this name, if callers are told of it. */
    public static Optional<EventKind> find(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.told() && kind.text.equals(text))
                .findFirst();
    }
}
