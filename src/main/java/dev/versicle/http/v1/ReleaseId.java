package dev.versicle.http.v1;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.SemVer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id that an uploaded version has beside its number (seed 004): a UUID of version 5 (RFC 9562), made of
 * {@link #NAMESPACE} and the name {@code <prompt id>/<semver>}, so that it is the same whenever it is asked for.
 */
final class ReleaseId {
    /** The UUID of version 5 that RFC 9562's namespace for DNS gives to {@code releases.versicle.dev}. */
    static final UUID NAMESPACE = UUID.fromString("75dd2332-8bc8-5aab-b85b-f835f8038792");

    private static final int BYTES = 16;

    private ReleaseId() {}

    static UUID of(PromptId prompt, SemVer release) {
        return named(NAMESPACE, prompt + "/" + release);
    }

    static UUID named(UUID namespace, String name) {
        ByteBuffer space = ByteBuffer.allocate(BYTES)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .flip();
        MessageDigest sha1 = sha1();
        sha1.update(space);
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
        long least = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
