package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.TlsServer;
import dev.versicle.prompt.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories from other servers, over real HTTP on both sides. */
class V1ImportTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LOOK_MILLIS = 20;

    @TempDir
    private Path root;

    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer server;
    private TlsServer remote;
    private V1Client alice;

    @BeforeEach
    void start() {
        server = TestServer.start(root.resolve("data"), Map.of("versicle.webhooks-allow", "127.0.0.0/8"));
        remote = TlsServer.start(root).serves(root.resolve("git")).answers("/slow/", exchange -> {
            await();
            exchange.sendResponseHeaders(404, -1);
        });
        alice = V1Client.of(server, TestServer.caller("alice"));
    }

    @AfterEach
    void stop() {
        released.countDown();
        alice.close();
        http.close();
        remote.close();
        server.close();
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Two versions that git made. */
    private Git stranger() throws IOException {
        Path work = root.resolve("work");
        new Git(root).run("init", "-q", "-b", "trunk", work.toString());
        Git git = new Git(work);
        git.run("config", "user.name", "Stranger");
        git.run("config", "user.email", "stranger@example.org");
        for (String text : List.of("One", "Two")) {
            Files.writeString(work.resolve("prompt.md"), text + "\n");
            git.run("add", ".");
            git.run("commit", "-q", "-m", text);
        }
        git.run(
                "clone",
                "-q",
                "--mirror",
                work.toString(),
                root.resolve("git/stranger.git").toString());
        return git;
    }

    private Map<String, String> wanted(String path) {
        return new HashMap<>(Map.of("url", remote.url(path), "name", "mine"));
    }

    private static List<JsonNode> lines(V1Client.Answer answer) {
        assertEquals(Optional.of("application/x-ndjson"), answer.being(200).header("Content-Type"));
        return answer.text().lines().map(V1ImportTest::json).toList();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<String> versions(V1Client client, String id) {
        JsonNode items = client.get("/prompts/" + id + "/log").being(200).at("/items");
        return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
                .map(items::path)
                .map(version -> String.join(
                        " ",
                        version.path("version").asText(),
                        version.path("commit").asText(),
                        version.path("releases").toString(),
                        version.path("title").asText(),
                        version.path("display_version").asText(),
                        version.path("text").asText()))
                .toList();
    }

    @Test
    void theLinesTellOfEachStepAndAtLastOfThePrompt() throws IOException {
        Git theirs = stranger();
        Map<String, String> wanted = wanted("/git/stranger.git");
        wanted.putAll(Map.of("description", "Theirs.", "visibility", "public"));

        List<JsonNode> lines = lines(alice.post("/prompts/import", wanted));

        assertEquals(
                List.of("connecting", "counting", "receiving", "checking", "saving"),
                lines.stream()
                        .filter(line -> line.has("phase"))
                        .map(line -> line.path("phase").asText())
                        .distinct()
                        .toList());
        assertEquals(json("{\"phase\":\"connecting\",\"objects\":null,\"bytes\":null}"), lines.getFirst());
        JsonNode prompt = lines.getLast().path("prompt");
        String id = prompt.path("id").asText();
        assertEquals(
                json("{\"done\":true,\"prompt\":" + alice.get("/prompts/" + id).text() + ",\"error\":null}"),
                lines.getLast());
        assertEquals(
                "mine alice Theirs. public 2",
                String.join(
                        " ",
                        prompt.path("name").asText(),
                        prompt.path("owner_id").asText(),
                        prompt.path("description").asText(),
                        prompt.path("visibility").asText(),
                        prompt.path("latest_version").asText()));
        assertEquals(
                theirs.run("rev-parse", "trunk"),
                alice.get("/prompts/" + id + "/versions/latest").get("commit"));
        new Git(server.repository(id)).requireSound();
    }

    @Test
    void anotherVersiclesVersionsAreWhatTheyWereThere() {
        try (TestServer other = TestServer.start(root.resolve("other"));
                V1Client bob = V1Client.of(other, TestServer.caller("bob"))) {
            String theirs = bob.post("/prompts", Map.of("name", "theirs", "visibility", "public"))
                    .being(201)
                    .get("id");
            bob.save(theirs, "one");
            bob.form("/prompts/" + theirs + "/versions", Form.of("1.0.0", Form.tarball("prompt.md", "two\n")));
            bob.post("/prompts/" + theirs + "/versions", Map.of("text", "three", "display_version", "v3"))
                    .being(201);
            bob.patch("/prompts/" + theirs + "/versions/2", Map.of("title", "Edited"))
                    .being(200);
            bob.put("/prompts/" + theirs + "/draft", Map.of("text", "not yet")).being(200);
            String url = other.uri("/git/default/theirs.git").toString();

            List<JsonNode> lines = lines(alice.post("/prompts/import", Map.of("url", url, "name", "mine")));

            String id = lines.getLast().path("prompt").path("id").asText();
            assertEquals(versions(bob, theirs), versions(alice, id), lines::toString);
            assertEquals("three", alice.get("/prompts/" + id + "/draft").get("text"));
        }
    }

    @Test
    void aFailureIsTheLastLineAndNothingIsMade() {
        List<JsonNode> lines = lines(alice.post("/prompts/import", wanted("/git/nothing.git")));

        assertEquals(
                json("{\"done\":false,\"prompt\":null,\"error\":{\"error\":\"BAD_GATEWAY\",\"message\":"
                        + "\"The remote server has no repository there that it would show.\",\"details\":{}}}"),
                lines.getLast());
        assertEquals(0, alice.get("/prompts").json().path("total").asInt());
        alice.create("mine");
    }

    @Test
    void whatIsWrongWithTheRequestIsToldByItsStatus() {
        alice.create("taken");
        V1Client nobody = V1Client.nobody(server);
        V1Client reader = V1Client.of(server, TestServer.caller("reader", Role.READER));
        Map<String, String> taken = wanted("/git/stranger.git");
        taken.put("name", "taken");
        Map<String, String> elsewhere = wanted("/git/stranger.git");
        elsewhere.put("namespace", "elsewhere");

        nobody.post("/prompts/import", taken).being(401);
        reader.post("/prompts/import", taken).being(403);
        alice.post("/prompts/import", elsewhere).being(403);
        alice.post("/prompts/import", taken).being(409);
        nobody.close();
        reader.close();
        assertEquals(List.of(), remote.asked());
    }

    @Test
    void aFieldThatIsWrongIsNamed() {
        Map<String, Map<String, String>> wrong = Map.of(
                "url is required", Map.of("name", "mine"),
                "name is required", Map.of("url", "https://127.0.0.1/a.git"),
                "url must not lead to an address that this server may not call",
                        Map.of("url", "https://10.0.0.1/a.git", "name", "mine"),
                "url must begin with https://", Map.of("url", "http://1.1.1.1/a.git", "name", "mine"),
                "url must have no query", Map.of("url", "https://127.0.0.1/a.git?x", "name", "mine"),
                "token is required with username",
                        Map.of("url", "https://127.0.0.1/a.git", "name", "mine", "username", "me"),
                "token must be 1 to 4096 visible ASCII characters",
                        Map.of("url", "https://127.0.0.1/a.git", "name", "mine", "token", "a\nb"),
                "token must not be there where the URL is not https",
                        Map.of("url", "http://127.0.0.1/a.git", "name", "mine", "token", "a"),
                "username must be 1 to 200 visible ASCII characters and no colon",
                        Map.of("url", "https://127.0.0.1/", "name", "mine", "token", "a", "username", "a:b"),
                "visibility must be private or public",
                        Map.of("url", "https://127.0.0.1/a.git", "name", "mine", "visibility", "x"));
        wrong.forEach((sentence, body) -> {
            String field = sentence.substring(0, sentence.indexOf(' '));
            assertEquals(
                    sentence, field + " " + alice.post("/prompts/import", body).rule(field));
        });
    }

    /** The answer as it comes. */
    private HttpResponse<InputStream> begin(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/v1/prompts/import"))
                .POST(BodyPublishers.ofString("{\"url\":\"" + remote.url(path) + "\",\"name\":\"mine\"}"))
                .header("Authorization", "Bearer " + server.token(TestServer.caller("alice")))
                .header("Content-Type", "application/json")
                .build();
        return http.send(request, BodyHandlers.ofInputStream());
    }

    @Test
    void aLineIsSentWhenItsStepBeginsAndASecondImportMustWait() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = begin("/slow/x.git");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            // The remote has not said anything yet.
            assertTrue(lines.readLine().contains("connecting"));
            assertEquals(
                    "RATE_LIMITED",
                    alice.post("/prompts/import", wanted("/slow/x.git"))
                            .being(429)
                            .get("error"));
            released.countDown();
            String last = lines.lines().reduce("", (before, line) -> line);
            assertTrue(last.contains("\"done\":false"), last);
        }
        alice.post("/prompts/import", wanted("/slow/x.git")).being(200);
    }

    @Test
    void whoLeavesEndsTheImport() throws IOException, InterruptedException {
        stranger();
        try (InputStream answer = begin("/slow/x.git").body()) {
            assertEquals('{', answer.read());
        }
        released.countDown();

        V1Client.Answer next = alice.post("/prompts/import", wanted("/git/stranger.git"));
        while (next.status() == 429) {
            Thread.sleep(LOOK_MILLIS);
            next = alice.post("/prompts/import", wanted("/git/stranger.git"));
        }
        assertTrue(lines(next).getLast().path("done").asBoolean());
    }
}
