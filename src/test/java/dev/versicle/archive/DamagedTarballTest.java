package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage anywhere is taken or refused, and nothing else happens; the seed is the test's name. */
class DamagedTarballTest {
    private static final int ROUNDS = 1_500;

    @TempDir
    private Path directory;

    private SpoolForTests spool;

    @BeforeEach
    void open() {
        spool = new SpoolForTests(directory);
    }

    private static byte[] whole() {
        return new TarBytes()
                .pax('g', Map.of("comment", "a commit"))
                .entry("d/", '5')
                .file("d/one", "1".repeat(600))
                .longName('L', "d/" + "long".repeat(40))
                .file("d/short", "2")
                .pax('x', Map.of("path", "d/é", "mtime", "1.5", "size", "3"))
                .file("d/e", "333")
                .tar();
    }

    private void read(byte[] gzip) {
        try (Unpacked unpacked = spool.read(gzip)) {
            unpacked.files().byPath().values().forEach(PromptFile::bytes);
        } catch (PromptException e) {
            // one of the two things that may happen
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void inTheGzip(long seed) {
        Random random = new Random(seed);
        byte[] gzip = TarBytes.gzip(whole());
        for (int round = 0; round < ROUNDS; round++) {
            read(damaged(gzip, random));
        }
        assertEquals(List.of(), spool.left());
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void inTheTar(long seed) {
        Random random = new Random(seed);
        byte[] tar = whole();
        for (int round = 0; round < ROUNDS; round++) {
            read(TarBytes.gzip(damaged(tar, random)));
        }
        assertEquals(List.of(), spool.left());
    }

    /** A checksum alone would refuse nearly all that the test above does to headers. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void inHeadersThatAreSealedAgain(long seed) {
        Random random = new Random(seed);
        byte[] tar = whole();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damaged(tar, random);
            int at = random.nextInt(Math.max(damaged.length / TarBytes.BLOCK, 1)) * TarBytes.BLOCK;
            byte[] block = Arrays.copyOfRange(damaged, at, at + TarBytes.BLOCK);
            block[random.nextInt(TarBytes.BLOCK)] = (byte) random.nextInt();
            byte[] sealed = TarBytes.sealed(block);
            System.arraycopy(sealed, 0, damaged, at, Math.min(TarBytes.BLOCK, Math.max(damaged.length - at, 0)));
            read(TarBytes.gzip(damaged));
        }
        assertEquals(List.of(), spool.left());
    }

    /** Or there would be nothing to damage. */
    @Test
    void whatIsWholeIsTaken() {
        try (Unpacked unpacked = spool.read(TarBytes.gzip(whole()))) {
            assertEquals(3, unpacked.files().byPath().size());
        }
    }
}
