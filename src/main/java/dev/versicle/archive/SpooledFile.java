package dev.versicle.archive;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A temporary file: written from its beginning to its end, each part read as often as wanted, gone when closed. */
public final class SpooledFile implements AutoCloseable {
    /** Java keeps a copy of this size outside the heap for each thread that reads or writes. */
    private static final int STEP_BYTES_MAX = 64 << 10;

    private final FileChannel channel;
    private final long bytesMax;
    private long size;

    SpooledFile(FileChannel channel, long bytesMax) {
        this.channel = channel;
        this.bytesMax = bytesMax;
    }

    public long size() {
        return size;
    }

    /** Adds bytes at the end. */
    public void write(byte[] bytes, int length) {
        write(ByteBuffer.wrap(bytes, 0, length));
    }

    /** Adds at the end what is written there; to close it closes nothing. */
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int unit) {
                SpooledFile.this.write(ByteBuffer.wrap(new byte[] {(byte) unit}));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                SpooledFile.this.write(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    private void write(ByteBuffer bytes) {
        if (size + bytes.remaining() > bytesMax) {
            throw new IllegalStateException("a temporary file would hold more than " + bytesMax + " bytes");
        }
        try {
            while (bytes.hasRemaining()) {
                size += channel.write(bytes, size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes from {@code start} to the present end. */
    PromptFile.Content since(long start) {
        return new Part(start, size - start);
    }

    /** Reads all that is there at present, from the beginning; to close it closes nothing. */
    public InputStream reading() {
        return new Reading(0, size);
    }

    private final class Part implements PromptFile.Content {
        private final long start;
        private final long length;

        private Part(long start, long length) {
            this.start = start;
            this.length = length;
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public InputStream open() {
            return new Reading(start, start + length);
        }
    }

    private final class Reading extends InputStream {
        private final long end;
        private long at;

        private Reading(long start, long end) {
            this.at = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(Math.min(length, STEP_BYTES_MAX), end - at);
            int read = wanted == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, wanted), at);
            at += Math.max(read, 0);
            return read;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
