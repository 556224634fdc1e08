package dev.versicle.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer that is refused when it comes to be longer than it may. */
final class Cut extends FilterInputStream {
    private final long bytesMax;
    private long bytes;

    Cut(InputStream in, long bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int more) {
        bytes += more;
        if (bytes > bytesMax) {
            throw Packets.failed("answered with more than " + bytesMax + " bytes");
        }
    }
}
