package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Crowd;
import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Prompts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git pushes to a real server. */
class PushOverHttpTest {
    private static final int PUSHERS = 16;
    private static final Caller USER = TestServer.caller("user");

    @TempDir
    private static Path data;

    private static TestServer server;

    @TempDir
    private Path root;

    @BeforeAll
    static void start() {
        // All of them are one caller.
        server = TestServer.start(data, Map.of("versicle.git-transfers", 2 * PUSHERS));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PromptId create(String name) {
        NewPrompt wanted = new NewPrompt(new PromptName(name), Optional.empty(), Optional.of(new PromptText("one")));
        return server.part(Prompts.class).create(USER, wanted).id();
    }

    private Pushing clone(PromptId id, String name, String directory) {
        Pushing clone = Pushing.clone(
                server.repository(id.hex()),
                server.uri("/git/default/" + name + ".git").toString(),
                root.resolve(directory));
        clone.git("config", "http.extraHeader", "Authorization: Bearer " + server.token(USER));
        return clone;
    }

    private static List<String> versions(PromptId id) {
        return server.part(Prompts.class).versions(USER, id, new Page.Window(1, 100)).items().stream()
                .map(version -> version.number() + " " + version.text())
                .toList();
    }

    @Test
    void aCommitItsReleaseAndItsEnvironmentComeInOnePush() {
        PromptId id = create("together");
        Pushing clone = clone(id, "together", "clone").commit("prompt.md", "two");
        clone.git("tag", "1.0.0");
        clone.git("tag", "-a", "-m", "Summer", "summer");

        String said = clone.git("push", "origin", "main", "1.0.0", "summer", "main:env/production");

        assertEquals(List.of("2 two", "1 one"), versions(id));
        assertTrue(said.contains("remote: Version 2: "), said);
        assertTrue(said.contains("remote: Release 1.0.0: version 2"), said);
        assertTrue(said.contains("remote: Environment production: version 2"), said);
        assertTrue(said.contains("remote: Displayed as summer: version 2"), said);
        new Git(server.repository(id.hex())).requireSound();
    }

    @Test
    void aForcedPushAndADeletionOfMainAreRefusedInWordsThatGitShows() {
        PromptId id = create("stubborn");
        Pushing clone = clone(id, "stubborn", "clone");
        clone.git("commit", "-q", "--amend", "-m", "Another history");

        Pushing.Said forced = clone.tried("push", "--force", "origin", "main");
        Pushing.Said deleted = clone.tried("push", "origin", ":main");

        assertEquals(1, forced.status());
        assertTrue(forced.text().contains("[remote rejected] main -> main (main only moves forward"), forced::text);
        assertTrue(deleted.text().contains("never deleted"), deleted::text);
        assertEquals(List.of("1 one"), versions(id));
    }

    @Test
    void sixteenPushesAtOnceMakeOneVersionAndFifteenAreToldToFetchFirst() {
        PromptId id = create("raced");
        List<Pushing> clones = IntStream.range(0, PUSHERS)
                .mapToObj(i -> clone(id, "raced", "clone-" + i).commit("prompt.md", "text " + i))
                .toList();

        List<Pushing.Said> said = Crowd.of(PUSHERS, i -> clones.get(i).tried("push", "origin", "main"));

        assertEquals(1, said.stream().filter(one -> one.status() == 0).count(), said::toString);
        assertTrue(
                said.stream()
                        .filter(one -> one.status() != 0)
                        .allMatch(one -> one.text().contains("fetch first")),
                said::toString);
        assertEquals(2, versions(id).size());
    }
}
