package dev.versicle.auth;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The key with which this server signs its own tokens, and verifies them: 32 bytes, written as 64 hex digits. */
public final class SigningKey {
    private static final int BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    private final byte[] bytes;

    private SigningKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new key; {@code random} must be fit for secrets. */
    public static SigningKey make(RandomGenerator random) {
        byte[] chance = new byte[BYTES];
        random.nextBytes(chance);
        return new SigningKey(chance);
    }

    /** Reads what {@link #text()} wrote; empty for anything else. */
    public static Optional<SigningKey> parse(String text) {
        return SHAPE.matcher(text).matches()
                ? Optional.of(new SigningKey(HexFormat.of().parseHex(text)))
                : Optional.empty();
    }

    /** The key itself, for its file only. */
    public String text() {
        return HexFormat.of().formatHex(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
