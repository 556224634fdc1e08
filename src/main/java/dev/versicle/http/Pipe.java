package dev.versicle.http;

import dev.versicle.prompt.WireCut;
import io.micronaut.core.propagation.PropagatedContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is written by a thread of its own while it is sent. The writer waits while the reader is behind; its
 * failure reaches the reader, who breaks the answer off instead of ending it; and a reader that closes ends the writer,
 * at its next write or flush.
 * Where the answer may take so long and no longer, the writer is told so by {@link WireCut} and has {@link #LAST_WORDS}
 * to say so to its client; after that it is broken off.
 *
 * <p>Not PipedInputStream, which takes a reader for dead whose thread has ended: the framework reads each portion on
 * another one.
 */
public final class Pipe {
    /** Of 64 KiB each: 1 MiB may wait for a client. */
    public static final int CHUNKS_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);
    private static final int CHUNK_BYTES_MAX = 64 << 10;

    /** For what a writer still has to say when its time is over. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final int CAUSES_MAX = 8;
    private static final long NANOS_MAX = Long.MAX_VALUE / 4;

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

    /** Without a bound, which {@link #room} is: so there is always a place for the word that nothing more comes. */
    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();

    private final Semaphore room;
    private final Optional<Duration> time;
    private final long begun = System.nanoTime();
    /** Whether the writer was told that its time is over. */
    private boolean told;

    private volatile boolean left;

    private Pipe(int chunksMax, Optional<Duration> time) {
        this.room = new Semaphore(chunksMax);
        this.time = time;
    }

    /** Starts the work, of which at most {@code chunksMax} writes wait to be read, and gives what it writes. */
    public static InputStream of(int chunksMax, Work work) {
        return of(chunksMax, Optional.empty(), work);
    }

    /** The same, for an answer that may take so long from now on, until its last byte was read. */
    public static InputStream of(int chunksMax, Duration time, Work work) {
        return of(chunksMax, Optional.of(time), work);
    }

    private static InputStream of(int chunksMax, Optional<Duration> time, Work work) {
        Pipe pipe = new Pipe(chunksMax, time);
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
        } else if (isCut(e)) {
            LOG.info("An answer was broken off, as it took too long");
        } else {
            LOG.error("An answer was broken off", e);
        }
    }

    private static boolean isCut(Exception e) {
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .anyMatch(WireCut.class::isInstance);
    }

    private void end(Chunk last) {
        try {
            put(last);
        } catch (IOException e) {
            LOG.debug("Nobody is there to be told how an answer ended", e);
            breakOff();
        }
    }

    /** Wakes a reader that waits, which finds that nothing more comes. */
    private void breakOff() {
        chunks.clear();
        chunks.add(new Chunk.Failed());
    }

    private void put(Chunk chunk) throws IOException {
        requireReader();
        try {
            boolean late = nanosLeft(Duration.ZERO) <= 0;
            boolean tell = late && !told;
            if (tell || !room.tryAcquire(nanosLeft(late ? LAST_WORDS : Duration.ZERO), TimeUnit.NANOSECONDS)) {
                told = true;
                throw time.map(WireCut::late).orElseThrow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        requireReader();
        chunks.add(chunk);
    }

    private void requireReader() throws WireCut {
        if (left) {
            throw WireCut.gone();
        }
    }

    private long nanosLeft(Duration more) {
        return time.map(most -> most.plus(more).toNanos() - (System.nanoTime() - begun))
                .orElse(NANOS_MAX);
    }

    private final class Writing extends OutputStream {
        /** Throws where nobody reads any more, for a writer that has nothing to write for long. */
        @Override
        public void flush() throws IOException {
            requireReader();
        }

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
                // The writer's last words must be read, too.
                Chunk next = Optional.ofNullable(
                                chunks.poll(nanosLeft(LAST_WORDS.multipliedBy(2)), TimeUnit.NANOSECONDS))
                        .orElseGet(Chunk.Failed::new);
                room.release();
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        /** Ends a writer that waits, or at its next write; and whoever reads at this moment. */
        @Override
        public void close() {
            left = true;
            breakOff();
            room.release();
        }
    }
}
