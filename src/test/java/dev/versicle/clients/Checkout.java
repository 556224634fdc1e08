package dev.versicle.clients;

import dev.versicle.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client has checked out: the commit, and every file with its text. */
record Checkout(String commit, Map<String, String> files) {
    /** What lies in a clone; Git must find it whole, and without a change to the commit. */
    static Checkout of(Path clone) {
        Git git = new Git(clone);
        git.requireSound();
        String changes = git.run("status", "--porcelain");
        if (!changes.isEmpty()) {
            throw new AssertionError("not as the commit: " + changes);
        }
        return new Checkout(git.run("rev-parse", "HEAD"), files(clone));
    }

    private static Map<String, String> files(Path clone) {
        try (Stream<Path> paths = Files.walk(clone)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !clone.relativize(path).startsWith(".git"))
                    .collect(Collectors.toMap(
                            path -> clone.relativize(path).toString(), Checkout::text, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
