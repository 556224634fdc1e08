package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that comes again under the same {@code Idempotency-Key} gets the first answer, over real HTTP. */
class RepeatedRequestsTest {
    private static final String PROMPTS = "/v1/prompts";
    private static final String KEYS = "/v1/keys";

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

    private Api.Answer post(String path, String key, String body) {
        return api.send("POST", path, BodyPublishers.ofString(body), "Idempotency-Key", key);
    }

    private Api.Answer create(String key, String name) {
        return post(PROMPTS, key, "{\"name\": \"" + name + "\"}");
    }

    private static boolean isRepeated(Api.Answer answer) {
        return answer.header("Idempotent-Replayed").isPresent();
    }

    private long prompts() {
        return api.get(PROMPTS).being(200).json().path("total").asLong();
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndDoesNothing() {
        Api.Answer first = create("k1", "greeting").being(201);
        Api.Answer again = create("k1", "greeting").being(201);
        assertEquals(first.text(), again.text());
        assertEquals(first.header("Content-Type"), again.header("Content-Type"));
        assertEquals(first.header("Location"), again.header("Location"));
        assertFalse(isRepeated(first));
        assertTrue(isRepeated(again));
        assertEquals(1, prompts());
    }

    @Test
    void aRefusalIsTheFirstAnswerToo() {
        create("k1", "greeting").being(201);
        Api.Answer first = create("k2", "greeting").being(409);
        Api.Answer again = create("k2", "another").being(409);
        assertEquals(first.text(), again.text());
        assertEquals(1, prompts());
    }

    @Test
    void anotherKeyOrAddressIsAnotherRequest() {
        String id = create("k1", "greeting").being(201).get("id");
        create("k2", "salute").being(201);
        Api.Answer saved = post(PROMPTS + "/" + id + "/versions", "k1", "{\"text\": \"Hello\"}");
        assertEquals(1, saved.being(201).number());
        assertEquals(2, prompts());
    }

    @Test
    void anotherCallerIsAnotherScope() {
        String ada = server.token(TestServer.caller("ada"));
        String bob = server.token(TestServer.caller("bob"));
        BodyPublisher body = BodyPublishers.ofString("{\"name\": \"laptop\", \"roles\": []}");
        String[] hers = {"Idempotency-Key", "k1", "Authorization", "Bearer " + ada};
        String[] his = {"Idempotency-Key", "k1", "Authorization", "Bearer " + bob};
        Api.Answer first = api.send("POST", KEYS, body, hers).being(201);
        Api.Answer second = api.send("POST", KEYS, body, his).being(201);
        assertNotEquals(first.get("id"), second.get("id"));
        assertEquals(first.text(), api.send("POST", KEYS, body, hers).text());
    }

    @Test
    void theFirstAnswerIsThereAfterARestartAndForADay() {
        Api.Answer first = create("k1", "greeting").being(201);
        stop();
        start();
        assertEquals(first.text(), create("k1", "greeting").being(201).text());
        server.pass(Duration.ofHours(24).plusSeconds(1));
        create("k1", "greeting").being(409);
    }

    @Test
    void whatABrokenServerAnswersIsNotKept() throws IOException {
        String id = create("k1", "greeting").being(201).get("id");
        String versions = PROMPTS + "/" + id + "/versions";
        post(versions, "k2", "{\"text\": \"Hello\"}").being(201);
        stop();
        Path objects = server.repository(id).resolve("objects");
        Path away = data.resolve("objects");
        Files.move(objects, away);
        start();
        post(versions, "k3", "{\"text\": \"Hello!\"}").being(500);
        stop();
        Files.move(away, objects, StandardCopyOption.REPLACE_EXISTING);
        start();
        assertEquals(
                2, post(versions, "k3", "{\"text\": \"Hello!\"}").being(201).number());
    }

    /** Who steals the index shall not find keys in it. */
    @Test
    void anAnswerThatHoldsAKeyIsSealed() throws IOException {
        Api.Answer made =
                post(KEYS, "k1", "{\"name\": \"ci\", \"roles\": [\"writer\"]}").being(201);
        String key = made.get("key");
        assertEquals(
                made.text(),
                post(KEYS, "k1", "{\"name\": \"ci\", \"roles\": [\"writer\"]}").text());
        assertEquals(2, server.part(KeyRing.class).all().size());
        stop();
        assertFalse(isIn(key.substring(key.length() - 32)));
        start();
    }

    private boolean isIn(String text) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.getFileName().toString().startsWith("catalog.db"))
                    .anyMatch(file -> bytes(file).contains(text));
        }
    }

    private static String bytes(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ofManyAtOnceOneIsDone() {
        List<Api.Answer> answers = Crowd.of(16, member -> create("k1", "greeting"));
        List<Integer> statuses =
                answers.stream().map(Api.Answer::status).distinct().sorted().toList();
        assertTrue(List.of(201, 409).containsAll(statuses), () -> statuses.toString());
        assertEquals(1, prompts());
        assertEquals(201, create("k1", "greeting").status());
    }

    @Test
    void aKeyHasALimit() {
        assertEquals(201, create("k".repeat(255), "greeting").status());
        Api.Answer refused = create("k".repeat(256), "salute").being(422);
        assertEquals(
                "must be 1 to 255 visible ASCII characters",
                refused.json().path("details").path("Idempotency-Key").asText());
        assertEquals(422, create("two words", "salute").status());
        assertEquals(1, prompts());
    }

    @Test
    void withoutAKeyEveryRequestIsANewOne() {
        List<Integer> statuses = IntStream.range(0, 2)
                .mapToObj(i -> api.post(PROMPTS, Map.of("name", "greeting")).status())
                .toList();
        assertEquals(List.of(201, 409), statuses);
        assertEquals(Optional.empty(), api.get(PROMPTS).header("Idempotent-Replayed"));
    }
}
