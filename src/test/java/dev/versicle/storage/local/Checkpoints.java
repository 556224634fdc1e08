package dev.versicle.storage.local;

import dev.versicle.git.House;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A process of its own that saves one version between two marks, to be watched from outside. The version's text is an
 * object already, which real git wrote and did not force; beside it lies a file that is not written from memory.
 */
final class Checkpoints {
    static final String BEGIN = "mark-begin";
    static final String END = "mark-end";
    static final String BLOB = "blob";

    private static final int LARGE_BYTES = 1 << 20;

    private Checkpoints() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        try (House house = new House(root.resolve("data"))) {
            PromptId id = house.create("traced", "one");
            house.save(id, "one and a half");
            Path text = Files.writeString(root.resolve("text"), "two");
            Files.writeString(root.resolve(BLOB), house.git(id).run("hash-object", "-w", text.toString()));
            PromptFiles files = PromptFiles.of(Map.of(
                    "prompt.md", new PromptFile("two".getBytes(StandardCharsets.UTF_8), false),
                    "large", new PromptFile(new byte[LARGE_BYTES], false)));
            Files.createFile(root.resolve(BEGIN));
            house.save(id, Draft.checkpoint(new Draft.Content.Files(files)));
            Files.createFile(root.resolve(END));
            Files.writeString(root.resolve("id"), id.hex());
        }
    }
}
