package dev.versicle.auth;

import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyMint;
import dev.versicle.prompt.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its bearer holds it: {@code vsk_<id>_<secret>}.
 *
 * @param id 12 lower-case hex digits, the public half, by which the key is found
 * @param secret 64 lower-case hex digits, 32 random bytes
 */
public record ApiKeyText(String id, String secret) {
    static final String PREFIX = "vsk_";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("vsk_([0-9a-f]{12})_([0-9a-f]{64})");

    public ApiKeyText {
        if (!SHAPE.matcher(PREFIX + id + "_" + secret).matches()) {
            throw new IllegalArgumentException("no API key");
        }
    }

    /** A new key; {@code random} must be fit for secrets. */
    public static ApiKeyText make(RandomGenerator random) {
        return new ApiKeyText(hex(random, ID_BYTES), hex(random, SECRET_BYTES));
    }

    /** New keys; {@code random} must be fit for secrets. */
    public static KeyMint mint(RandomGenerator random) {
        return () -> {
            ApiKeyText key = make(random);
            return new KeyMint.Coin(key.id(), key.secretHash(), new Secret(key.text()));
        };
    }

    /** Reads a key; empty for a text of any other shape. */
    public static Optional<ApiKeyText> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches() ? Optional.of(new ApiKeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The whole key, for its bearer's eyes only. */
    public String text() {
        return PREFIX + id + "_" + secret;
    }

    /** SHA-256 of the secret's digits, in hex: a secret of 256 random bits needs neither salt nor a slow hash. */
    public String secretHash() {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /** What the server keeps of this key, which is named after its bearer. */
    public ApiKey kept(Caller bearer, Instant createdAt, Optional<Instant> expiresAt) {
        return new ApiKey(
                id, secretHash(), bearer, new ApiKey.Issue(bearer.subject(), bearer.subject(), createdAt, expiresAt));
    }

    /** The public half only, so that a key that strays into a log or an exception tells nothing. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(RandomGenerator random, int bytes) {
        byte[] chance = new byte[bytes];
        random.nextBytes(chance);
        return HexFormat.of().formatHex(chance);
    }
}
