package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path root;

    private String refusal() {
        return String.valueOf(assertThrows(DataDirectoryRefused.class, () -> DataDirectory.open(root))
                .getMessage());
    }

    @Test
    void aSecondServerIsRefusedUntilTheFirstHasGone() {
        DataDirectory first = DataDirectory.open(root);

        assertEquals("Another server is running on the data directory " + root + ".", refusal());
        first.close();

        DataDirectory.open(root).close();
    }

    @Test
    void aLayoutThatThisServerDoesNotKnowIsRefusedAndTheLockGivenBack() throws IOException {
        DataDirectory.open(root).close();
        for (String format : new String[] {"2\n", "", "one", "99999999999"}) {
            Files.writeString(root.resolve("format"), format);
            String said = refusal();
            assertTrue(said.contains("has layout '" + format.strip() + "', and this server knows layout 1"), said);
        }

        Files.writeString(root.resolve("format"), "1\n");
        DataDirectory.open(root).close();
    }

    @Test
    void aPlaceThatIsNoDirectoryIsRefusedWithASentence() throws IOException {
        root = Files.writeString(root.resolve("file"), "x");

        String said = refusal();

        assertTrue(said.startsWith("The data directory " + root + " cannot be used: "), said);
    }

    @Test
    void secretsAreTheOwnersAlone() throws IOException {
        try (DataDirectory data = DataDirectory.open(root)) {
            Files.writeString(data.jwtKey(), "old, and readable by all");
            Files.setPosixFilePermissions(data.jwtKey(), PosixFilePermissions.fromString("rw-r--r--"));
            data.writeDurably(data.jwtKey(), "secret");
            data.writeDurably(data.adminKey(), "secret");

            for (Path file : new Path[] {data.jwtKey(), data.adminKey(), root.resolve("server.lock")}) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            assertEquals("secret", Files.readString(data.jwtKey()));
            assertFalse(Files.exists(root.resolve("jwt.key.new")));
        }
    }

    @Test
    void whatWasBeingMadeWhenTheServerDiedIsRemoved() throws IOException {
        DataDirectory.open(root).close();
        Files.createDirectories(root.resolve("new/half.git/objects/ab"));
        Files.writeString(root.resolve("new/half.git/objects/ab/c"), "x");
        Files.writeString(root.resolve("new/stray"), "x");

        try (DataDirectory data = DataDirectory.open(root)) {
            assertEquals(0, data.staging().toFile().listFiles().length);
        }
    }
}
