package dev.versicle.http;

import io.micronaut.core.propagation.PropagatedContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is written by a thread of its own while it is sent. The writer waits while the reader is behind; its
 * failure reaches the reader, who breaks the answer off instead of ending it; and a reader that closes ends the writer.
 *
 * <p>Not PipedInputStream, which takes a reader for dead whose thread has ended: the framework reads each portion on
 * another one.
 */
public final class Pipe {
    /** Of 64 KiB each: 1 MiB may wait for a client. */
    public static final int CHUNKS_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);
    private static final int CHUNK_BYTES_MAX = 64 << 10;

    /** Writes the answer; what it throws breaks the answer off. */
    @FunctionalInterface
    public interface Work {
        void write(OutputStream out) throws IOException;
    }

    private sealed interface Chunk {
        record Bytes(Portion portion) implements Chunk {}

        record End() implements Chunk {}

        /** Its cause is in the log: the framework, which is told of it, would only log it again. */
        record Failed() implements Chunk {}
    }

    /** Bytes that were written and not yet read. */
    private static final class Portion {
        private final byte[] bytes;
        private int at;

        private Portion(byte[] bytes) {
            this.bytes = bytes;
        }

        private int read(byte[] into, int offset, int length) {
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count;
        }
    }

    private final BlockingQueue<Chunk> chunks;
    private volatile boolean left;

    private Pipe(int chunksMax) {
        this.chunks = new LinkedBlockingQueue<>(chunksMax);
    }

    /** Starts the work, of which at most {@code chunksMax} writes wait to be read, and gives what it writes. */
    public static InputStream of(int chunksMax, Work work) {
        Pipe pipe = new Pipe(chunksMax);
        Thread.ofVirtual().name("pipe").start(PropagatedContext.getOrEmpty().wrap(() -> pipe.run(work)));
        return pipe.new Reading();
    }

    private void run(Work work) {
        Chunk last = new Chunk.Failed();
        try {
            work.write(new Writing());
            last = new Chunk.End();
        } catch (IOException | RuntimeException e) {
            log(e);
        } finally {
            end(last);
        }
    }

    private void log(Exception e) {
        if (left) {
            LOG.debug("An answer was left by its client", e);
        } else {
            LOG.error("An answer was broken off", e);
        }
    }

    private void end(Chunk last) {
        try {
            put(last);
        } catch (IOException e) {
            LOG.debug("Nobody is there to be told how an answer ended", e);
        }
    }

    private void put(Chunk chunk) throws IOException {
        if (left) {
            throw new IOException("the client has gone");
        }
        try {
            chunks.put(chunk);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private final class Writing extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            for (int done = 0; done < length; done += CHUNK_BYTES_MAX) {
                int end = Math.min(length, done + CHUNK_BYTES_MAX);
                put(new Chunk.Bytes(new Portion(Arrays.copyOfRange(bytes, offset + done, offset + end))));
            }
        }
    }

    private final class Reading extends InputStream {
        private Chunk current = new Chunk.Bytes(new Portion(new byte[0]));

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            int read = 0;
            while (read == 0 && length > 0) {
                read = switch (current) {
                    case Chunk.Bytes some -> some.portion().read(bytes, offset, length);
                    case Chunk.End ignored -> -1;
                    case Chunk.Failed ignored -> throw new IOException("the answer is broken off");
                };
                if (read == 0) {
                    current = next();
                }
            }
            return read;
        }

        private Chunk next() throws IOException {
            try {
                return chunks.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        /** Lets the writer go on to its next write, which fails. */
        @Override
        public void close() {
            left = true;
            chunks.clear();
        }
    }
}
