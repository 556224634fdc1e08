package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.http.v1.V1Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments over HTTP: made, moved by who says what they saw, dropped, remembered; versions tell of them. */
class V1EnvironmentsTest {
    private static final int MOVERS = 20;

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

    /** A prompt with the versions "one", "two" and "three". */
    private static String id() {
        made++;
        String id = alice.create("promoted-" + made, "one");
        alice.save(id, "two");
        alice.save(id, "three");
        return id;
    }

    private static String production(String id) {
        return "/prompts/" + id + "/environments/production";
    }

    private static Answer move(String id, String rev, String... headers) {
        return alice.body("PUT", production(id), V1Client.bytes(Map.of("rev", rev)), headers);
    }

    private static String tag(Answer answer) {
        return answer.header("ETag").orElseThrow();
    }

    @Test
    void anEnvironmentIsMadeMovedAndToldOf() {
        String id = id();
        Answer first = alice.put(production(id), Map.of("rev", "1", "message", "The first one"))
                .being(201);
        assertEquals(
                "production 1 alice The first one false",
                String.join(
                        " ",
                        first.get("name"),
                        first.get("version"),
                        first.get("moved_by"),
                        first.get("message"),
                        first.get("protected")));
        assertTrue(first.get("moved_at").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"), first.text());

        Answer second = move(id, "latest", "If-Match", tag(first)).being(200);
        assertEquals("3 null", second.get("version") + " " + second.get("message"));
        Answer read = alice.get(production(id)).being(200);
        assertEquals(second.text(), read.text());
        assertEquals(tag(second), tag(read));
        assertEquals("private, no-cache", read.header("Cache-Control").orElseThrow());
        assertTrue(tag(read).startsWith("\"" + read.get("commit") + "-"), tag(read));
        assertEquals(
                read.json(),
                alice.get("/prompts/" + id + "/environments").being(200).at("/items/0"));
        assertEquals(read.get("commit"), new Git(server.repository(id)).run("rev-parse", "refs/heads/env/production"));
    }

    @Test
    void whoHasItAlreadyIsToldSoUntilItMovesOrIsProtected() {
        String id = id();
        String list = "/prompts/" + id + "/environments";
        String before = tag(alice.get(list).being(200));
        String first = tag(move(id, "1").being(201));
        String all = tag(alice.get(list, "If-None-Match", before).being(200));
        alice.get(production(id), "If-None-Match", first).being(304);
        alice.get(list, "If-None-Match", all).being(304);

        Answer prompt = alice.patch("/prompts/" + id, Map.of("protected_environments", List.of("production", "beta")))
                .being(200);

        assertEquals(
                "[\"beta\",\"production\"]",
                prompt.at("/protected_environments").toString());
        Answer read = alice.get(production(id), "If-None-Match", first).being(200);
        assertEquals("true", read.get("protected"));
        alice.get(list, "If-None-Match", all).being(200);
        move(id, "2", "If-Match", first).being(200);
        alice.get(production(id), "If-None-Match", tag(read)).being(200);
    }

    @Test
    void whatIsThereMovesOnlyForWhoSaysWhatTheySaw() {
        String id = id();
        alice.put(production(id), Map.of("rev", "1")).being(201);
        Answer first = alice.get(production(id));

        assertEquals("PRECONDITION_REQUIRED", move(id, "2").being(428).get("error"));
        assertEquals(
                "PRECONDITION_REQUIRED",
                move(id, "2", "If-Match", "*").being(428).get("error"));
        Answer back = move(id, "1", "If-Match", tag(move(id, "2", "If-Match", tag(first))));
        assertEquals(first.get("commit"), back.get("commit"));
        assertEquals(
                "PRECONDITION_FAILED",
                move(id, "3", "If-Match", tag(first)).being(412).get("error"));
        move(id, "3", "If-Match", "\"" + first.get("commit") + "\"").being(200);
        alice.body(
                        "PUT",
                        "/prompts/" + id + "/environments/other",
                        V1Client.bytes(Map.of("rev", "1")),
                        "If-Match",
                        tag(first))
                .being(412);
        move(id, "1", "If-Match", "nonsense").rule("If-Match");
    }

    @Test
    void ofManyMovesUponOneStateOneIsMade() {
        String id = id();
        String seen = tag(move(id, "1").being(201));
        List<Integer> statuses = atOnce(
                mover -> move(id, mover % 2 == 0 ? "2" : "3", "If-Match", seen).status());
        assertEquals(Map.of(200, 1L, 412, 19L), counted(statuses));
        assertEquals(
                2,
                alice.get(production(id) + "/history").being(200).at("/items").size());
    }

    @Test
    void ofManyWhoMakeItOneDoes() {
        String id = id();
        List<Integer> statuses =
                atOnce(mover -> move(id, mover % 2 == 0 ? "2" : "3").status());
        assertEquals(Map.of(201, 1L, 428, 19L), counted(statuses));
    }

    private static List<Integer> atOnce(Function<Integer, Integer> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> movers = IntStream.range(0, MOVERS)
                    .<Callable<Integer>>mapToObj(mover -> () -> work.apply(mover))
                    .toList();
            return threads.invokeAll(movers).stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<Integer, Long> counted(List<Integer> statuses) {
        return statuses.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    void aVersionIsReadByItsEnvironmentAndTellsOfIt() {
        String id = id();
        String versions = "/prompts/" + id + "/versions/";
        Answer before = alice.get(versions + "2").being(200);
        assertEquals("[]", before.at("/environments").toString());
        move(id, "2").being(201);

        Answer read = alice.get(versions + "production").being(200);

        assertEquals("two [\"production\"]", read.get("text") + " " + read.at("/environments"));
        assertEquals(
                read.text(),
                alice.get(versions + "2", "If-None-Match", tag(before))
                        .being(200)
                        .text());
        assertEquals(
                read.get("commit"),
                alice.get("/prompts/" + id + "/log").at("/items/1/commit").asText());
        assertEquals(
                "[\"production\"]",
                alice.get("/prompts/" + id + "/log").at("/items/1/environments").toString());
        alice.get(versions + "production", "If-None-Match", tag(read)).being(304);
        alice.get("/prompts/" + id + "/diff?from=1&to=production").being(200);
        alice.patch(versions + "production", Map.of("title", "Live"), "If-Match", tag(read))
                .being(200);
        assertEquals("Live", alice.get(versions + "2").get("title"));
        alice.get(versions + "staging").being(404);
    }

    @Test
    void whatWasLiveThenIsToldForAnyMoment() {
        String id = id();
        String at = "/prompts/" + id + "/versions/production?at=";
        String made = tag(move(id, "1").being(201));
        String first = alice.get(production(id)).get("moved_at");
        server.pass(Duration.ofMinutes(5));
        Answer second = move(id, "3", "If-Match", made).being(200);

        assertEquals("one", alice.get(at + first).being(200).get("text"));
        assertEquals("three", alice.get(at + second.get("moved_at")).being(200).get("text"));
        alice.get(at + "2001-01-01T00:00:00Z").being(404);
        alice.get("/prompts/" + id + "/versions/staging?at=" + first).being(404);
    }

    @Test
    void theHistoryTellsWhoMovedItFromWhatToWhat() {
        String id = id();
        String first = tag(
                alice.put(production(id), Map.of("rev", "1", "message", "Go")).being(201));
        move(id, "3", "If-Match", first).being(200);
        alice.delete(production(id)).being(204);
        alice.get(production(id)).being(404);

        Answer all = alice.get(production(id) + "/history").being(200);
        assertEquals(
                "3>null null, 1>3 null, null>1 Go",
                IntStream.range(0, 3)
                        .mapToObj(i -> all.at("/items/" + i))
                        .map(item -> item.get("from") + ">" + item.get("to") + " "
                                + item.get("message").asText())
                        .collect(Collectors.joining(", ")));
        assertEquals("alice", all.at("/items/0/by").asText());
        assertTrue(all.at("/next_cursor").isNull());
        assertEquals(all.at("/items/0/from_commit"), all.at("/items/1/to_commit"));

        Answer part = alice.get(production(id) + "/history?limit=2").being(200);
        Answer rest = alice.get(production(id) + "/history?limit=2&cursor=" + part.get("next_cursor"))
                .being(200);
        assertEquals(all.at("/items/2"), rest.at("/items/0"));
        assertTrue(rest.at("/next_cursor").isNull());
        alice.get(production(id) + "/history?cursor=x").rule("cursor");
        alice.get(production(id) + "/history?cursor=" + "0".repeat(40)).rule("cursor");
        alice.get("/prompts/" + id + "/environments/never/history").being(404);
    }

    @Test
    void aDropHeedsWhatItsSenderSaw() {
        String id = id();
        String first = tag(move(id, "2").being(201));
        String second = tag(move(id, "3", "If-Match", first).being(200));
        assertEquals(
                412, alice.bytes("DELETE", production(id), "If-Match", first).statusCode());
        alice.get(production(id)).being(200);
        assertEquals(
                204, alice.bytes("DELETE", production(id), "If-Match", second).statusCode());
        alice.delete(production(id)).being(404);
    }

    @Test
    void aProtectedOneIsForWhoMayPromote() {
        String id = id();
        try (V1Client bob = V1Client.of(server, TestServer.caller("bob"));
                V1Client carol = V1Client.of(server, TestServer.caller("carol"))) {
            alice.put("/prompts/" + id + "/access", Map.of("grants", Map.of("bob", "UPDATE", "carol", "PROMOTE")))
                    .being(200);
            Map<String, Object> guarded = Map.of("protected_environments", List.of("production"));
            bob.patch("/prompts/" + id, guarded).being(403);
            carol.patch("/prompts/" + id, guarded).being(403);
            alice.patch("/prompts/" + id, guarded).being(200);

            bob.put(production(id), Map.of("rev", "1")).being(403);
            assertEquals(
                    "carol",
                    carol.put(production(id), Map.of("rev", "1")).being(201).get("moved_by"));
            bob.delete(production(id)).being(403);
            bob.put("/prompts/" + id + "/environments/staging", Map.of("rev", "1"))
                    .being(201);
            alice.patch("/prompts/" + id, "{\"protected_environments\": []}").being(200);
            bob.delete(production(id)).being(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "Production", "deadbeef", "1", "a.b", "-a"})
    void aNameThatMeansSomethingElseIsNone(String name) {
        alice.put("/prompts/" + id() + "/environments/" + name, Map.of("rev", "1"))
                .rule("environment");
    }

    @Test
    void whatIsAskedForMustBeThere() {
        String id = id();
        alice.put(production(id), "{}").rule("rev");
        alice.put(production(id), Map.of("rev", "9")).being(404);
        alice.put(production(id), Map.of("rev", "1", "message", "m".repeat(1_001)))
                .rule("message");
        alice.patch("/prompts/" + id, "{\"protected_environments\": [\"No\"]}").rule("protected_environments");
        alice.patch("/prompts/" + id, "{\"protected_environments\": \"no\"}").rule("protected_environments");
        assertEquals(
                "[]", alice.get("/prompts/" + id + "/environments").at("/items").toString());
    }

    @Test
    void whatNeverChangesMayBeKeptAndNothingElse() {
        String id = id();
        move(id, "2").being(201);
        String commit = alice.get("/prompts/" + id + "/versions/2").get("commit");
        Function<String, String> kept =
                rev -> alice.bytes("GET", "/prompts/" + id + "/versions/" + rev + "/files/prompt.md")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow();
        assertEquals("private, max-age=31536000, immutable", kept.apply(commit));
        for (String rev : List.of("2", "latest", "production", commit.substring(0, 12))) {
            assertEquals("private, no-cache", kept.apply(rev), rev);
        }
        assertNotEquals(
                kept.apply(commit),
                alice.get("/prompts/" + id + "/versions/" + commit)
                        .header("Cache-Control")
                        .orElseThrow());
    }
}
