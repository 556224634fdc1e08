package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenRepositoryTest {
    @TempDir
    private Path root;

    @Test
    void oneThatCannotBeReadDoesNotKeepTheOthersFromStarting() throws IOException {
        PromptId broken;
        PromptId sound;
        Path objects;
        try (House house = new House(root)) {
            broken = house.create("broken", "one");
            sound = house.create("sound", "two");
            objects = house.repository(broken).resolve("objects");
        }
        Files.delete(root.resolve("catalog.db"));
        Files.move(objects, objects.resolveSibling("elsewhere"));
        Files.createDirectory(objects);

        try (House house = new House(root)) {
            assertEquals("two", house.prompts.prompt(House.ALICE, sound).text());
            assertThrows(UncheckedIOException.class, () -> house.prompts.prompt(House.ALICE, broken));
        }
    }
}
