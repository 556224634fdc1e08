package dev.versicle.archive;

import dev.versicle.git.House;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A process of its own, with a small heap, that takes tarballs in and writes each out again. */
final class LargePackages {
    private LargePackages() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Spool spool = new Spool(Files.createDirectory(root.resolve("spool")), new Random(1));
        try (House house = new House(root.resolve("data"))) {
            PromptId id = house.create("large", "small");
            for (int i = 1; i < arguments.length; i++) {
                takeIn(house, id, root.resolve(arguments[i]), spool);
                writeOut(house, id, root.resolve(arguments[i] + ".out"));
            }
        }
    }

    private static void takeIn(House house, PromptId id, Path tarball, Spool spool) throws IOException {
        try (InputStream in = Files.newInputStream(tarball);
                Unpacked unpacked = Tarball.read(in, spool)) {
            house.save(id, Draft.checkpoint(new Draft.Content.Files(unpacked.files())));
        }
    }

    private static void writeOut(House house, PromptId id, Path target) {
        house.prompts.read(House.ALICE, id, new VersionRef.Latest(), files -> {
            try (OutputStream out = Files.newOutputStream(target)) {
                Tarball.write(files, out);
                return target;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
