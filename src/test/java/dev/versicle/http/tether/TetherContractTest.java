package dev.versicle.http.tether;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.http.tether.TetherClient.Answer;
import dev.versicle.prompt.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The three operations of seeds 000, 001 and 002: each body and status, judged by the contract itself. */
final class TetherContractTest {
    private static final String NO_ID = "0123456789abcdef01234567";

    @TempDir
    private static Path data;

    private static TestServer server;
    private static TetherClient owner;
    private static TetherClient stranger;
    private static TetherClient reader;
    private static TetherClient nobody;

    private String prompt = "";
    private String versions = "";
    private String first = "";

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        owner = TetherClient.of(server, TestServer.caller("owner"));
        stranger = TetherClient.of(server, TestServer.caller("stranger"));
        reader = TetherClient.of(server, TestServer.caller("reader", Role.READER));
        nobody = TetherClient.nobody(server);
    }

    @AfterAll
    static void stop() {
        nobody.close();
        reader.close();
        stranger.close();
        owner.close();
        server.close();
    }

    @BeforeEach
    void makeAPrompt(TestInfo test) {
        prompt = owner.create(test.getDisplayName(), "one");
        versions = "/" + prompt + "/versions";
        first = versions + "/" + owner.post(versions, "{}").get("versionId");
    }

    @Test
    void aSaveAnswersWithTheVersionAndAllThatWasSaidAboutIt() {
        String json = Contract.allows("POST", versions, """
                {"prompt": "two", "label": "Pre-launch checkpoint", "displayVersion": "v1.4", "title": "Pre-launch",
                 "description": "Snapshot before rolling out.\\n\\nWith care.", "source": "manual_save", "extra": [1]}
                """);
        Answer answer = Contract.meets(201, owner.post(versions, json));
        JsonNode snapshot = answer.json().get("versionSnapshot");
        assertEquals("Version saved", answer.get("message"));
        assertEquals("false", answer.get("skipped"));
        assertEquals("2", answer.get("version"));
        assertTrue(answer.get("versionId").matches("[0-9a-f]{24}"));
        assertEquals(answer.get("versionId"), snapshot.get("_id").asText());
        assertEquals(2, snapshot.get("version").asInt());
        assertEquals("Pre-launch checkpoint", snapshot.get("label").asText());
        assertEquals("v1.4", snapshot.get("displayVersion").asText());
        assertEquals("Pre-launch", snapshot.get("title").asText());
        assertEquals(
                "Snapshot before rolling out.\n\nWith care.",
                snapshot.get("description").asText());
        assertEquals("manual_save", snapshot.get("source").asText());
        assertEquals("two", snapshot.get("preview").asText());
        assertTrue(snapshot.get("matchesCurrentPrompt").booleanValue());
    }

    @Test
    void aSaveOfTheSameTextIsSkippedAndAnswersWithTheLatest() {
        Answer saved = owner.post(versions, "{\"prompt\": \"two\", \"title\": \"Two\"}");
        Answer again = Contract.meets(201, owner.post(versions, "{\"prompt\": \"two\", \"title\": \"Other\"}"));
        assertEquals("true", again.get("skipped"));
        assertEquals("No changes since version 2", again.get("message"));
        assertEquals("2", again.get("version"));
        assertEquals(saved.get("versionId"), again.get("versionId"));
        assertEquals("Two", again.json().at("/versionSnapshot/title").asText());
        assertEquals(saved.header("ETag"), again.header("ETag"));
    }

    @Test
    void anEmptyObjectSealsTheCurrentBody() {
        owner.put("/" + prompt, "{\"prompt\": \"drafted\"}");
        Answer answer = Contract.meets(201, owner.post(versions, Contract.allows("POST", versions, "{}")));
        assertEquals("drafted", answer.json().at("/versionSnapshot/preview").asText());
        assertEquals("checkpoint", answer.json().at("/versionSnapshot/source").asText());
    }

    @Test
    void whatIsUnsetIsPresentAndNull() {
        JsonNode document = Contract.meets(200, owner.get(first)).json();
        JsonNode summary = owner.post(versions, "{}").json().get("versionSnapshot");
        for (String field : List.of("label", "displayVersion", "title", "description")) {
            assertTrue(document.get(field).isNull(), field);
            assertTrue(summary.get(field).isNull(), field);
        }
    }

    @Test
    void aVersionIsReadWithItsBodyByShortAndByFullId() {
        String etag = owner.get(first).header("ETag").orElseThrow();
        String commit = etag.substring(1, 41);
        Answer byShort = Contract.meets(200, owner.get(first));
        Answer byFull = Contract.meets(200, owner.get(versions + "/" + commit));
        Answer byCapitals = Contract.meets(200, owner.get(versions + "/" + commit.toUpperCase(Locale.ROOT)));
        assertEquals(commit.substring(0, 24), byShort.get("_id"));
        assertEquals(prompt, byShort.get("promptId"));
        assertEquals("one", byShort.get("prompt"));
        assertEquals("1", byShort.get("version"));
        assertEquals("owner", byShort.get("createdBy"));
        assertTrue(byShort.get("createdAt").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertEquals(byShort.json(), byFull.json());
        assertEquals(byShort.json(), byCapitals.json());
    }

    @Test
    void aVersionThatTheClientHasIsNotSentAgainUntilItIsEdited() {
        String etag = owner.get(first).header("ETag").orElseThrow();
        Answer known = Contract.meets(304, owner.get(first, "If-None-Match", "\"x\", W/" + etag));
        Answer edited = owner.patch(first, "{\"title\": \"New\"}");
        Answer changed = Contract.meets(200, owner.get(first, "If-None-Match", etag));
        assertTrue(etag.matches("\"[0-9a-f]{40}-[0-9a-f]{8}\""), etag);
        assertEquals("", known.text());
        assertEquals(Optional.of(etag), known.header("ETag"));
        assertEquals(edited.header("ETag"), changed.header("ETag"));
        assertEquals("New", changed.get("title"));
    }

    @Test
    void anEditSetsKeepsAndClears() {
        String set = Contract.allows(
                "PATCH",
                first,
                "{\"displayVersion\": \"v1.5\", \"title\": \"Tone\", \"description\": \"Softer.\", \"label\": 7}");
        Answer all = Contract.meets(200, owner.patch(first, set));
        Answer some = Contract.meets(
                200,
                owner.patch(first, Contract.allows("PATCH", first, "{\"title\": null, \"displayVersion\": \" \"}")));
        assertEquals("Prompt version updated successfully", all.get("message"));
        assertEquals("v1.5", all.json().at("/version/displayVersion").asText());
        assertEquals("Tone", all.json().at("/version/title").asText());
        assertTrue(all.json().at("/version/label").isNull());
        assertTrue(some.json().at("/version/title").isNull());
        assertTrue(some.json().at("/version/displayVersion").isNull());
        assertEquals("Softer.", some.json().at("/version/description").asText());
    }

    @Test
    void withoutATokenEveryOperationIs401() {
        for (Answer answer : List.of(nobody.post(versions, "{}"), nobody.get(first), nobody.patch(first, "{}"))) {
            Contract.meets(401, answer);
            assertEquals("Authentication required", answer.get("error"));
            assertEquals(Optional.of("Bearer"), answer.header("WWW-Authenticate"));
        }
    }

    @Test
    void whoeverHasNoRightOnThePromptIsDenied() {
        Contract.meets(403, stranger.post(versions, "{}"));
        Contract.meets(403, stranger.get(first));
        Contract.meets(403, stranger.patch(first, "{\"title\": \"x\"}"));
        Contract.meets(200, reader.get(first));
        Contract.meets(403, reader.post(versions, "{\"prompt\": \"x\"}"));
        Contract.meets(403, reader.patch(first, "{\"title\": \"x\"}"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String nowhere = "/" + NO_ID + "/versions";
        assertEquals(
                "Prompt not found",
                Contract.meets(404, owner.post(nowhere, "{}")).get("error"));
        assertEquals(
                "Prompt not found",
                Contract.meets(404, owner.post("/nonsense/versions", "{}")).get("error"));
        Contract.meets(404, owner.get(nowhere + "/" + NO_ID));
        Contract.meets(404, owner.patch(nowhere + "/" + NO_ID, "{\"title\": \"x\"}"));
        Answer version = Contract.meets(404, owner.get(versions + "/" + NO_ID));
        assertEquals("Version not found", version.get("error"));
        Contract.meets(404, owner.patch(versions + "/" + NO_ID, "{\"title\": \"x\"}"));
    }

    @Test
    void whatCannotBeAVersionsIdIsBad() {
        for (String id :
                List.of("1", "latest", "0123456789abcdef0123456", "0123456789abcdef0123456g", "a".repeat(41))) {
            String path = versions + "/" + id;
            assertEquals(
                    "Invalid version id", Contract.meets(400, owner.get(path)).get("error"));
            assertEquals(
                    "Invalid version id",
                    Contract.meets(400, owner.patch(path, "{\"title\": \"x\"}")).get("error"));
        }
    }

    @Test
    void anEditOfNothingIsBad() {
        String details = "body must have at least one of displayVersion, title and description.";
        assertEquals(details, Contract.meets(400, owner.patch(first, "{}")).get("details"));
        assertEquals(
                details,
                Contract.meets(400, owner.patch(first, "{\"label\": \"x\"}")).get("details"));
    }

    @Test
    void aConditionThatDoesNotHoldStopsTheWrite() {
        String etag = owner.get(first).header("ETag").orElseThrow();
        String short24 = etag.substring(1, 25);
        owner.patch(first, "{\"title\": \"Somebody was faster\"}");
        Contract.meets(412, owner.patch(first, "{\"title\": \"x\"}", "If-Match", etag));
        Contract.meets(200, owner.patch(first, "{\"title\": \"y\"}", "If-Match", short24));
        Contract.meets(201, owner.post(versions, "{\"prompt\": \"two\"}", "If-Match", etag));
        Contract.meets(412, owner.post(versions, "{\"prompt\": \"three\"}", "If-Match", etag));
        Contract.meets(201, owner.post(versions, "{\"prompt\": \"three\"}", "If-Match", "*"));
        Contract.meets(400, owner.post(versions, "{\"prompt\": \"four\"}", "If-Match", "two"));
    }

    @Test
    void anotherContentTypeIsUnsupported() {
        Contract.meets(415, owner.typed("POST", versions, "text/plain", "{}"));
        Contract.meets(415, owner.typed("PATCH", first, "application/x-www-form-urlencoded", "title=x"));
    }

    @Test
    void aBodyOverTheServersLimitIsTooLarge() {
        String body = "{\"prompt\": \"" + "a".repeat(8 << 20) + "\"}";
        Contract.meets(413, owner.post(versions, body));
        Contract.meets(413, owner.patch(first, body));
    }
}
