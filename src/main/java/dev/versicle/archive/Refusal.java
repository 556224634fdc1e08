package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.nio.charset.StandardCharsets;

/** The words in which a tarball is refused: what breaks a rule, and where in it. */
final class Refusal {
    static final String FIELD = "tarball";

    /** Of a name; the rest of a longer one tells nothing more. */
    static final int NAME_CHARACTERS_MAX = 200;

    private Refusal() {}

    /** {@code rule} reads on from "tarball": "must be …". */
    static PromptException of(String rule) {
        return new PromptException(new Problem.Invalid(FIELD, rule));
    }

    /** {@code what} reads on from the entry's name: "is a …", "must be …". */
    static PromptException entry(String name, String what) {
        return of("cannot be taken: its entry '" + shown(name) + "' " + what);
    }

    /** A name as it came, whatever its bytes are. */
    static String lossy(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** A name in which nothing hides: what is not seen is written as its number. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().limit(NAME_CHARACTERS_MAX).forEach(c -> {
            if (isHidden(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return name.codePointCount(0, name.length()) > NAME_CHARACTERS_MAX ? shown + "…" : shown.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
