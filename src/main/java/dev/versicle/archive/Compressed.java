package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A tarball as it arrives, counted. Where it ends too late it is refused; where it cannot be read that is nobody's
 * fault here and leaves as an {@link UncheckedIOException}, so that every {@link IOException} is the tarball's.
 */
final class Compressed extends FilterInputStream {
    /** The name and the comment in a gzip's header may be of any length, and its reader holds them. */
    static final int HEADER_BYTES_MAX = 64 << 10;

    private long count;
    private boolean headerRead;

    Compressed(InputStream in) {
        super(in);
    }

    /** How many bytes have been read. */
    long count() {
        return count;
    }

    /** From now on the bytes are those behind the gzip's header. */
    void headerRead() {
        headerRead = true;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count += Math.max(read, 0);
        if (count > Tarball.TARBALL_BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("The tarball", Tarball.TARBALL_BYTES_MAX));
        }
        if (!headerRead && count > HEADER_BYTES_MAX) {
            throw Refusal.of("must be gzip with a header of at most " + HEADER_BYTES_MAX + " bytes");
        }
        return read;
    }

    @Override
    public long skip(long bytes) {
        return Math.max(read(new byte[(int) Math.min(bytes, HEADER_BYTES_MAX)]), 0);
    }

    @Override
    public int read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the tarball open: who opened it closes it. */
    @Override
    public void close() {}
}
