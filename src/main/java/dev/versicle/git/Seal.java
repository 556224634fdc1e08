package dev.versicle.git;

import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets, so that they may lie in Git: AES-256-GCM with a nonce of chance, bound to what they belong to. The key
 * is 32 bytes, written as 64 hex digits, and lies outside of Git.
 *
 * <p>A sealed secret is the base64 of nonce (12 bytes), ciphertext and tag (16 bytes).
 */
public final class Seal {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    private final byte[] key;
    private final SecureRandom random;

    private Seal(byte[] key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    public static Seal make(SecureRandom random) {
        byte[] chance = new byte[KEY_BYTES];
        random.nextBytes(chance);
        return new Seal(chance, random);
    }

    /** Reads what {@link #text()} wrote; empty for anything else. */
    public static Optional<Seal> parse(String text, SecureRandom random) {
        return SHAPE.matcher(text).matches()
                ? Optional.of(new Seal(HexFormat.of().parseHex(text), random))
                : Optional.empty();
    }

    /** The key itself, for its file only. */
    public String text() {
        return HexFormat.of().formatHex(key);
    }

    /** Seals a secret of {@code owner}; the same secret twice makes two texts. */
    String close(String owner, Secret secret) {
        return closeText(owner, secret.text());
    }

    /** Seals any text. */
    public String closeText(String owner, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /** The secret; empty where it was sealed with another key, for another owner, or was changed since. */
    Optional<Secret> open(String owner, String sealed) {
        try {
            return openText(owner, sealed).map(Secret::new);
        } catch (PromptException e) {
            return Optional.empty();
        }
    }

    /** The text that {@link #closeText} sealed; empty as for a secret. */
    public Optional<String> openText(String owner, String sealed) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            byte[] nonce = new byte[Math.min(NONCE_BYTES, bytes.remaining())];
            bytes.get(nonce);
            byte[] rest = new byte[bytes.remaining()];
            bytes.get(rest);
            byte[] opened = cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(rest);
            return Optional.of(new String(opened, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
