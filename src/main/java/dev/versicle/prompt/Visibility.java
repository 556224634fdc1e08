package dev.versicle.prompt;

import java.util.Locale;

/** Who may read a prompt without a grant. */
public enum Visibility {
    /** Nobody. */
    PRIVATE,
    /** Everybody. */
    PUBLIC;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
