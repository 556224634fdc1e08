package dev.versicle.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody's repository, and real git to push from it. */
final class Pushing {
    private final Path directory;

    private Pushing(Path directory) {
        this.directory = directory;
    }

    /** What git said on both of its streams, and how it ended. */
    record Said(int status, String text) {}

    /** A clone of a bare repository on this disk, which pushes to {@code url}. */
    static Pushing clone(Path bare, String url, Path directory, String... options) {
        Pushing clone = new Pushing(directory);
        List<String> command = new ArrayList<>(List.of("clone", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of("file://" + bare, "."));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clone.git(command.toArray(String[]::new));
        clone.git("remote", "set-url", "origin", url);
        return clone;
    }

    /** Runs git, which must succeed; returns what it printed, without the last line feed. */
    String git(String... arguments) {
        Said said = tried(arguments);
        if (said.status() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " failed: " + said.text());
        }
        return said.text().strip();
    }

    /** Runs git, whatever comes of it. */
    Said tried(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "safe.directory=*",
                "-c",
                "user.name=Carol",
                "-c",
                "user.email=carol@example.org",
                "-c",
                "init.defaultBranch=main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits a file. */
    Pushing commit(String file, String text) {
        return commit(file, text.getBytes(StandardCharsets.UTF_8));
    }

    Pushing commit(String file, byte[] bytes) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", "-f", "--", file);
        git("commit", "-q", "-m", "Change " + file);
        return this;
    }

    String tip(String revision) {
        return git("rev-parse", revision);
    }
}
