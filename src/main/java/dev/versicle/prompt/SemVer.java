package dev.versicle.prompt;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release's number, {@code MAJOR.MINOR.PATCH}, each at most 2³¹−1 (seed 004: {@code ^\d+\.\d+\.\d+$}). */
public record SemVer(int major, int minor, int patch) implements Comparable<SemVer> {
    private static final Pattern SHAPE = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final Comparator<SemVer> ORDER = Comparator.comparingInt(SemVer::major)
            .thenComparingInt(SemVer::minor)
            .thenComparingInt(SemVer::patch);

    public static SemVer parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw Texts.invalid("version", "must match ^\\d+\\.\\d+\\.\\d+$");
        }
        try {
            return new SemVer(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
        } catch (NumberFormatException e) {
            throw Texts.invalid("version", "must have numbers of at most " + Integer.MAX_VALUE);
        }
    }

    /** The release that a text writes; empty where it writes none. */
    public static Optional<SemVer> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (PromptException e) {
            return Optional.empty();
        }
    }

    /** Whether a text has a release's shape, so that nothing else may be tagged with it. */
    public static boolean shapes(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public int compareTo(SemVer other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
