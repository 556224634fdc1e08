package dev.versicle.prompt;

import java.util.Comparator;

/** A label that people sort prompts by: a key with a value. Several values of one key may stand beside each other. */
public record Tag(String key, String value) implements Comparable<Tag> {
    public static final int CHARACTERS_MAX = 200;

    private static final Comparator<Tag> ORDER = Comparator.comparing(Tag::key).thenComparing(Tag::value);

    public Tag {
        if (key.isBlank()) {
            throw Texts.invalid("key", "must not be blank");
        }
        Texts.line("key", key, CHARACTERS_MAX);
        Texts.line("value", value, CHARACTERS_MAX);
    }

    @Override
    public int compareTo(Tag other) {
        return ORDER.compare(this, other);
    }
}
