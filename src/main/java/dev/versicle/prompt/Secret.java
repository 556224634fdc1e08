package dev.versicle.prompt;

import java.util.regex.Pattern;

/** A text that stands in no log and no answer: what shows it must ask for it by {@link #text}. */
public record Secret(String text) {
    public static final int CHARACTERS_MAX = 4_096;

    /** It goes into a header as it is. */
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1," + CHARACTERS_MAX + "}");

    public Secret {
        if (!SHAPE.matcher(text).matches()) {
            throw Texts.invalid("api_key", "must be 1 to " + CHARACTERS_MAX + " visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
