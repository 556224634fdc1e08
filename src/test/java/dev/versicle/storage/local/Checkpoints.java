package dev.versicle.storage.local;

import dev.versicle.git.House;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process of its own that saves one version between two marks, to be watched from outside. The version's text is an
 * object already, which real git wrote and did not force.
 */
final class Checkpoints {
    static final String BEGIN = "mark-begin";
    static final String END = "mark-end";
    static final String BLOB = "blob";

    private Checkpoints() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        try (House house = new House(root.resolve("data"))) {
            PromptId id = house.create("traced", "one");
            house.save(id, "one and a half");
            Path text = Files.writeString(root.resolve("text"), "two");
            Files.writeString(root.resolve(BLOB), house.git(id).run("hash-object", "-w", text.toString()));
            Files.createFile(root.resolve(BEGIN));
            house.save(id, "two");
            Files.createFile(root.resolve(END));
            Files.writeString(root.resolve("id"), id.hex());
        }
    }
}
