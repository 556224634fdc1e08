package dev.versicle.prompt;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a movable pointer, such as {@code production}: one that no other kind of {@code {rev}} can be. */
public record EnvironmentName(String text) implements Comparable<EnvironmentName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{8,}");
    private static final String LATEST = "latest";

    public EnvironmentName {
        if (!fits(text)) {
            throw Texts.invalid(
                    "environment", "must be [a-z][a-z0-9-]{0,62}, not latest, and not eight or more hex digits only");
        }
    }

    /** The environment that a text names; empty where it can name none. */
    public static Optional<EnvironmentName> find(String text) {
        return fits(text) ? Optional.of(new EnvironmentName(text)) : Optional.empty();
    }

    private static boolean fits(String text) {
        return SHAPE.matcher(text).matches()
                && !text.equals(LATEST)
                && !COMMIT.matcher(text).matches();
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
