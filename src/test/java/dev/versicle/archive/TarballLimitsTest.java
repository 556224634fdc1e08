package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a tarball as a whole, and where it stops being read. */
class TarballLimitsTest {
    @TempDir
    private Path directory;

    private SpoolForTests spool;

    @BeforeEach
    void open() {
        spool = new SpoolForTests(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(List.of(), spool.left());
    }

    private static TarBytes tar() {
        return new TarBytes().file("first", "good");
    }

    record Whole(String said, InputStream gzip) {
        Whole(String said, byte[] gzip) {
            this(said, new ByteArrayInputStream(gzip));
        }

        @Override
        public String toString() {
            return said;
        }
    }

    static Stream<Whole> wholes() {
        byte[] tar = tar().tar();
        byte[] gzip = TarBytes.gzip(tar);
        byte[] noise = new byte[2_000];
        new Random(5).nextBytes(noise);
        byte[] oneEmptyBlock = Arrays.copyOf(tar, tar.length - TarBytes.BLOCK);
        String cut = "must be a whole gzip: it is cut short or damaged";
        String cutTar = "must be a whole tar: it is cut short or damaged after 'first'";
        return Stream.of(
                new Whole("must be gzip", new byte[0]),
                new Whole("must be gzip", tar),
                new Whole("must be gzip", new byte[] {0x1f}),
                new Whole("must be gzip", new byte[] {0x1f, (byte) 0x8b, 9, 0}),
                new Whole("must be a tar within its gzip", TarBytes.gzip(new byte[0])),
                new Whole("must be a tar within its gzip", TarBytes.gzip(new byte[] {1, 2, 3})),
                new Whole("must be a tar within its gzip", TarBytes.gzip(noise)),
                new Whole("must be a tar within its gzip", TarBytes.gzip(gzip)),
                new Whole("must hold a file", new TarBytes().gzip()),
                new Whole("must hold a file", new TarBytes().entry("d/", '5').gzip()),
                new Whole(cut, Arrays.copyOf(gzip, gzip.length - 1)),
                new Whole(cut, Arrays.copyOf(gzip, gzip.length / 2)),
                new Whole(cut, flipped(gzip, gzip.length - 1)),
                new Whole(cut, flipped(gzip, gzip.length - 8)),
                new Whole(cutTar, TarBytes.gzip(oneEmptyBlock)),
                new Whole(cutTar, TarBytes.gzip(tar().open())),
                new Whole(cutTar, TarBytes.gzip(Arrays.copyOf(tar, TarBytes.BLOCK + 2))),
                new Whole(cutTar, TarBytes.gzip(Arrays.copyOf(tar, TarBytes.BLOCK + 20))),
                new Whole(
                        cutTar, TarBytes.gzip(flipped(tar().file("second", "x").tar(), 2 * TarBytes.BLOCK))),
                new Whole(cutTar, tar().pax('x', Map.of("path", "x")).gzip()),
                new Whole(cutTar, tar().longName('L', "x").gzip()),
                new Whole("must end with two empty blocks", TarBytes.gzip(TarBytes.joined(oneEmptyBlock, tar))),
                new Whole(
                        "must be one archive: there is more behind its end", TarBytes.gzip(TarBytes.joined(tar, tar))),
                new Whole(
                        "must be one archive: there is more behind its end",
                        TarBytes.gzip(TarBytes.joined(tar, new byte[] {0, 0, 1}))),
                new Whole("must be one gzip: there is more behind its end", TarBytes.joined(gzip, gzip)),
                new Whole("must be one gzip: there is more behind its end", TarBytes.joined(gzip, new byte[1])));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void anArchiveThatIsNotOneIsRefused(Whole whole) {
        assertEquals(new Problem.Invalid("tarball", whole.said()), spool.refusal(whole.gzip()));
    }

    @Test
    void emptyBlocksBehindTheEndAreNothing() {
        byte[] padded = Arrays.copyOf(tar().tar(), 10_240);

        try (Unpacked unpacked = spool.read(TarBytes.gzip(padded))) {
            assertEquals(
                    Map.of("first", Packages.file("good")), unpacked.files().byPath());
        }
    }

    @Test
    void theEntryAfterTheTwoThousandthIsOneTooMany() {
        TarBytes tar = new TarBytes();
        for (int i = 1; i <= 10_000; i++) {
            tar.file("f" + i, "");
        }
        byte[] all = tar.tar();

        assertEquals(
                new Problem.Invalid(
                        "tarball", "cannot be taken: its entry 'f2001' is one more than the 2000 that it may have"),
                spool.refusal(TarBytes.gzip(all)));
        try (Unpacked unpacked = spool.read(
                TarBytes.gzip(TarBytes.joined(Arrays.copyOf(all, 2_000 * TarBytes.BLOCK), new byte[1024])))) {
            assertEquals(2_000, unpacked.files().byPath().size());
        }
    }

    @Test
    void headersForAllEntriesMayNotGoOnForEver() {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 17; i++) {
            tar.pax('g', Map.of("comment", "a commit"));
        }

        assertEquals(
                new Problem.Invalid(
                        "tarball",
                        "cannot be taken: its entry 'PaxHeaders/x' is one more than 16 PAX headers for all entries"),
                spool.refusal(tar.file("x", "").gzip()));
    }

    @Test
    void theFilesTogetherHaveALimit() {
        byte[] file = Packages.compressible(PromptFile.BYTES_MAX, 3);
        TarBytes tar = new TarBytes();
        for (String name : new String[] {"a", "b", "c", "d"}) {
            tar.header(name, '0', file.length).body(file);
        }

        Problem refused = spool.refusal(tar.file("e", "x").gzip());

        assertEquals(
                new Problem.Invalid("tarball", "cannot be taken: its entry 'e' takes it over 67108864 bytes of files"),
                refused);
    }

    /** Counts what is taken from it. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long taken;

        private Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            taken++;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            taken += Math.max(read, 0);
            return read;
        }
    }

    /** Deflated so that it can stand anywhere in a gzip. */
    private static byte[] piece(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            byte[] piece = new byte[16 << 10];
            return Arrays.copyOf(piece, deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH));
        } finally {
            deflater.end();
        }
    }

    /** Some 10 MiB that would inflate to 10 GiB: of the archive that is given, and zeros without end. */
    private static Counted bomb(byte[] begun) {
        byte[] head = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
        List<InputStream> parts = new ArrayList<>();
        parts.add(new ByteArrayInputStream(TarBytes.joined(head, piece(begun))));
        byte[] zeros = piece(new byte[1 << 20]);
        for (int i = 0; i < 10 << 10; i++) {
            parts.add(new ByteArrayInputStream(zeros));
        }
        return new Counted(new SequenceInputStream(Collections.enumeration(parts)));
    }

    @Test
    void aBombIsPutOutWhenItBeginsToGrow() {
        byte[] inAFile = tar().header("zeros", '0', PromptFile.BYTES_MAX).open();
        byte[] behindTheEnd = tar().tar();

        for (byte[] begun : new byte[][] {inAFile, behindTheEnd}) {
            Counted bomb = bomb(begun);
            assertEquals(
                    new Problem.Invalid("tarball", "must not inflate to more than 100 times its size"),
                    spool.refusal(bomb));
            assertTrue(bomb.taken < 32 << 10, bomb.taken + " bytes");
        }
    }

    @Test
    void aLittleArchiveMayInflateByMore() {
        byte[] gzip = tar().file("zeros", "0".repeat(1_000_000)).gzip();
        assertTrue(gzip.length * 100 < 1_000_000, "" + gzip.length);

        try (Unpacked unpacked = spool.read(gzip)) {
            assertEquals(
                    1_000_000, unpacked.files().byPath().lastEntry().getValue().size());
        }
    }

    @Test
    void aTarballIsReadUpToItsLimitAndNoFurther() {
        byte[] noise = new byte[11 << 20];
        new Random(9).nextBytes(noise);
        Counted counted = new Counted(new ByteArrayInputStream(
                tar().header("noise", '0', noise.length).body(noise).gzip()));

        assertEquals(new Problem.TooLarge("The tarball", 10 << 20), spool.refusal(counted));
        assertTrue(counted.taken <= (10 << 20) + (8 << 10), "" + counted.taken);
    }

    @Test
    void aGzipsHeaderIsNotHeldForEver() {
        byte[] head = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        byte[] name = new byte[9 << 20];
        Arrays.fill(name, (byte) 'n');
        Counted counted =
                new Counted(new SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(name)));

        assertEquals(
                new Problem.Invalid("tarball", "must be gzip with a header of at most 65536 bytes"),
                spool.refusal(counted));
        assertTrue(counted.taken < 128 << 10, "" + counted.taken);
    }

    @Test
    void anUploadThatBreaksOffIsNotTheTarballsFault() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the caller went away");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };

        UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> spool.refusal(broken));

        assertInstanceOf(IOException.class, thrown.getCause());
    }
}
