package dev.versicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real {@code git} on one repository: the judge that no one here wrote. */
public final class Git {
    private final Path repository;

    public Git(Path repository) {
        this.repository = repository;
    }

    /** What a command prints, without the last line feed; a failure is an error with what git said. */
    public String run(String... arguments) {
        String text = new String(bytes(arguments), StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    public List<String> lines(String... arguments) {
        return run(arguments).lines().toList();
    }

    /** What a command says that must fail. */
    public String refusal(String... arguments) {
        Ended ended = end(arguments);
        if (ended.code() == 0) {
            throw new AssertionError(String.join(" ", arguments) + " did not fail: " + ended.text());
        }
        return ended.text();
    }

    /** What a command prints, to the byte. */
    public byte[] bytes(String... arguments) {
        Ended ended = end(arguments);
        if (ended.code() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " failed: " + ended.text());
        }
        return ended.output;
    }

    private static final class Ended {
        private final int code;
        private final byte[] output;

        private Ended(int code, byte[] output) {
            this.code = code;
            this.output = output;
        }

        int code() {
            return code;
        }

        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    private Ended end(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        // It fails instead of asking somebody who is not there.
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            byte[] output = process.getInputStream().readAllBytes();
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails unless everything in the repository is whole and as Git wants it. */
    public void requireSound() {
        String said = run("fsck", "--strict", "--full", "--no-dangling", "--no-progress");
        if (!said.lines().allMatch(line -> line.startsWith("notice: "))) {
            throw new AssertionError("git fsck says: " + said);
        }
    }
}
