package dev.versicle.http.tether;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.http.tether.TetherClient.Answer;
import dev.versicle.prompt.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is ours around the seeded operations, and what passes just within the limits. */
final class TetherPromptsTest {
    @TempDir
    private Path data;

    private TestServer server;
    private TetherClient owner;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        owner = TetherClient.of(server, TestServer.caller("owner"));
    }

    @AfterEach
    void stop() {
        owner.close();
        server.close();
    }

    @Test
    void aNewPromptHasItsTextAsCurrentBodyAndAsVersionOne() {
        Answer made = owner.post("/create", "{\"name\": \"Leasing\", \"prompt\": \"one\"}");
        String id = made.get("_id");
        JsonNode listed = owner.get("/" + id + "/versions").json();
        assertEquals(201, made.status());
        assertEquals("Leasing", made.get("name"));
        assertEquals("one", made.get("prompt"));
        assertTrue(made.json().get("description").isNull());
        assertEquals("owner", made.get("createdBy"));
        assertEquals("1", made.get("latestVersion"));
        assertEquals("1", made.get("versionCount"));
        assertEquals(made.json(), owner.get("/" + id).json());
        assertEquals("one", listed.at("/versions/0/preview").asText());
        assertTrue(listed.at("/versions/0/matchesCurrentPrompt").booleanValue());
        assertTrue(Files.isDirectory(server.repository(id)));
    }

    @Test
    void aSavedBodyMakesNoVersionAndSurvivesASaveOfAnotherText() {
        String id = owner.create("draft", "one");
        Answer put = owner.put("/" + id, "{\"prompt\": \"mine\", \"name\": \"Draft\", \"description\": \"D\"}");
        owner.post("/" + id + "/versions", "{\"prompt\": \"theirs\"}");
        Answer after = owner.get("/" + id);
        assertEquals(200, put.status());
        assertEquals("mine", put.get("prompt"));
        assertEquals("Draft", put.get("name"));
        assertEquals("D", put.get("description"));
        assertEquals("1", put.get("versionCount"));
        assertEquals("mine", after.get("prompt"));
        assertEquals("2", after.get("latestVersion"));
        assertTrue(owner.put("/" + id, "{\"description\": null}")
                .json()
                .get("description")
                .isNull());
    }

    @Test
    void aListHasPagesOfWhatTheCallerMayReadNewestChangeFirst() {
        List<String> ids = List.of(owner.create("a", "1"), owner.create("b", "1"), owner.create("c", "1"));
        try (TetherClient other = TetherClient.of(server, TestServer.caller("other"));
                TetherClient reader = TetherClient.of(server, TestServer.caller("reader", Role.READER))) {
            JsonNode page = owner.get("/user?page=2&limit=2&sort=name").json();
            assertEquals(Map.of("page", 2, "limit", 2, "total", 3, "totalPages", 2), numbers(page.get("pagination")));
            assertEquals(List.of(ids.getFirst()), texts(page.get("prompts"), "_id"));
            assertEquals(List.of(), texts(other.get("/user").json().get("prompts"), "_id"));
            assertEquals(3, reader.get("/user").json().get("prompts").size());
            assertEquals(
                    403,
                    reader.post("/create", "{\"name\": \"x\", \"prompt\": \"\"}")
                            .status());
        }
    }

    @Test
    void theAdministratorsKeyOpensEveryPrompt() {
        String id = owner.create("a", "1");
        try (TetherClient administrator = TetherClient.bearing(server, server.adminKey())) {
            assertEquals(200, administrator.get("/" + id).status());
        }
    }

    @Test
    void versionsAreListedNewestFirstInPages() {
        String versions = "/" + owner.create("many", "1") + "/versions";
        owner.post(versions, "{\"prompt\": \"2\"}");
        owner.post(versions, "{\"prompt\": \"3\"}");
        JsonNode whole = owner.get(versions).json();
        JsonNode second = owner.get(versions + "?page=2&limit=2").json();
        assertEquals(List.of("3", "2", "1"), texts(whole.get("versions"), "version"));
        assertEquals(Map.of("page", 1, "limit", 20, "total", 3, "totalPages", 1), numbers(whole.get("pagination")));
        assertEquals(List.of("1"), texts(second.get("versions"), "version"));
        assertEquals(Map.of("page", 2, "limit", 2, "total", 3, "totalPages", 2), numbers(second.get("pagination")));
    }

    @Test
    void aRestoreIsANewVersionAndTheCurrentBody() {
        String id = owner.create("back", "one");
        String versions = "/" + id + "/versions";
        String first = owner.post(versions, "{}").get("versionId");
        owner.post(versions, "{\"prompt\": \"two\"}");
        owner.put("/" + id, "{\"prompt\": \"drafted\"}");
        Answer restored = owner.post(versions + "/" + first + "/restore", "{}");
        Answer again = owner.post(versions + "/" + first + "/restore", "{}");
        assertEquals(201, restored.status());
        assertEquals("3", restored.get("version"));
        assertEquals("false", restored.get("skipped"));
        assertEquals("one", owner.get("/" + id).get("prompt"));
        assertEquals("true", again.get("skipped"));
        assertEquals(restored.header("ETag"), again.header("ETag"));
    }

    @Test
    void aDeletedPromptIsGoneAndItsNameIsFree() {
        String id = owner.create("gone", "one");
        Answer deleted = owner.delete("/" + id);
        assertEquals(200, deleted.status());
        assertEquals("{\"message\":\"Prompt deleted\"}", deleted.text());
        assertEquals(404, owner.get("/" + id).status());
        assertEquals(404, owner.delete("/" + id).status());
        assertFalse(Files.exists(server.repository(id)));
        assertEquals(24, owner.create("gone", "two").length());
    }

    @Test
    void whatIsJustWithinTheLimitsComesBackTheSame() {
        String versions = "/" + owner.create("n".repeat(200), "") + "/versions";
        String text = "é".repeat(1 << 19);
        Map<String, String> fields = Map.of(
                "label", "😀".repeat(200),
                "displayVersion", "😀".repeat(100),
                "title", "😀".repeat(200),
                "description", "😀".repeat(10_000));
        Map<String, String> body = new HashMap<>(fields);
        body.put("prompt", text);
        Answer saved = owner.post(versions, TetherClient.json(body));
        Answer read = owner.get(versions + "/" + saved.get("versionId"));
        assertEquals(201, saved.status(), saved.text());
        assertEquals(text, read.get("prompt"));
        fields.forEach((field, value) -> assertEquals(value, read.get(field), field));
        assertEquals(
                "é".repeat(200) + "...",
                saved.json().at("/versionSnapshot/preview").asText());
    }

    @Test
    void blankTextsAreAbsentOnes() {
        String versions = "/" + owner.create("blank", "one") + "/versions";
        Answer saved = owner.post(
                versions,
                TetherClient.json(Map.of(
                        "prompt", "two", "label", " ", "displayVersion", "", "title", "\t", "description", "\n")));
        JsonNode snapshot = saved.json().get("versionSnapshot");
        assertEquals(201, saved.status(), saved.text());
        for (String field : List.of("label", "displayVersion", "title", "description")) {
            assertTrue(snapshot.get(field).isNull(), field);
        }
    }

    @Test
    void aNullPromptIsAnAbsentOneAndAnEmptyPromptIsAPrompt() {
        String versions = "/" + owner.create("empty", "one") + "/versions";
        Answer absent = owner.post(versions, "{\"prompt\": null}");
        Answer empty = owner.post(versions, "{\"prompt\": \"\"}");
        assertEquals("true", absent.get("skipped"));
        assertEquals("false", empty.get("skipped"));
        assertEquals("", owner.get(versions + "/" + empty.get("versionId")).get("prompt"));
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.get(field).asText())
                .toList();
    }

    private static Map<String, Integer> numbers(JsonNode object) {
        Map<String, Integer> numbers = new HashMap<>();
        object.properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().intValue()));
        return numbers;
    }
}
