package dev.versicle.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory for everything that a run of the suite writes and nobody shall find afterwards. */
record Scratch(Path directory) implements AutoCloseable {
    /** Makes it, empty: a run that was killed may have left one. */
    static Scratch in(Path output) throws IOException {
        Scratch scratch = new Scratch(output.resolve("scratch").toAbsolutePath());
        scratch.close();
        Files.createDirectories(scratch.directory());
        return scratch;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
