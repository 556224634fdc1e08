package dev.versicle.http.tether;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.http.tether.TetherClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be refused: in the dialect's envelope, with nothing written and nothing of the inside told. */
final class TetherBadInputTest {
    private static final String NO_ID = "0123456789abcdef01234567";

    @TempDir
    private static Path data;

    private static TestServer server;
    private static TetherClient owner;
    private static String prompt = "";
    private static String versions = "";
    private static String first = "";

    private SortedMap<String, String> before = new TreeMap<>();

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        owner = TetherClient.of(server, TestServer.caller("owner"));
        prompt = owner.create("prompt", "one");
        versions = "/" + prompt + "/versions";
        first = versions + "/" + owner.post(versions, "{}").get("versionId");
    }

    @AfterAll
    static void stop() {
        owner.close();
        server.close();
    }

    @BeforeEach
    void remember() throws Exception {
        before = Footprint.of(data);
    }

    @AfterEach
    void nothingWasWritten() throws Exception {
        assertEquals(before, Footprint.of(data));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "\"text\"", "null", "{} {}", "{\"title\": \"a\", \"title\": \"b\"}", "{'a': 1}", " "})
    void aBodyThatIsNoJsonObjectIsBad(String json) {
        for (Answer answer : everyWrite(json.getBytes(StandardCharsets.UTF_8))) {
            assertTrue(refused(400, answer).get("details").startsWith("body must be "), answer.text());
        }
    }

    @Test
    void anAbsentBodyIsBad() {
        for (Answer answer : everyWrite(new byte[0])) {
            assertEquals("body is required.", refused(400, answer).get("details"));
        }
    }

    @Test
    void invalidUtf8IsBad() {
        byte[] bytes =
                "{\"title\": \"Grüße\", \"name\": \"x\", \"prompt\": \"x\"}".getBytes(StandardCharsets.ISO_8859_1);
        for (Answer answer : everyWrite(bytes)) {
            assertEquals("body must be well-formed UTF-8.", refused(400, answer).get("details"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "label", "displayVersion", "title", "description", "source"})
    void aFieldOfAnotherTypeIsNamed(String field) {
        for (String value : new String[] {"1", "true", "[\"x\"]", "{\"x\": 1}"}) {
            Answer answer = owner.post(versions, "{\"" + field + "\": " + value + "}");
            assertEquals(field + " must be a string.", refused(400, answer).get("details"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"displayVersion", "title", "description"})
    void anEditOfAnotherTypeIsNamed(String field) {
        Answer answer = owner.patch(first, "{\"" + field + "\": 1}");
        assertEquals(field + " must be a string.", refused(400, answer).get("details"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"import\"", "\"Checkpoint\"", "\"manual-save\"", "\"\"", "null"})
    void anUnknownSourceIsBad(String source) {
        Answer answer = owner.post(versions, "{\"prompt\": \"x\", \"source\": " + source + "}");
        assertEquals(
                "source must be one of manual_save, ai_apply and checkpoint.",
                refused(400, answer).get("details"));
    }

    @ParameterizedTest
    @CsvSource({"label, 200", "displayVersion, 100", "title, 200", "description, 10000"})
    void oneCharacterOverALimitIsRefusedWithFieldAndLimit(String field, int limit) {
        String over = "😀".repeat(limit + 1);
        Answer saved = owner.post(versions, TetherClient.json(Map.of("prompt", "x", field, over)));
        assertEquals(
                field + " must be at most " + limit + " characters.",
                refused(400, saved).get("details"));
    }

    @ParameterizedTest
    @CsvSource({"displayVersion, 100", "title, 200", "description, 10000"})
    void oneCharacterOverALimitIsRefusedInAnEditToo(String field, int limit) {
        Answer edited = owner.patch(first, TetherClient.json(Map.of(field, "😀".repeat(limit + 1))));
        assertEquals(
                field + " must be at most " + limit + " characters.",
                refused(400, edited).get("details"));
    }

    @Test
    void oneByteOverThePromptsLimitIsRefused() {
        String over = "é".repeat(1 << 19) + "x";
        String details = "prompt must be at most 1048576 bytes of UTF-8.";
        String text = TetherClient.json(Map.of("name", "over", "prompt", over));
        assertEquals(details, refused(400, owner.post(versions, text)).get("details"));
        assertEquals(details, refused(400, owner.post("/create", text)).get("details"));
        assertEquals(details, refused(400, owner.put("/" + prompt, text)).get("details"));
    }

    @Test
    void theNamesLimitsHoldForNewAndForRenamedPrompts() {
        Map<String, String> overlong = Map.of("name", "n".repeat(201), "prompt", "x");
        Map<String, String> described = Map.of("name", "n", "prompt", "x", "description", "d".repeat(10_001));
        for (Map<String, String> wrong : List.of(overlong, described)) {
            refused(400, owner.post("/create", TetherClient.json(wrong)));
            refused(400, owner.put("/" + prompt, TetherClient.json(wrong)));
        }
        refused(400, owner.post("/create", "{\"name\": \" \", \"prompt\": \"x\"}"));
        refused(400, owner.put("/" + prompt, "{\"name\": \"\"}"));
        assertEquals(
                "name is required.",
                refused(400, owner.post("/create", "{\"prompt\": \"x\"}")).get("details"));
        assertEquals(
                "prompt is required.",
                refused(400, owner.post("/create", "{\"name\": \"x\"}")).get("details"));
        refused(400, owner.put("/" + prompt, "{}"));
        refused(409, owner.post("/create", "{\"name\": \"prompt\", \"prompt\": \"x\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "\\udc00\\ud800"})
    void whatGitCannotCarryIsRefusedEverywhere(String text) {
        for (String field : new String[] {"prompt", "label", "displayVersion", "title", "description"}) {
            Answer answer = owner.post(versions, "{\"" + field + "\": \"" + text + "\"}");
            assertTrue(refused(400, answer).get("details").startsWith(field + " must "), answer.text());
        }
        refused(400, owner.patch(first, "{\"description\": \"" + text + "\"}"));
        refused(400, owner.put("/" + prompt, "{\"prompt\": \"" + text + "\"}"));
        refused(400, owner.put("/" + prompt, "{\"description\": \"" + text + "\"}"));
        refused(400, owner.post("/create", "{\"name\": \"" + text + "\", \"prompt\": \"x\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\tb", "\\u001b[0m", "a\\u007f", "a\\u0085"})
    void aLineHasNoControlCharacters(String text) {
        for (String field : new String[] {"label", "displayVersion", "title"}) {
            Answer answer = owner.post(versions, "{\"" + field + "\": \"" + text + "\"}");
            assertEquals(
                    field + " must not contain control characters.",
                    refused(400, answer).get("details"));
        }
        refused(400, owner.patch(first, "{\"title\": \"" + text + "\"}"));
        refused(400, owner.put("/" + prompt, "{\"name\": \"" + text + "\"}"));
    }

    @Test
    void anIdOfSomeOtherObjectIsNoVersion() throws Exception {
        String tree = Footprint.objects(server.repository(prompt))
                .filter(id -> !first.contains(id.substring(0, 24)))
                .findFirst()
                .orElseThrow();
        for (String id : new String[] {NO_ID, tree, tree.substring(0, 24)}) {
            refused(404, owner.get(versions + "/" + id));
            refused(404, owner.patch(versions + "/" + id, "{\"title\": \"x\"}"));
            refused(404, owner.post(versions + "/" + id + "/restore", "{}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=x",
                "page=1.5",
                "page=0",
                "page=-1",
                "page=1000001",
                "limit=0",
                "limit=101",
                "limit=99999999999"
            })
    void aPageThatCannotBeIsBad(String query) {
        String field = query.substring(0, query.indexOf('='));
        for (String list : new String[] {"/user", versions}) {
            Answer answer = owner.get(list + "?" + query);
            assertTrue(refused(400, answer).get("details").startsWith(field + " must be "), answer.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alg=none", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciIsImV4cCI6NDEwMjQ0NDgwMH0.", "vsk_0_0"})
    void aTokenThatDoesNotHoldIsNobodys(String token) {
        try (TetherClient forger = TetherClient.bearing(server, token)) {
            refused(401, forger.get(first));
            refused(401, forger.post(versions, "{\"prompt\": \"x\"}"));
        }
    }

    @Test
    void theFrameworksOwnRefusalsWearTheEnvelope() {
        refused(404, owner.get("/" + prompt + "/nowhere"));
        refused(404, owner.get(first + "/nowhere"));
        Answer method = refused(405, owner.delete(versions));
        refused(405, owner.put(versions, "{}"));
        refused(406, owner.get(first, "Accept", "text/html"));
        refused(415, owner.typed("POST", "/create", "text/plain", "x"));
        refused(415, owner.typed("PUT", "/" + prompt, "application/xml", "<x/>"));
        refused(413, owner.put("/" + prompt, "{\"prompt\": \"" + "a".repeat(8 << 20) + "\"}"));
        assertTrue(method.header("Allow").orElseThrow().contains("POST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fetc", "%FF", "a%00b", "%E2%80%AE", "'%20or%201=1"})
    void aStrangeIdIsJustNotFound(String id) {
        refused(404, owner.get("/" + id));
        refused(404, owner.get("/" + id + "/versions"));
        refused(404, owner.post("/" + id + "/versions", "{}"));
        refused(400, owner.get(versions + "/" + id));
    }

    private static List<Answer> everyWrite(byte[] body) {
        return List.of(
                owner.body("POST", versions, body),
                owner.body("PATCH", first, body),
                owner.body("POST", "/create", body),
                owner.body("PUT", "/" + prompt, body));
    }

    /** The envelope and nothing else: both texts, an id to ask the operator about, no trace of a stack or a path. */
    private static Answer refused(int status, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(Optional.of("application/json"), answer.header("Content-Type"));
        assertTrue(answer.header("X-Request-Id").isPresent());
        assertEquals(2, answer.json().size(), answer.text());
        assertFalse(answer.get("error").isBlank());
        assertFalse(answer.get("details").isBlank());
        assertFalse(answer.text().contains("Exception"), answer.text());
        assertFalse(answer.text().contains("dev.versicle"), answer.text());
        assertFalse(answer.text().contains(data.toString()), answer.text());
        return answer;
    }
}
