package dev.versicle.http.openapi;

import io.micronaut.http.MediaType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** One thing that is served: its bytes, how they are to be read, and an entity tag that follows from them. */
final class Asset {
    private static final int TAG_BYTES = 8;

    private final byte[] bytes;
    private final MediaType type;
    private final String etag;

    private Asset(byte[] bytes, MediaType type, String etag) {
        this.bytes = bytes;
        this.type = type;
        this.etag = etag;
    }

    static Asset of(byte[] bytes, String type) {
        return new Asset(bytes, MediaType.of(type), "\"" + digest(bytes) + "\"");
    }

    /** The bytes themselves: nobody writes into them. */
    byte[] bytes() {
        return bytes;
    }

    MediaType type() {
        return type;
    }

    String etag() {
        return etag;
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(whole, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
