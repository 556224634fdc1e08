package dev.versicle.git;

import dev.versicle.prompt.WireCut;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What a client sends. That it cannot be read is no failure of the server's: the push is refused. */
final class ClientInput extends FilterInputStream {
    ClientInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return in.read(bytes, offset, length);
        } catch (WireCut e) {
            throw new PushRefused(Objects.requireNonNullElse(e.getMessage(), "The push took too long."));
        } catch (IOException e) {
            throw new PushRefused("The push broke off before all of it had come.");
        }
    }

    /** By {@link #read} alone. */
    @Override
    public long skip(long bytes) throws IOException {
        return bytes > 0 && read() >= 0 ? 1 : 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
