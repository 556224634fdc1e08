package dev.versicle.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** What a client sends; where it cannot be read, that is told from every other failure. */
final class ClientInput extends FilterInputStream {
    /** The client has gone, or its time is up: nobody is there to be told anything. */
    static final class Gone extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        private Gone(IOException cause) {
            super(cause);
        }
    }

    ClientInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    /** Not the stream's own, which might not go through {@link #read}. */
    @Override
    public long skip(long bytes) throws IOException {
        return bytes > 0 && read() >= 0 ? 1 : 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
