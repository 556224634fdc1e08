package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.WireCut;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipeTest {
    private static final byte[] ONE = {1};
    private static final byte LAST = 2;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] bytes = new byte[3 << 20];
        new Random(1).nextBytes(bytes);

        try (InputStream in = Pipe.of(2, out -> {
            out.write(bytes[0]);
            out.write(bytes, 1, bytes.length - 1);
        })) {
            assertArrayEquals(bytes, in.readAllBytes());
            assertEquals(-1, in.read());
        }
    }

    @Test
    void aFailureReachesTheReaderEachTimeItReads() throws IOException {
        for (RuntimeException failure : new RuntimeException[] {new IllegalStateException("a bug"), null}) {
            try (InputStream in = Pipe.of(2, out -> {
                out.write(ONE);
                if (failure != null) {
                    throw failure;
                }
                throw new IOException("a broken disk");
            })) {
                assertEquals(1, in.read());
                assertThrows(IOException.class, in::read);
                assertThrows(IOException.class, in::read);
            }
        }
    }

    @Test
    void aReaderThatClosesEndsAWriterThatHasNothingToWriteAndFlushes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        InputStream in = Pipe.of(1, out -> {
            try {
                while (true) {
                    out.flush();
                    begun.countDown();
                }
            } finally {
                ended.countDown();
            }
        });
        begun.await();

        in.close();

        ended.await();
        assertEquals(0, ended.getCount());
    }

    @Test
    void aReaderThatClosesEndsAWriterThatWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        InputStream in = Pipe.of(1, out -> {
            try {
                while (true) {
                    out.write(ONE);
                    begun.countDown();
                }
            } finally {
                ended.countDown();
            }
        });
        begun.await();

        in.close();

        ended.await();
        assertEquals(0, ended.getCount());
    }

    @Test
    void aReaderThatWaitsIsWokenWhereSomebodyElseCloses() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        InputStream in = Pipe.of(1, out -> await(end));
        Thread reader = Thread.ofVirtual().start(() -> assertThrows(IOException.class, in::read));

        in.close();
        reader.join();

        end.countDown();
        assertThrows(IOException.class, in::read);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWriterWhoseTimeIsOverIsToldAndMaySayOneThingMore() throws IOException {
        byte[] read;
        try (InputStream in = Pipe.of(2, Duration.ofMillis(1), out -> {
            WireCut cut = assertThrows(WireCut.class, () -> writeForEver(out));
            assertEquals("This took longer than 0 seconds, which is the server's limit.", cut.getMessage());
            out.write(LAST);
        })) {
            read = in.readAllBytes();
        }

        assertEquals(LAST, read[read.length - 1]);
    }

    private static void writeForEver(OutputStream out) throws IOException {
        while (true) {
            out.write(ONE);
        }
    }

    @Test
    void anAnswerThatNobodyReadsInTimeIsBrokenOff() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        InputStream in = Pipe.of(1, Duration.ofMillis(1), out -> {
            try {
                writeForEver(out);
            } finally {
                ended.countDown();
            }
        });

        ended.await();

        assertThrows(IOException.class, in::readAllBytes);
    }

    @Test
    void aWriterIsNeverFartherAheadThanItMayBe() throws IOException {
        AtomicInteger written = new AtomicInteger();
        try (InputStream in = Pipe.of(3, out -> {
            for (int i = 0; i < 100; i++) {
                out.write(ONE);
                written.incrementAndGet();
            }
        })) {
            for (int read = 1; read <= 100; read++) {
                assertEquals(1, in.read());
                int ahead = written.get() - read;
                assertTrue(ahead <= 3, () -> ahead + " ahead");
            }
        }
    }
}
