package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.http.v1.V1Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Branches and merges over REST; commits come to a branch by git. */
class V1BranchesTest {
    private static final String BASE = "one\ntwo\nthree\nfour\nfive\n";

    @TempDir
    private static Path data;

    @TempDir
    private static Path clones;

    private static TestServer server;
    private static V1Client alice;
    private static int made;

    private String id = "";
    private String prompt = "";

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

    @BeforeEach
    void create() {
        made++;
        id = alice.create("branched-" + made, BASE);
        prompt = "/prompts/" + id;
    }

    private Answer branch(Object body) {
        return alice.post(prompt + "/branches", body);
    }

    private Answer merge(Object body, String... headers) {
        return alice.post(prompt + "/merge", body, headers);
    }

    /** Puts a commit on a branch, as somebody with a clone does; returns it. */
    private String push(String branch, String text) {
        Path clone = clones.resolve(id + "-" + branch.replace('/', '-'));
        new Git(clones).run("clone", "-q", "-b", branch, server.repository(id).toString(), clone.toString());
        try {
            Files.writeString(clone.resolve("prompt.md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Git git = new Git(clone);
        git.run("-c", "user.name=Carol", "-c", "user.email=carol@example.org", "commit", "-q", "-a", "-m", "By hand");
        git.run("push", "-q", "origin", branch);
        return git.run("rev-parse", "HEAD");
    }

    private List<String> names(String query) {
        return alice.get(prompt + "/branches" + query)
                .being(200)
                .json()
                .path("items")
                .findValuesAsText("name");
    }

    @Test
    void aBranchIsMadeToldAndRemoved() {
        String commit = alice.get(prompt + "/versions/latest").get("commit");

        Answer created = branch(Map.of("name", "topic")).being(201);

        assertEquals(List.of("name", "commit", "title", "updated_at", "ahead", "behind"), fields(created.json()));
        assertEquals(
                "topic " + commit + " null 0 0",
                String.join(
                        " ",
                        created.get("name"),
                        created.get("commit"),
                        created.get("title"),
                        created.get("ahead"),
                        created.get("behind")));
        push("topic", BASE + "six\n");
        alice.save(id, "zero\n" + BASE);
        JsonNode topic = alice.get(prompt + "/branches").being(200).at("/items/1");
        assertEquals("By hand 1 1", topic.get("title").asText() + " " + topic.get("ahead") + " " + topic.get("behind"));
        alice.delete(prompt + "/branches/topic").being(204);
        assertEquals(List.of("main"), names(""));
    }

    private static List<String> fields(JsonNode json) {
        return json.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void aListIsReadPartByPart() {
        List.of("b", "a", "c").forEach(name -> branch(Map.of("name", name)).being(201));

        Answer first = alice.get(prompt + "/branches?limit=2").being(200);
        Answer second = alice.get(prompt + "/branches?limit=2&cursor=" + first.get("next_cursor"))
                .being(200);

        assertEquals(List.of("main", "a"), first.json().path("items").findValuesAsText("name"));
        assertEquals(List.of("b", "c"), second.json().path("items").findValuesAsText("name"));
        assertTrue(second.json().path("next_cursor").isNull());
        assertEquals(
                "must be one that this server gave",
                alice.get(prompt + "/branches?cursor=abc").rule("cursor"));
        assertEquals(
                "must be from 1 to 100",
                alice.get(prompt + "/branches?limit=101").rule("limit"));
    }

    @Test
    void slashesInABranchsNameMayBeEncoded() {
        branch(Map.of("name", "alice/\u00fcber+alles")).being(201);
        branch(Map.of("name", "alice/x")).being(201);

        alice.delete(prompt + "/branches/alice%2F%C3%BCber+alles").being(204);
        assertEquals(204, alice.bytes("DELETE", prompt + "/branches/alice/x").statusCode());
        assertEquals(List.of("main"), names(""));
    }

    @Test
    void aBranchBeginsWhereItIsSaid() {
        String two = alice.save(id, "two\n");
        alice.save(id, "three\n");

        assertEquals(two, branch(Map.of("name", "a", "from", "2")).being(201).get("commit"));
        assertEquals(two, branch(Map.of("name", "b", "from", "a")).being(201).get("commit"));
        assertEquals(
                "The prompt has no version nowhere.",
                branch(Map.of("name", "c", "from", "nowhere")).being(404).get("message"));
    }

    @Test
    void whatCannotBeMadeOrRemovedIsRefusedInWords() {
        branch(Map.of("name", "a/b")).being(201);

        assertEquals(
                "There is a branch a/b.",
                branch(Map.of("name", "a/b")).being(409).get("message"));
        assertEquals(
                "Branch a cannot stand beside branch a/b: one's name is a directory of the other's.",
                branch(Map.of("name", "a")).being(409).get("message"));
        assertEquals(
                "must not be main, draft or env, nor lie below one of these",
                branch(Map.of("name", "env/production")).rule("name"));
        assertTrue(branch(Map.of("name", "a..b")).rule("name").startsWith("must be one that Git takes"));
        assertEquals("is required", branch(Map.of()).rule("name"));
        assertEquals(
                "There is no branch c.",
                alice.delete(prompt + "/branches/c").being(404).get("message"));
        alice.delete(prompt + "/branches/main").being(422);
        assertEquals(List.of("main", "a/b"), names(""));
    }

    @Test
    void aMergeAnswersAsASaveDoes() {
        branch(Map.of("name", "topic")).being(201);
        String theirs = push("topic", BASE + "six\n");
        String ours = alice.save(id, "zero\n" + BASE);

        Answer merged = merge(Map.of("branch", "topic", "into", "main", "message", "Both\n\nOf them."))
                .being(201);

        assertEquals(
                "3 Both Of them. alice checkpoint false",
                String.join(
                        " ",
                        merged.get("version"),
                        merged.get("title"),
                        merged.get("description"),
                        merged.get("created_by"),
                        merged.get("source"),
                        merged.get("skipped")));
        assertEquals("zero\n" + BASE + "six\n", merged.get("text"));
        assertTrue(merged.header("ETag").orElseThrow().contains(merged.get("commit")));
        Git git = new Git(server.repository(id));
        assertEquals(ours + " " + theirs, git.run("log", "-1", "--format=%P", "main"));
        git.requireSound();
        assertEquals("3 true", told(merge(Map.of("branch", "topic")).being(200)));
    }

    private static String told(Answer answer) {
        return answer.get("version") + " " + answer.get("skipped");
    }

    @Test
    void whereMainStoodStillItMovesToTheBranch() {
        branch(Map.of("name", "topic")).being(201);
        String theirs = push("topic", BASE + "six\n");

        Answer merged = merge(Map.of("branch", "topic")).being(201);

        assertEquals(theirs, merged.get("commit"));
        assertEquals("2 By hand", merged.get("version") + " " + merged.get("title"));
    }

    @Test
    void conflictsAreToldWithTheirRegions() {
        branch(Map.of("name", "topic")).being(201);
        push("topic", BASE.replace("three", "drei"));
        String ours = alice.save(id, BASE.replace("three", "trois"));

        Answer refused = merge(Map.of("branch", "topic")).being(409);

        assertEquals(
                "{\"error\":\"CONFLICT\",\"message\":\"Branch topic and main both changed 1 file in the same places.\","
                        + "\"details\":{},\"conflicts\":[{\"path\":\"prompt.md\",\"kind\":\"content\",\"binary\":false,"
                        + "\"complete\":true,\"regions\":["
                        + "{\"base\":{\"start_line\":3,\"lines\":1,\"text\":\"three\\n\"},"
                        + "\"ours\":{\"start_line\":3,\"lines\":1,\"text\":\"trois\\n\"},"
                        + "\"theirs\":{\"start_line\":3,\"lines\":1,\"text\":\"drei\\n\"}}]}]}",
                refused.text());
        assertEquals(ours, alice.get(prompt + "/versions/latest").get("commit"));
        Answer preview = merge(Map.of("branch", "topic", "preview", true)).being(200);
        assertEquals(refused.at("/conflicts"), preview.at("/conflicts"));
    }

    @ParameterizedTest
    @CsvSource({"?preview=true, false", "'', true", "?preview=true, true"})
    void aPreviewTellsWhatWouldCome(String query, boolean inBody) {
        branch(Map.of("name", "topic")).being(201);
        String theirs = push("topic", BASE + "six\n");
        String ours = alice.save(id, "zero\n" + BASE);

        Answer preview = alice.post(prompt + "/merge" + query, Map.of("branch", "topic", "preview", inBody))
                .being(200);

        assertEquals(
                "{\"main_commit\":\"" + ours + "\",\"branch_commit\":\"" + theirs + "\",\"up_to_date\":false,"
                        + "\"fast_forward\":false,\"version\":3,"
                        + "\"files\":[{\"path\":\"prompt.md\",\"change\":\"modified\"}],"
                        + "\"conflicts\":[]}",
                preview.text());
        assertEquals(ours, alice.get(prompt + "/versions/latest").get("commit"));
    }

    @Test
    void whoMayOnlyReadMayLookAtAMergeAndNotMakeIt() {
        alice.put(prompt + "/access", Map.of("grants", Map.of("reader", "READ")))
                .being(200);
        try (V1Client reader = V1Client.of(server, TestServer.caller("reader"))) {
            reader.post(prompt + "/merge?preview=true", Map.of("branch", "main"))
                    .being(200);
            reader.post(prompt + "/merge", Map.of("branch", "main")).being(403);
        }
    }

    @Test
    void whoSawAnotherVersionIsToldWhatTheyMissed() {
        branch(Map.of("name", "topic")).being(201);
        push("topic", BASE + "six\n");
        String seen = alice.get(prompt + "/versions/latest").get("commit");
        String latest = alice.save(id, "zero\n" + BASE);

        Answer late =
                merge(Map.of("branch", "topic"), "If-Match", "\"" + seen + "\"").being(412);

        assertEquals(latest, late.at("/latest/commit").asText());
        assertTrue(late.get("diff").contains("+zero"), late::text);
        merge(Map.of("branch", "topic"), "If-Match", "\"" + latest + "\"").being(201);
    }

    @Test
    void aMergeThatCannotBeIsRefusedInWords() {
        assertEquals("is required", merge(Map.of()).rule("branch"));
        assertEquals(
                422,
                merge("{\"branch\": \"topic\", \"message\": \"" + "x".repeat(201) + "\"}")
                        .status());
        assertEquals(
                "There is no branch topic.",
                merge(Map.of("branch", "topic")).being(404).get("message"));
    }
}
