package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.http.Timestamps;
import dev.versicle.http.v1.V1Client.Answer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions: saved, read now and as they were, edited, compared, brought back, filled in. */
class V1VersionsTest {
    @TempDir
    private static Path data;

    private static TestServer server;
    private static V1Client alice;
    private static int made;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        alice = V1Client.of(server, TestServer.caller("alice"));
    }

    @AfterAll
    static void stop() {
        alice.close();
        server.close();
    }

    private static String path(String text) {
        made++;
        return "/prompts/" + alice.create("prompt-" + made, text);
    }

    private static List<String> fields(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aCheckpointIsToldWhole() {
        String prompt = path("one");
        Answer saved = alice.post(
                        prompt + "/versions",
                        "{\"text\": \"two\", \"title\": \"T\", \"description\": \"D\", \"label\": \"L\","
                                + " \"display_version\": \"v2\", \"release\": \"1.0.0\"}")
                .being(201);

        assertEquals(
                "prompt_id version commit releases display_version title description label source created_by created_at"
                        + " updated_at environments text files skipped",
                String.join(" ", fields(saved.json())));
        assertEquals(
                "2 [\"1.0.0\"] v2 T D L checkpoint alice [] two false",
                String.join(
                        " ",
                        saved.get("version"),
                        saved.at("/releases").toString(),
                        saved.get("display_version"),
                        saved.get("title"),
                        saved.get("description"),
                        saved.get("label"),
                        saved.get("source"),
                        saved.get("created_by"),
                        saved.at("/environments").toString(),
                        saved.get("text"),
                        saved.get("skipped")));
        assertEquals(
                "[{\"path\":\"prompt.md\",\"size\":3,\"mode\":\"100644\"}]",
                saved.at("/files").toString());
        assertTrue(saved.header("ETag").orElseThrow().startsWith("\"" + saved.get("commit")));
        Answer read = alice.get(prompt + "/versions/1.0.0").being(200);
        assertTrue(read.json().path("skipped").isMissingNode());
        assertEquals(saved.header("ETag"), read.header("ETag"));
        for (String rev : List.of(
                "latest", "2", "v2", saved.get("commit"), saved.get("commit").substring(0, 8))) {
            assertEquals(
                    read.text(),
                    alice.get(prompt + "/versions/" + rev).being(200).text());
        }
    }

    @Test
    void nothingNewIsSkipped() {
        String prompt = path("one");
        Answer again = alice.post(prompt + "/versions", Map.of("text", "one")).being(200);
        assertEquals("1 true", again.get("version") + " " + again.get("skipped"));
    }

    @Test
    void filesReplaceAllOthers() {
        String prompt = path("one");
        Answer saved = alice.post(prompt + "/versions", Map.of("files", Map.of("a/b.txt", "B ✓", "prompt.md", "body")))
                .being(201);
        assertEquals("body", saved.get("text"));
        assertEquals("a/b.txt", saved.at("/files/0/path").asText());
        assertEquals(2, saved.at("/files").size());
        HttpResponse<byte[]> file = alice.bytes("GET", prompt + "/versions/latest/files/a/b.txt");
        assertEquals("B ✓", new String(file.body(), StandardCharsets.UTF_8));
        assertEquals(
                "application/octet-stream",
                file.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "nosniff", file.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals(
                "attachment; filename=\"b.txt\"; filename*=UTF-8''b.txt",
                file.headers().firstValue("Content-Disposition").orElseThrow());
        String etag = file.headers().firstValue("ETag").orElseThrow();
        assertEquals(
                304,
                alice.bytes("GET", prompt + "/versions/2/files/a%2Fb.txt", "If-None-Match", etag)
                        .statusCode());
        assertEquals(
                404, alice.bytes("GET", prompt + "/versions/latest/files/a").statusCode());
        assertEquals(
                404,
                alice.bytes("GET", prompt + "/versions/latest/files/%2e%2e/config")
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\": \"a\", \"files\": {\"a\": \"b\"}}",
                "{\"text\": null}",
                "{\"files\": {}, \"text\": \"x\"}",
                "{\"files\": {\"../a\": \"b\"}}",
                "{\"files\": {\".git/config\": \"b\"}}",
                "{\"files\": {\"a\": 1}}",
                "{\"files\": [\"a\"]}",
                "{\"text\": 1}",
                "{\"text\": \"a\", \"release\": \"1.0\"}",
                "{\"text\": \"a\", \"title\": \"two\\nlines\"}"
            })
    void whatCannotBeSavedIsRefused(String body) {
        String prompt = path("one");
        alice.post(prompt + "/versions", body).being(422);
        assertEquals(1, alice.get(prompt + "/log").at("/items").size());
    }

    @Test
    void whoIsTooLateIsToldWhatTheyMissed() {
        String prompt = path("one\ntwo\n");
        String seen = alice.get(prompt + "/versions/latest").header("ETag").orElseThrow();
        alice.post(prompt + "/versions", Map.of("text", "one\nTWO\n"), "If-Match", seen)
                .being(201);

        Answer late = alice.post(prompt + "/versions", Map.of("text", "mine"), "If-Match", seen)
                .being(412);

        assertEquals(List.of("error", "message", "details", "latest", "diff"), fields(late.json()));
        assertEquals("PRECONDITION_FAILED", late.get("error"));
        assertEquals(
                "2 one\nTWO\n",
                late.at("/latest/version").asText() + " "
                        + late.at("/latest/text").asText());
        assertTrue(late.get("diff").contains("\n-two\n+TWO\n"), late.text());
        String latest = late.at("/latest/commit").asText();
        assertEquals(
                "null",
                alice.post(prompt + "/versions", Map.of("text", "mine"), "If-Match", "\"" + "0".repeat(40) + "\"")
                        .being(412)
                        .get("diff"));
        alice.post(prompt + "/versions", Map.of("text", "mine"), "If-Match", "\"" + latest + "\"")
                .being(201);
        alice.post(prompt + "/versions", Map.of("text", "x"), "If-Match", "nonsense")
                .rule("If-Match");
    }

    @Test
    void aPromptWithoutAVersionHasNoLatestToMiss() {
        made++;
        String prompt = "/prompts/" + alice.create("prompt-" + made);
        Answer late = alice.post(prompt + "/versions", Map.of("text", "a"), "If-Match", "\"" + "0".repeat(40) + "\"")
                .being(412);
        assertEquals("null null", late.get("latest") + " " + late.get("diff"));
    }

    @Test
    void whatIsSaidOfAVersionIsEdited() {
        String prompt = path("one");
        Answer edited = alice.patch(prompt + "/versions/1", "{\"title\": \"T\", \"display_version\": \"v1\"}")
                .being(200);
        assertEquals(
                "T v1 null",
                edited.get("title") + " " + edited.get("display_version") + " " + edited.get("description"));
        String etag = edited.header("ETag").orElseThrow();
        assertEquals(
                304, alice.get(prompt + "/versions/v1", "If-None-Match", etag).status());
        assertEquals(
                "private, no-cache",
                alice.get(prompt + "/versions/v1").header("Cache-Control").orElseThrow());
        assertEquals(
                "null", alice.patch(prompt + "/versions/1", "{\"title\": null}").get("title"));
        alice.patch(prompt + "/versions/1", "{\"title\": \"X\"}", "If-Match", etag)
                .being(412);
        assertEquals(
                "must have at least one of title, description and display_version",
                alice.patch(prompt + "/versions/1", "{}").rule("body"));
        alice.patch(prompt + "/versions/1", Map.of("display_version", "x".repeat(101)))
                .rule("display_version");
        alice.patch(prompt + "/versions/7", "{\"title\": \"X\"}").being(404);
    }

    /** The entity tag changes with what points to the version, too, or a cache would keep the list of releases. */
    @Test
    void aNewReleaseChangesTheEntityTag() {
        String prompt = path("one");
        String before = alice.get(prompt + "/versions/1").header("ETag").orElseThrow();
        alice.post(prompt + "/versions", Map.of("text", "one", "release", "1.0.0"))
                .being(200);
        Answer after =
                alice.get(prompt + "/versions/1", "If-None-Match", before).being(200);
        assertEquals("[\"1.0.0\"]", after.at("/releases").toString());
        alice.post(prompt + "/versions", Map.of("text", "two"), "If-Match", before)
                .being(201);
    }

    @Test
    void aVersionAnswersAsItWas() {
        String prompt = path("one");
        alice.patch(prompt + "/versions/1", "{\"title\": \"first\"}").being(200);
        server.pass(Duration.ofMinutes(5));
        String then = Timestamps.text(server.part(InstantSource.class).instant());
        server.pass(Duration.ofMinutes(5));
        alice.save(prompt.substring("/prompts/".length()), "two");
        alice.patch(prompt + "/versions/1", "{\"title\": \"renamed\"}").being(200);

        Answer past = alice.get(prompt + "/versions/latest?at=" + then).being(200);

        assertEquals("1 one first", past.get("version") + " " + past.get("text") + " " + past.get("title"));
        assertEquals("renamed", alice.get(prompt + "/versions/1").get("title"));
        assertEquals("first", alice.get(prompt + "/versions/1?at=" + then).get("title"));
        alice.get(prompt + "/versions/2?at=" + then).being(404);
        alice.get(prompt + "/versions/1.0.0?at=" + then).rule("at");
        alice.get(prompt + "/versions/latest?at=yesterday").rule("at");
        alice.get(prompt + "/versions/latest?at=2001-01-01T00:00:00Z").being(404);
    }

    @Test
    void theLogIsReadPartByPart() {
        String prompt = path("text 1");
        String id = prompt.substring("/prompts/".length());
        for (int i = 2; i <= 7; i++) {
            alice.save(id, "text " + i);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (!cursor.equals("null")) {
            Answer part = alice.get(prompt + "/log?limit=3" + cursor).being(200);
            part.at("/items").forEach(item -> seen.add(item.path("version").asText()));
            cursor = part.get("next_cursor").replaceAll("^(?!null$)", "&cursor=");
        }
        assertEquals(List.of("7", "6", "5", "4", "3", "2", "1"), seen);
        assertEquals("null", alice.get(prompt + "/log?limit=7").get("next_cursor"));
        for (String bad : List.of("x", "%00", "YmVsb3cgLTE", "YmVsb3cgMDE", "====")) {
            assertEquals(
                    "must be one that this server gave",
                    alice.get(prompt + "/log?cursor=" + bad).rule("cursor"));
        }
        alice.get(prompt + "/log?limit=0").rule("limit");
        alice.get(prompt + "/log?limit=101").rule("limit");
        alice.get(prompt + "/log?limit=x").rule("limit");
    }

    @Test
    void aLogOfLongTextsComesInShortParts() {
        String prompt = path("a".repeat(1_000_000));
        String id = prompt.substring("/prompts/".length());
        for (int i = 2; i <= 9; i++) {
            alice.save(id, "a".repeat(1_000_000) + i);
        }
        Answer part = alice.get(prompt + "/log").being(200);
        assertEquals(8, part.at("/items").size());
        assertEquals(
                "1",
                alice.get(prompt + "/log?cursor=" + part.get("next_cursor"))
                        .at("/items/0/version")
                        .asText());
    }

    @Test
    void twoVersionsAreCompared() {
        String prompt = path("Hello ${name}\nbye\n");
        alice.save(prompt.substring("/prompts/".length()), "Hello {{who}}\nbye\n");
        Answer diff = alice.get(prompt + "/diff?from=1&to=latest").being(200);
        assertEquals("1 2", diff.get("from") + " " + diff.get("to"));
        assertEquals(
                "{\"added\":[\"who\"],\"removed\":[\"name\"]}",
                diff.at("/variables").toString());
        assertEquals("modified", diff.at("/files/0/change").asText());
        assertEquals("removed", diff.at("/files/0/hunks/0/lines/0/kind").asText());
        assertEquals("Hello ", diff.at("/files/0/hunks/0/lines/0/words/0/text").asText());
        Answer text =
                alice.get(prompt + "/diff?from=1&to=2", "Accept", "text/x-diff").being(200);
        assertEquals("text/x-diff;charset=utf-8", text.header("Content-Type").orElseThrow());
        assertTrue(text.text().contains("\n-Hello ${name}\n+Hello {{who}}\n"), text.text());
        for (String accept : List.of("*/*", "application/json, text/x-diff", "text/x-diff;q=0.5, application/json")) {
            assertEquals(
                    "2",
                    alice.get(prompt + "/diff?from=1&to=2", "Accept", accept).get("to"));
        }
        alice.get(prompt + "/diff?from=1&to=2", "Accept", "image/png").being(406);
        alice.get(prompt + "/diff?from=1").rule("to");
        alice.get(prompt + "/diff?from=1&to=9").being(404);
    }

    @Test
    void eachLineTellsWhereItComesFrom() {
        String prompt = path("one\ntwo\n");
        alice.post(prompt + "/versions", Map.of("text", "one\nTWO\n", "title", "Loud"))
                .being(201);
        Answer blame = alice.get(prompt + "/blame").being(200);
        assertEquals("1 one 1 alice", line(blame, 0));
        assertEquals("2 TWO 2 alice", line(blame, 1));
        assertEquals("Loud", blame.at("/lines/1/title").asText());
        assertEquals("2 two 1 alice", line(alice.get(prompt + "/blame?rev=1"), 1));
    }

    private static String line(Answer blame, int index) {
        JsonNode line = blame.at("/lines/" + index);
        return String.join(
                " ",
                line.path("line").asText(),
                line.path("text").asText(),
                line.path("version").asText(),
                line.path("author").asText());
    }

    @Test
    void anOldVersionComesBack() {
        String prompt = path("one");
        alice.save(prompt.substring("/prompts/".length()), "two");
        Answer restored = alice.post(prompt + "/restore", Map.of("rev", "1")).being(201);
        assertEquals(
                "3 one false", restored.get("version") + " " + restored.get("text") + " " + restored.get("skipped"));
        assertEquals(
                "true",
                alice.post(prompt + "/restore", Map.of("rev", "latest"))
                        .being(200)
                        .get("skipped"));
        alice.post(prompt + "/restore", Map.of("rev", "9")).being(404);
        alice.post(prompt + "/restore", "{}").rule("rev");
    }

    @Test
    void variablesAreFilledIn() {
        String prompt = path("Hello ${name}, {{ what }}.");
        String render = prompt + "/versions/latest/render";
        assertEquals(
                "Hello Ada, 7.",
                alice.post(render, "{\"variables\": {\"name\": \"Ada\", \"what\": 7}}")
                        .being(200)
                        .get("text"));
        Answer missing = alice.post(render, "{\"variables\": {}}").being(422);
        assertEquals(
                "{\"name\":\"is required\",\"what\":\"is required\"}",
                missing.at("/details").toString());
    }

    @Test
    void theCurrentBodyIsSavedAndDropped() {
        String prompt = path("one");
        assertEquals("one false", draft(alice.get(prompt + "/draft").being(200)));
        assertEquals(
                "two true",
                draft(alice.put(prompt + "/draft", Map.of("text", "two")).being(200)));
        assertEquals("two true", draft(alice.get(prompt + "/draft")));
        assertEquals("one", alice.get(prompt + "/versions/latest").get("text"));
        alice.delete(prompt + "/draft").being(204);
        assertEquals("one false", draft(alice.get(prompt + "/draft")));
        alice.put(prompt + "/draft", "{}").rule("text");
    }

    private static String draft(Answer answer) {
        return answer.get("text") + " " + answer.get("saved");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String prompt = path("one");
        for (String rev : List.of("2", "1.0.0", "v9", "0123456789", "a%00b", "c++", "%2e%2e")) {
            assertEquals(
                    "NOT_FOUND",
                    alice.get(prompt + "/versions/" + rev).being(404).get("error"));
        }
        assertEquals(
                "must be well-formed UTF-8, percent-encoded",
                alice.get(prompt + "/versions/%FF").rule("rev"));
    }

    @Test
    void aPlusInADisplayVersionIsAPlus() {
        String prompt = path("one");
        alice.patch(prompt + "/versions/1", Map.of("display_version", "v1+b/2 ✓"))
                .being(200);
        assertEquals(
                "1",
                alice.get(prompt + "/versions/v1+b%2F2%20%E2%9C%93").being(200).get("version"));
    }
}
