package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.http.SharedPath;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What is secret stays out of the log, and what is inside stays out of the answers. */
@Isolated("reads what the whole process logs")
class NothingLeaksTest {
    private static final String TEXT = "the secret recipe of the house";
    private static final String FORGED_SECRET = "5ec3e7".repeat(10) + "abcd";
    private static final String FORGED = "vsk_0123456789ab_" + FORGED_SECRET;
    private static final String GARBAGE = "bm90IGEgdG9rZW4gYXQgYWxs";
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final int BODY_BYTES_MAX = 8 << 20;

    @TempDir
    private Path data;

    private TestServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void noTokenAndNoTextIsInTheLogAtAnyLevel() throws IOException {
        String token = server.token(TestServer.caller("ada", Role.WRITER));
        List<ILoggingEvent> events;
        Optional<String> exchanged;
        try (ServersLog log = ServersLog.allTurnedUp()) {
            // Not by what they say: Netty says it once in a process, and other tests may have heard it.
            for (String room : List.of("dev.versicle", "io.micronaut", "io.netty", "org.eclipse.jgit")) {
                assertTrue(LoggerFactory.getLogger(room + ".Any").isDebugEnabled(), () -> room + " was turned up");
            }
            good();
            bad();
            api.get("/health").being(200);
            api.get("/prometheus").being(200);
            api.send("GET", Api.PROMPTS + "/user", BodyPublishers.noBody(), "Authorization", "Bearer " + token)
                    .being(200);
            api.send("GET", Api.PROMPTS + "/user", BodyPublishers.noBody(), SharedPath.HEADER, token)
                    .being(404);
            exchanged = exchange(Api.key(data));
            exchange(FORGED);
            events = log.events();
        }
        assertTrue(events.stream().anyMatch(event -> event.getLevel().toInt() <= Level.DEBUG_INT));
        String secret = Api.key(data).substring(Api.key(data).lastIndexOf('_') + 1);
        for (String word : List.of(TEXT, FORGED, FORGED_SECRET, GARBAGE, token, exchanged.orElseThrow(), secret)) {
            assertEquals(
                    List.of(),
                    events.stream()
                            .map(ServersLog::line)
                            .filter(line -> line.contains(word))
                            .toList());
        }
    }

    private Optional<String> exchange(String key) {
        int end = key.lastIndexOf('_');
        return server.part(Tokens.class).exchange(key.substring(0, end), key.substring(end + 1));
    }

    @Test
    void noRefusalTellsOfTheInside() throws IOException {
        List<String> refusals = bad();
        Set<String> statuses = new TreeSet<>();
        for (String refusal : refusals) {
            requireTellsNothing(refusal);
            statuses.add(refusal.substring(0, 3));
        }
        assertEquals(Set.of("400", "401", "404", "405", "406", "409", "412", "413", "415"), statuses);
    }

    @Test
    void aCrashIsToldInTheDialectAndLoggedOnceUnderTheAnswersId() throws IOException {
        String prompt = api.create("broken", TEXT);
        String version = api.save(prompt, TEXT).get("versionId");
        restart();
        deleteTree(server.repository(prompt).resolve("objects"));
        Api.Answer answer;
        List<ILoggingEvent> errors;
        try (ServersLog log = ServersLog.turnedUp("dev.versicle")) {
            answer = api.get(Api.versions(prompt) + "/" + version);
            errors = log.events().stream()
                    .filter(event -> event.getLevel() == Level.ERROR)
                    .toList();
        }
        answer.being(500);
        assertEquals(Set.of("error", "details"), Set.copyOf(fields(answer.json())));
        assertEquals("Internal server error", answer.get("error"));
        requireTellsNothing(answer.text());
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(ServersLog.line(errors.getFirst())
                .contains(answer.header("X-Request-Id").orElseThrow()));
        assertFalse(ServersLog.line(errors.getFirst()).contains(TEXT));
    }

    private void restart() {
        api.close();
        server.close();
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void requireTellsNothing(String answer) {
        for (String word : List.of(
                data.toString(), ".git", "dev.versicle", "java.", "io.micronaut", "jgit", "Exception", "\tat ", TEXT)) {
            assertFalse(answer.contains(word), () -> "'" + word + "' in " + answer);
        }
    }

    private void good() {
        String prompt = api.create("good", TEXT);
        String version = api.save(prompt, TEXT + ", changed").being(201).get("versionId");
        api.patch(Api.versions(prompt) + "/" + version, Map.of("title", "A title", "description", "Why"))
                .being(200);
        api.version(prompt, version);
        api.get(Api.versions(prompt)).being(200);
        api.get(Api.PROMPTS + "/user").being(200);
        api.post(Api.versions(prompt) + "/" + version + "/restore", Map.of()).being(201);
        api.send("PUT", Api.PROMPTS + "/" + prompt, BodyPublishers.ofString("{\"prompt\": \"" + TEXT + "\"}"))
                .being(200);
        api.send("DELETE", Api.PROMPTS + "/" + prompt, BodyPublishers.noBody()).being(200);
    }

    /** Asks for what must be refused, in every way there is; returns status and body of each answer. */
    private List<String> bad() throws IOException {
        String prompt = api.create("bad", TEXT);
        String versions = Api.versions(prompt);
        List<Api.Answer> answers = new ArrayList<>();
        for (String body : List.of("{", "[]", "", "{\"prompt\": 1}", "{\"prompt\": \"" + TEXT + "\\u0000\"}", TEXT)) {
            answers.add(api.send("POST", versions, BodyPublishers.ofString(body)));
        }
        answers.add(api.send("POST", versions, BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xff})));
        answers.add(api.send("POST", versions, BodyPublishers.ofByteArray(new byte[BODY_BYTES_MAX + 1])));
        answers.add(api.send("POST", versions, BodyPublishers.ofString(TEXT), "Content-Type", "text/plain"));
        answers.add(api.send("PUT", versions, BodyPublishers.ofString("{}")));
        answers.add(api.send("GET", versions, BodyPublishers.noBody(), "Accept", "image/png"));
        answers.add(api.save(prompt, TEXT, "If-Match", "\"" + UNKNOWN + "\""));
        answers.add(api.save(prompt, TEXT, "If-Match", TEXT));
        answers.add(api.creation("bad", TEXT));
        for (String path : List.of(
                versions + "?page=x",
                versions + "?limit=1000",
                versions + "/" + UNKNOWN,
                versions + "/..%2F..%2Fadmin.key",
                Api.versions(UNKNOWN),
                Api.PROMPTS + "/..%2Fsystem",
                Api.PROMPTS + "/a/b/c/d",
                "/admin.key")) {
            answers.add(api.get(path));
        }
        for (String authorization : List.of("Bearer " + FORGED, "Bearer " + GARBAGE, "Basic " + GARBAGE, "Bearer")) {
            answers.add(
                    api.send("GET", Api.PROMPTS + "/user", BodyPublishers.noBody(), "Authorization", authorization));
            answers.add(
                    api.send("GET", Api.PROMPTS + "/user", BodyPublishers.noBody(), SharedPath.HEADER, authorization));
        }
        List<String> said = new ArrayList<>(answers.stream()
                .map(answer -> answer.status() + " " + answer.text())
                .toList());
        said.add(raw("GET /api/prompts/%zz HTTP/1.1"));
        said.add(raw("GET /api/prompts/user?page=%zz HTTP/1.1"));
        api.send("DELETE", Api.PROMPTS + "/" + prompt, BodyPublishers.noBody()).being(200);
        return said;
    }

    /** Sends a request line that no client library would; returns status and body. */
    private String raw(String line) throws IOException {
        URI address = server.uri("");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = line + "\r\nHost: " + address.getAuthority() + "\r\nAuthorization: Bearer " + Api.key(data)
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf(' ') + 1);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
