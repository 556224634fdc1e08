package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.git.House;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After one failed force nothing is acknowledged any more. */
class DiskTest {
    @TempDir
    private Path root;

    @Test
    void afterAFailedForceEveryFurtherOneFails() throws IOException {
        Disk disk = Disk.forcing();
        Path file = Files.writeString(root.resolve("file"), "x");
        disk.force(file);
        assertEquals(Optional.empty(), disk.failure());

        IOException first = assertThrows(IOException.class, () -> disk.force(root.resolve("missing")));

        assertEquals(Optional.of(first), disk.failure());
        assertEquals(
                first, assertThrows(IOException.class, () -> disk.force(file)).getCause());
        assertThrows(IOException.class, disk::requireSound);
        assertThrows(IOException.class, () -> disk.force(root.resolve("also missing")));
        assertEquals(Optional.of(first), disk.failure());
    }

    @Test
    void aServerWhoseDiskFailedReadsOnAndWritesNothing() {
        PromptId id;
        try (House house = new House(root)) {
            id = house.create("greeting", "one");
            assertEquals(Optional.empty(), house.data.failure());

            assertThrows(IOException.class, () -> house.data.disk().force(root.resolve("gone")));

            assertTrue(house.data.failure().isPresent());
            assertThrows(UncheckedIOException.class, () -> house.save(id, "two"));
            assertThrows(UncheckedIOException.class, () -> house.create("another", "x"));
            assertThrows(UncheckedIOException.class, () -> house.prompts.delete(House.ALICE, id));
            assertEquals("one", house.prompts.prompt(House.ALICE, id).text());
            assertEquals(
                    1, house.prompts.list(House.ALICE, new Page.Window(1, 9)).total());
            assertFalse(house.git(id).run("for-each-ref").contains("draft"));
            assertEquals("1", house.git(id).run("rev-list", "--count", "main"));
        }
        try (House house = new House(root)) {
            assertEquals(2, house.save(id, "two").version().number());
            house.requireSound();
        }
    }
}
