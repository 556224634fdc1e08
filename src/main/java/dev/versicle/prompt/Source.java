package dev.versicle.prompt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What made a version. */
public enum Source {
    MANUAL_SAVE,
    AI_APPLY,
    CHECKPOINT;

    /** The name on the wire and in the commit, such as {@code manual_save}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Source> find(String text) {
        return Arrays.stream(values())
                .filter(source -> source.text().equals(text))
                .findFirst();
    }

    public static Source parse(String text) {
        return find(text)
                .orElseThrow(() -> Texts.invalid("source", "must be one of manual_save, ai_apply and checkpoint"));
    }
}
