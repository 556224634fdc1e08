package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NamespaceDesk;
import dev.versicle.prompt.NamespaceSettings;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SettingsDesk;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The repository of an environment at Git's door: for whom it is, and that real git gets it as any other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvironmentDoorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PRODUCTION = "_environments/production";
    private static final Caller WRITER = TestServer.caller("writer", Role.WRITER);
    private static final Caller ADMIN =
            new Caller("root", Optional.empty(), Optional.empty(), new Namespace("elsewhere"), Set.of(Role.ADMIN));
    private static final Caller GRANTED = TestServer.caller("granted");
    private static final Caller ELSEWHERE =
            new Caller("else", Optional.empty(), Optional.empty(), new Namespace("elsewhere"), Set.of(Role.WRITER));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Remote remote;
    private PromptId greeting;

    @BeforeAll
    void start(@TempDir Path directory) {
        remote = Remote.start(directory, Map.of());
        greeting = remote.create("team/greeting", "one\n", "two\n", "three\n");
        PromptId open = remote.create("open", Visibility.PUBLIC);
        remote.save(open, Draft.checkpoint(Remote.body("open\n")));
        remote.server.part(SettingsDesk.class).grant(Remote.OWNER, greeting, Map.of(GRANTED.subject(), Right.PROMOTE));
        move(greeting, "production", 1);
        move(open, "production", 1);
        move(greeting, "production", 3);
        await("production", 3);
    }

    @AfterAll
    void stop() {
        http.close();
        remote.close();
    }

    private EnvironmentDesk desk() {
        return remote.server.part(EnvironmentDesk.class);
    }

    private Expected seen(PromptId id, String name) {
        return desk().environments(Remote.OWNER, id).stream()
                .filter(environment -> environment.name().text().equals(name))
                .map(environment -> new Expected(
                        List.of(new Expected.Stamp(environment.target().commit().hex(), Optional.empty()))))
                .findFirst()
                .orElse(Expected.NOTHING);
    }

    private void move(PromptId id, String name, int version) {
        EnvironmentDesk.Wish wish = new EnvironmentDesk.Wish(new VersionRef.Numbered(version), Optional.empty());
        desk().move(Remote.OWNER, id, new EnvironmentName(name), wish, seen(id, name));
    }

    /** Until the repository has so many commits. */
    private Git await(String environment, int commits) {
        Instant end = Instant.now().plus(PATIENCE);
        while (get("/git/default/_environments/" + environment + ".git", "git-upload-pack", WRITER)
                        .statusCode()
                != 200) {
            assertTrue(Instant.now().isBefore(end), "there is no repository");
            pause();
        }
        Git clone = remote.clone(2, WRITER, "_environments/" + environment);
        while (clone.lines("log", "--format=%s").size() < commits) {
            assertTrue(Instant.now().isBefore(end), () -> clone.run("log", "--format=%s"));
            pause();
            clone.run("pull", "-q");
        }
        return clone;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String repository, String service, Caller... callers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(remote.server.uri(repository + "/info/refs?service=" + service));
        for (Caller caller : callers) {
            request.header("Authorization", "Bearer " + remote.server.token(caller));
        }
        return send(request);
    }

    private HttpResponse<String> post(String repository, String service, Caller... callers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(remote.server.uri(repository + "/" + service))
                .header("Content-Type", "application/x-" + service + "-request")
                .POST(BodyPublishers.ofString("0000"));
        for (Caller caller : callers) {
            request.header("Authorization", "Bearer " + remote.server.token(caller));
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void realGitClonesItInEveryProtocol(int protocol) {
        Git clone = remote.clone(protocol, Remote.READER, PRODUCTION);

        clone.requireSound();
        assertEquals("main", clone.run("branch", "--show-current"));
        assertEquals("three", clone.run("show", "HEAD:+team/greeting/prompt.md"));
        assertEquals(
                List.of("production: team/greeting 1 → 3", "production: open → 1", "production: team/greeting → 1"),
                clone.lines("log", "--format=%s"));
        assertEquals(List.of("origin/HEAD", "origin/main"), clone.lines("branch", "-r", "--format=%(refname:short)"));
    }

    @Test
    void argoAndFluxGetWhatTheyAskFor() {
        Git shallow = remote.clone(2, Remote.READER, PRODUCTION, "--depth=1", "--no-tags");
        assertEquals(1, shallow.lines("log", "--format=%s").size());
        Git partial = remote.clone(2, Remote.READER, PRODUCTION, "--filter=blob:none");
        assertEquals("three", partial.run("show", "HEAD:+team/greeting/prompt.md"));

        String earlier = partial.run("rev-parse", "HEAD~2");
        Git byId = remote.empty(2, Remote.READER, PRODUCTION);
        byId.run("fetch", "-q", "origin", earlier, "--tags", "--force", "--prune");
        byId.run("checkout", "-q", "FETCH_HEAD");
        assertEquals("one", byId.run("show", "HEAD:+team/greeting/prompt.md"));
        assertTrue(remote.empty(2, Remote.READER, PRODUCTION)
                .refusal("fetch", "-q", "origin", "1".repeat(40))
                .contains("not our ref"));
    }

    @Test
    void itIsForWhoReadsTheWholeNamespaceByRole() {
        for (Caller caller : List.of(Remote.READER, WRITER, ADMIN)) {
            for (String end : List.of(".git", "")) {
                assertEquals(
                        200,
                        get("/git/default/" + PRODUCTION + end, "git-upload-pack", caller)
                                .statusCode());
            }
        }
    }

    private static void assertSame(HttpResponse<String> expected, HttpResponse<String> found) {
        assertEquals(expected.statusCode(), found.statusCode());
        assertEquals(expected.body(), found.body());
        Map<String, List<String>> headers = new TreeMap<>(expected.headers().map());
        Map<String, List<String>> others = new TreeMap<>(found.headers().map());
        for (String varies : List.of("date", "x-request-id")) {
            headers.remove(varies);
            others.remove(varies);
        }
        assertEquals(headers, others);
    }

    @Test
    void everybodyElseHearsWhatIsSaidOfARepositoryThatIsNotThere() {
        for (String service : List.of("git-upload-pack", "git-receive-pack")) {
            HttpResponse<String> unknown = get("/git/default/unknown.git", service, Remote.STRANGER);
            assertEquals(404, unknown.statusCode());
            for (Caller caller : List.of(Remote.OWNER, GRANTED, Remote.STRANGER, ELSEWHERE)) {
                assertSame(unknown, get("/git/default/" + PRODUCTION + ".git", service, caller));
                assertSame(unknown, post("/git/default/" + PRODUCTION + ".git", service, caller));
            }
            HttpResponse<String> anonymous = get("/git/default/unknown.git", service);
            assertEquals(401, anonymous.statusCode());
            assertSame(anonymous, get("/git/default/" + PRODUCTION + ".git", service));
            assertSame(anonymous, post("/git/default/" + PRODUCTION + ".git", service));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default/_environments/nobody-has-it",
                "nowhere/_environments/production",
                "default/_environments/",
                "default/_environments",
                "default/_environments/PRODUCTION",
                "default/_environments/latest",
                "default/_environments/production/x",
                "default/_environments/..%2Fproduction"
            })
    void whatNobodyHasIsNotThereForItsReadersToo(String path) {
        HttpResponse<String> unknown = get("/git/default/unknown.git", "git-upload-pack", Remote.READER);

        assertSame(unknown, get("/git/" + path + ".git", "git-upload-pack", Remote.READER));
        assertSame(unknown, get("/git/" + path, "git-upload-pack", ADMIN));
    }

    @Test
    void aPushIsToldHowToMoveInstead() throws IOException {
        Git clone = remote.clone(2, WRITER, PRODUCTION);
        clone.run("-c", "user.name=W", "-c", "user.email=w@example.org", "commit", "-q", "--allow-empty", "-m", "x");
        String said = clone.refusal("push", "origin", "main");

        assertTrue(said.contains("This repository is generated: move production of a prompt, and it follows."), said);
        assertEquals(
                403,
                post("/git/default/" + PRODUCTION + ".git", "git-receive-pack", ADMIN)
                        .statusCode());
    }

    @Test
    void anEnvironmentWhoseLastPromptLeftStaysEmpty() {
        move(greeting, "brief", 1);
        await("brief", 1);
        desk().drop(Remote.OWNER, greeting, new EnvironmentName("brief"), seen(greeting, "brief"));
        Git clone = await("brief", 2);

        assertEquals(List.of("versions.json"), clone.lines("ls-tree", "-r", "--name-only", "HEAD"));
        assertTrue(clone.run("show", "HEAD:versions.json").contains("\"prompts\": {}"));
    }

    @Test
    void aNamespacesWritersHaveItKustomized() {
        move(greeting, "styled", 1);
        await("styled", 1);
        NamespaceDesk namespaces = remote.server.part(NamespaceDesk.class);
        NamespaceSettings on = new NamespaceSettings(true);
        assertEquals(on, namespaces.change(WRITER, Namespace.DEFAULT, on));
        Git clone = await("styled", 2);
        namespaces.change(ADMIN, Namespace.DEFAULT, NamespaceSettings.DEFAULT);

        assertTrue(clone.run("show", "HEAD:kustomization.yaml").contains("\"team.greeting\""));
        assertEquals(NamespaceSettings.DEFAULT, namespaces.settings(Remote.READER, Namespace.DEFAULT));
        for (Caller caller : List.of(Remote.READER, Remote.OWNER, ELSEWHERE)) {
            PromptException refused =
                    assertThrows(PromptException.class, () -> namespaces.change(caller, Namespace.DEFAULT, on));
            assertInstanceOf(Problem.Forbidden.class, refused.problem());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_environments", "_environments/production", "_environments/a/b"})
    void noPromptGetsANameBelowThere(String name) {
        PromptException made = assertThrows(PromptException.class, () -> remote.create(name, "text\n"));
        PromptException renamed = assertThrows(
                PromptException.class,
                () -> remote.prompts()
                        .update(
                                Remote.OWNER,
                                greeting,
                                new PromptEdit(
                                        Optional.of(new PromptName(name)), new Field.Keep<>(), Optional.empty())));

        assertEquals(
                "name", assertInstanceOf(Problem.Invalid.class, made.problem()).field());
        assertEquals(
                "name",
                assertInstanceOf(Problem.Invalid.class, renamed.problem()).field());
    }
}
