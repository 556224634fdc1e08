package dev.versicle.storage.local;

import dev.versicle.git.House;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that saves one version between two marks, to be watched from outside. */
final class Checkpoints {
    static final String BEGIN = "mark-begin";
    static final String END = "mark-end";

    private Checkpoints() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        try (House house = new House(root.resolve("data"))) {
            PromptId id = house.create("traced", "one");
            Files.createFile(root.resolve(BEGIN));
            house.save(id, "two");
            Files.createFile(root.resolve(END));
            Files.writeString(root.resolve("id"), id.hex());
        }
    }
}
