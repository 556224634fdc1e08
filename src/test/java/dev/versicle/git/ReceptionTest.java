package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.git.Pushing.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real git pushes comes in, and what does not is refused in words that git prints. */
class ReceptionTest {
    @TempDir
    private Path root;

    private Receiving server;

    @BeforeEach
    void open() {
        server = new Receiving(root.resolve("data"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Pushing cloned(String... options) {
        return Pushing.clone(server.house.repository(server.id), server.url(), root.resolve("clone"), options);
    }

    @Test
    void aCommitComesIn() {
        Pushing clone = cloned().commit("prompt.md", "text 3");

        Said said = clone.tried("push", "origin", "main");

        assertEquals(0, said.status(), said.text());
        assertTrue(said.text().contains("remote: moved refs/heads/main"), said.text());
        assertEquals(clone.tip("main"), server.house.git(server.id).run("rev-parse", "main"));
    }
}
