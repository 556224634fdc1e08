package dev.versicle.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A tar made byte by byte, as nobody's tool would make it. */
final class TarBytes {
    static final int BLOCK = 512;

    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarBytes file(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return header(path, '0', bytes.length).body(bytes);
    }

    /** An entry without bytes. */
    TarBytes entry(String path, char type) {
        return header(path, type, 0);
    }

    TarBytes header(String path, char type, long size) {
        return header(path.getBytes(StandardCharsets.UTF_8), type, octal(size, 11));
    }

    TarBytes header(byte[] path, char type, byte[] size) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(path, 0, block, 0, Math.min(path.length, NAME_BYTES));
        put(block, NAME_BYTES, octal(0644, 7));
        put(block, 108, octal(0, 7));
        put(block, 116, octal(0, 7));
        put(block, SIZE_AT, size);
        put(block, 136, octal(1_700_000_000, 11));
        block[156] = (byte) type;
        put(block, 157, "target".getBytes(StandardCharsets.US_ASCII));
        put(block, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(sealed(block));
        return this;
    }

    /** A header with its checksum. */
    static byte[] sealed(byte[] block) {
        Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (byte value : block) {
            sum += Byte.toUnsignedInt(value);
        }
        put(block, CHECKSUM_AT, octal(sum, 6));
        block[CHECKSUM_AT + 6] = 0;
        return block;
    }

    static byte[] octal(long value, int digits) {
        return String.format("%0" + digits + "o", value).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] block, int at, byte[] field) {
        System.arraycopy(field, 0, block, at, field.length);
    }

    /** Bytes, filled up to a whole block. */
    TarBytes body(byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & (BLOCK - 1)]);
        return this;
    }

    TarBytes longName(char type, String name) {
        byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        return header("././@LongLink", type, bytes.length).body(bytes);
    }

    TarBytes pax(char type, Map<String, String> values) {
        StringBuilder records = new StringBuilder();
        values.forEach((key, value) -> records.append(record(key, value)));
        byte[] bytes = records.toString().getBytes(StandardCharsets.UTF_8);
        return header("PaxHeaders/x", type, bytes.length).body(bytes);
    }

    static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int digits = 1;
        while (Integer.toString(length + digits).length() > digits) {
            digits++;
        }
        return (length + digits) + rest;
    }

    /** The archive without its end. */
    byte[] open() {
        return out.toByteArray();
    }

    byte[] tar() {
        byte[] open = open();
        return Arrays.copyOf(open, open.length + 2 * BLOCK);
    }

    byte[] gzip() {
        return gzip(tar());
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
