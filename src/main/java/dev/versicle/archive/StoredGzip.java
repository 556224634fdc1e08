package dev.versicle.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Writes gzip that does not compress: bytes in, the same bytes out in blocks of deflate's "stored" kind (RFC 1951,
 * 3.2.4) between a header and a trailer without time, name or system (RFC 1952).
 *
 * <p>Not java.util.zip, whose output is that of the zlib at hand: another release, another processor's build, another
 * distributor's fork packs the same bytes otherwise. A version's tarball is promised to be the same bytes for ever, so
 * that a checksum written down today holds; and prompts are small, so that a proxy may compress what it likes.
 */
final class StoredGzip extends OutputStream {
    /** A stored block's length has 16 bits. */
    static final int BLOCK_BYTES_MAX = 65_535;

    /** Magic number, deflate, no flags, no time (4 bytes), no word on compression, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final CRC32 checksum = new CRC32();
    private final byte[] block = new byte[BLOCK_BYTES_MAX];
    private int filled;
    private long size;

    StoredGzip(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Blocks are full whatever the portions are that bytes come in, or these would show in the result. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checksum.update(bytes, offset, length);
        size += length;
        for (int done = 0; done < length; ) {
            if (filled == BLOCK_BYTES_MAX) {
                writeBlock(0);
            }
            int portion = Math.min(length - done, BLOCK_BYTES_MAX - filled);
            System.arraycopy(bytes, offset + done, block, filled, portion);
            filled += portion;
            done += portion;
        }
    }

    private void writeBlock(int last) throws IOException {
        out.write(last);
        writeNumber(filled, 2);
        writeNumber(~filled, 2);
        out.write(block, 0, filled);
        filled = 0;
    }

    /** Lowest byte first. */
    private void writeNumber(long value, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (Byte.SIZE * i)) & 0xff);
        }
    }

    /** Writes what is left, and the trailer; leaves what it writes to open. */
    void finish() throws IOException {
        writeBlock(1);
        writeNumber(checksum.getValue(), Integer.BYTES);
        writeNumber(size, Integer.BYTES);
        out.flush();
    }
}
