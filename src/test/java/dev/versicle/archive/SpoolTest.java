package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int BYTES_MAX = 300_000;

    @TempDir
    private Path directory;

    private SpoolForTests spool;

    @BeforeEach
    void open() {
        spool = new SpoolForTests(directory);
    }

    @Test
    void eachPartIsReadAgainAndAgainWhateverElseIsRead() throws IOException {
        byte[] bytes = new byte[BYTES_MAX];
        new Random(2).nextBytes(bytes);
        byte[] tail = Arrays.copyOfRange(bytes, 100_000, BYTES_MAX);
        try (SpooledFile file = spool.spool.file(BYTES_MAX)) {
            file.write(bytes, 100_000);
            PromptFile.Content first = file.since(0);
            file.write(tail, tail.length);
            PromptFile.Content second = file.since(100_000);
            PromptFile.Content nothing = file.since(BYTES_MAX);

            try (InputStream one = first.open();
                    InputStream other = second.open()) {
                assertEquals(Byte.toUnsignedInt(bytes[0]), one.read());
                assertArrayEquals(tail, other.readAllBytes());
                assertArrayEquals(Arrays.copyOfRange(bytes, 1, 100_000), one.readAllBytes());
                assertEquals(-1, one.read());
            }
            assertArrayEquals(tail, new PromptFile(second, false).bytes());
            assertEquals(new PromptFile(tail, false), new PromptFile(second, false));
            assertEquals(0, nothing.size());
            assertArrayEquals(new byte[0], new PromptFile(nothing, false).bytes());
        }
    }

    @Test
    void aFileTakesNoMoreThanItsLimit() {
        try (SpooledFile file = spool.spool.file(3)) {
            file.write(new byte[4], 3);
            assertThrows(IllegalStateException.class, () -> file.write(new byte[1], 1));
            assertEquals(3, file.size());
        }
    }

    @Test
    void aFileIsItsOwnersAloneAndGoneWhenItIsClosed() {
        try (SpooledFile one = spool.spool.file(1);
                SpooledFile other = spool.spool.file(1)) {
            one.write(new byte[1], 1);
            other.write(new byte[1], 1);
            assertEquals(2, spool.left().size());
            assertEquals(List.of("rw-------", "rw-------"), spool.permissions());
        }
        assertEquals(List.of(), spool.left());
    }
}
