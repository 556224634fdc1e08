package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A push that must not come in is refused over HTTP, however much of it is still to be sent, in words that git prints.
 */
class RefusedPushTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path root;

    private Remote remote;

    @BeforeEach
    void start() {
        remote = Remote.start(
                root, Map.of("versicle.git-object-mib", 1, "versicle.git-pack-mib", 2, "versicle.git-request-mib", 4));
    }

    @AfterEach
    void stop() {
        remote.close();
    }

    /** A clone with files of so many bytes, which nothing makes smaller, committed. */
    private Git with(int... sizes) throws IOException {
        remote.create("powerful", "text 1");
        Path directory = Files.createDirectory(root.resolve("work"));
        Git git = new Git(directory);
        git.run("clone", "-q", remote.url(Remote.OWNER, "powerful"), ".");
        for (int i = 0; i < sizes.length; i++) {
            byte[] noise = new byte[sizes[i]];
            new Random(i).nextBytes(noise);
            Files.write(directory.resolve("noise " + i), noise);
        }
        git.run("add", ".");
        git.run("-c", "user.name=Carol", "-c", "user.email=carol@example.org", "commit", "-q", "-m", "noise");
        return git;
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> staged = Files.list(remote.server.data().resolve("new"))) {
            assertEquals(List.of(), staged.toList());
        }
    }

    @Test
    void anObjectThatIsTooLarge() throws IOException {
        String said = with(MEBIBYTE + 1).refusal("push", "origin", "main");

        assertTrue(said.contains("A push must have objects of at most 1048576 bytes."), said);
        assertNothingLeft();
    }

    @Test
    void aPackThatIsTooLarge() throws IOException {
        String said = with(MEBIBYTE, MEBIBYTE, MEBIBYTE).refusal("push", "origin", "main");

        assertTrue(said.contains("A push must have a pack of at most 2097152 bytes."), said);
        assertNothingLeft();
    }

    @Test
    void aRequestThatIsTooLarge() throws IOException {
        Git git = with(9 * MEBIBYTE);

        String said = git.refusal("push", "origin", "main");

        assertTrue(said.contains("error: "), said);
        assertNothingLeft();
        git.run("fetch", "origin");
    }
}
