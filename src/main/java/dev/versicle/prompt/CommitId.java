package dev.versicle.prompt;

import java.util.regex.Pattern;

/** A Git commit's full id: 40 lower-case hex digits. */
public record CommitId(String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{40}");
    private static final int SHORT_DIGITS = 24;

    public CommitId {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("no commit id: " + hex);
        }
    }

    /** The first 24 digits: the version id on the wire, where clients check for the length. */
    public String shortId() {
        return hex.substring(0, SHORT_DIGITS);
    }

    @Override
    public String toString() {
        return hex;
    }
}
