package dev.versicle.prompt;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names a prompt for ever: 24 lower-case hex digits, 4 bytes of seconds and 8 random ones, so ids sort by age. */
public record PromptId(String hex) implements Comparable<PromptId> {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24}");
    private static final int RANDOM_BYTES = 8;

    public PromptId {
        if (!SHAPE.matcher(hex).matches()) {
            throw new PromptException(new Problem.PromptNotFound(hex));
        }
    }

    /** Reads an id; a text of another shape names no prompt ({@link Problem.PromptNotFound}). */
    public static PromptId parse(String text) {
        return new PromptId(text);
    }

    public static PromptId next(InstantSource clock, RandomGenerator random) {
        byte[] chance = new byte[RANDOM_BYTES];
        random.nextBytes(chance);
        HexFormat format = HexFormat.of();
        return new PromptId(format.toHexDigits(clock.instant().getEpochSecond(), 8) + format.formatHex(chance));
    }

    @Override
    public int compareTo(PromptId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
