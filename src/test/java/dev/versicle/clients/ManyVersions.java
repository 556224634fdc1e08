package dev.versicle.clients;

import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Transfers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A prompt whose ten thousand versions have a tag each, made by {@code git fast-import} and taken in as a bundle. */
final class ManyVersions {
    static final String NAME = "many";
    static final int VERSIONS = 10_000;

    private static final PromptId ID = new PromptId("65f1b2c30123456789abcdef");
    private static final long START_SECONDS = 1_767_225_600L;

    private ManyVersions() {}

    private record Bundle(Path file) implements PromptFile.Content {
        @Override
        public long size() {
            return file.toFile().length();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    static PromptId into(TestServer server, Caller owner, Path scratch) {
        Path bare = scratch.resolve(NAME + ".git");
        make(scratch, bare);
        Transfers transfers = server.part(Transfers.class);
        Path bundle = scratch.resolve(NAME + ".bundle");
        Program.run(bare, List.of("git", "bundle", "create", "--quiet", bundle.toString(), "--all"))
                .required();
        Transfers.Outcome outcome = transfers.adopt(owner, ID, NAME, new Bundle(bundle));
        if (!(outcome instanceof Transfers.Outcome.Imported)) {
            throw new AssertionError(outcome);
        }
        return ID;
    }

    private static void make(Path scratch, Path bare) {
        Program.run(scratch, List.of("git", "init", "--quiet", "--bare", "--initial-branch=main", bare.toString()))
                .required();
        try {
            Process git = new ProcessBuilder("git", "-C", bare.toString(), "fast-import", "--quiet")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream out = git.getOutputStream()) {
                out.write(history().getBytes(StandardCharsets.UTF_8));
            }
            if (git.waitFor() != 0) {
                throw new AssertionError("git fast-import failed");
            }
            // one file instead of ten thousand
            Program.run(bare, List.of("git", "pack-refs", "--all")).required();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String history() {
        StringBuilder stream = new StringBuilder("blob\nmark :1\ndata 2\na\nblob\nmark :2\ndata 2\nb\n");
        for (int n = 1; n <= VERSIONS; n++) {
            String message = """
                    Version %1$d

                    Version: %1$d
                    Display-Version: v1.%1$d
                    Display-Version-At: 2026-01-01T00:00:00.000Z
                    Source: checkpoint
                    Created-By: ada
                    """.formatted(n);
            stream.append("commit refs/heads/main\nmark :%d\n".formatted(n + 2))
                    .append("committer Ada <ada@example.org> %d +0000\n".formatted(START_SECONDS + n))
                    .append("data %d\n%s".formatted(message.length(), message))
                    .append("M 100644 :%d prompt.md\n\n".formatted(1 + n % 2));
        }
        for (int n = 1; n <= VERSIONS; n++) {
            stream.append("reset refs/tags/v1.%d\nfrom :%d\n\n".formatted(n, n + 2));
        }
        return stream.toString();
    }
}
