package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.http.openapi.Shapes;
import dev.versicle.http.v1.EventLines.Told;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the change stream says, to whom it says it all. */
class EventStreamTest {
    private static final String NO_OBJECT = "0".repeat(40);

    @TempDir
    private static Path data;

    private static TestServer server;
    private static V1Client owner;
    private static String token;
    private static int made;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        Caller caller = TestServer.caller("owner");
        owner = V1Client.of(server, caller);
        token = server.token(caller);
    }

    @AfterAll
    static void stop() {
        owner.close();
        server.close();
    }

    private static String name(String of) {
        made++;
        return of + "-" + made;
    }

    /** A prompt that everybody sees when it is made: whoever hears of it has heard what came before. */
    private static String fence() {
        String name = name("fence");
        owner.post("/prompts", Map.of("name", name, "visibility", "public")).being(201);
        return name;
    }

    private static List<String> kinds(List<Told> told) {
        return told.stream().map(Told::event).toList();
    }

    @Test
    void aStreamIsAStreamThatNobodyKeepsOrChanges() {
        try (Listener listener = Listener.of(server, token, "", "Accept-Encoding", "gzip")) {
            assertEquals(200, listener.status());
            assertEquals(Optional.of("text/event-stream"), listener.header("Content-Type"));
            assertEquals(Optional.of("no-cache, no-transform"), listener.header("Cache-Control"));
            assertEquals(Optional.of("no"), listener.header("X-Accel-Buffering"));
            assertEquals(Optional.empty(), listener.header("Content-Encoding"));
            assertTrue(listener.header("X-Request-Id").isPresent());
            assertTrue(listener.text().startsWith("retry: 1000\nid: "), listener.text());
        }
    }

    @Test
    void eachThingThatHappensIsToldWithItsFacts() {
        try (Listener listener = Listener.of(server, token, "")) {
            String name = name("told");
            String id = owner.create(name);
            String commit = owner.save(id, "one");
            owner.patch("/prompts/" + id + "/versions/1", Map.of("title", "First"))
                    .being(200);
            owner.put("/prompts/" + id + "/environments/production", Map.of("rev", "1", "message", "go\nlive"))
                    .being(201);
            owner.delete("/prompts/" + id).being(204);

            List<Told> told = listener.before(fence());

            assertTrue(told.stream()
                    .allMatch(event -> event.at("/prompt/id").asText().equals(id)));
            assertTrue(told.stream()
                    .allMatch(event -> event.at("/prompt/name").asText().equals(name)));
            assertTrue(told.stream()
                    .allMatch(event -> event.at("/prompt/namespace").asText().equals("default")));
            assertTrue(told.stream().allMatch(event -> event.at("/by").asText().equals("owner")));
            assertTrue(
                    told.stream().allMatch(event -> event.at("/event").asText().equals(event.event())));
            assertTrue(told.stream().allMatch(event -> event.at("/at").asText().matches("\\d{4}-.*T.*\\.\\d{3}Z")));
            assertEquals("prompt.created", told.getFirst().event());
            assertEquals("prompt.deleted", told.getLast().event());
            JsonNode push = only("push", "refs/heads/main", told);
            assertEquals(
                    NO_OBJECT + " " + commit,
                    push.get("before").asText() + " " + push.get("after").asText());
            JsonNode version = only("version.created", told);
            assertEquals(
                    "1 " + commit,
                    version.get("version").asText() + " "
                            + version.get("commit").asText());
            JsonNode edit = only("metadata.changed", told);
            assertEquals(
                    "1 " + commit + " false",
                    edit.get("version").asText() + " " + edit.get("commit").asText() + " "
                            + edit.get("deleted").asText());
            JsonNode move = only("environment.moved", told);
            assertEquals("production", move.get("environment").asText());
            assertTrue(move.get("from").isNull());
            assertEquals(
                    "1 " + commit,
                    move.at("/to/version").asText() + " "
                            + move.at("/to/commit").asText());
            assertEquals("go\nlive", move.get("message").asText());
            assertTrue(move.get("moved_at").asText().endsWith("Z"));
        }
    }

    private static String schema(Told event) {
        return switch (event.event()) {
            case "push" -> "PushEvent";
            case "version.created" -> "VersionEvent";
            case "metadata.changed" -> "MetadataEvent";
            case "environment.moved" -> "EnvironmentEvent";
            case "reset" -> "ResetEvent";
            default -> "PromptEvent";
        };
    }

    private static JsonNode only(String kind, List<Told> told) {
        List<Told> found =
                told.stream().filter(event -> event.event().equals(kind)).toList();
        assertEquals(1, found.size(), found::toString);
        return found.getFirst().json();
    }

    private static JsonNode only(String kind, String ref, List<Told> told) {
        return only(
                kind,
                told.stream()
                        .filter(event -> event.at("/ref").asText().equals(ref))
                        .toList());
    }

    @Test
    void theDocumentKnowsWhatIsTold() {
        try (Listener listener = Listener.of(server, token, "")) {
            String id = owner.create(name("described"), "one");
            owner.patch("/prompts/" + id + "/versions/1", Map.of("title", "First"))
                    .being(200);
            owner.put("/prompts/" + id + "/environments/live", Map.of("rev", "1"))
                    .being(201);
            owner.delete("/prompts/" + id + "/environments/live").being(204);
            owner.delete("/prompts/" + id).being(204);

            List<Told> told = listener.before(fence());

            Shapes shapes = Shapes.of("v1.yaml");
            assertEquals(
                    List.of(),
                    told.stream()
                            .flatMap(event -> shapes.objections(schema(event), event.data()).stream())
                            .toList());
            assertFalse(shapes.objections("PushEvent", told.getFirst().data()).isEmpty());
            assertEquals(6, told.stream().map(Told::event).distinct().count());
        }
    }

    @Test
    void aVersionThatIsDeletedIsToldAsSuch() {
        String id = owner.create(name("deleted-version"), "one");
        owner.save(id, "two");
        try (Listener listener = Listener.of(server, token, "?kind=metadata.changed")) {
            server.part(Prompts.class).deleteVersion(TestServer.caller("owner"), new PromptId(id), 1);
            owner.patch("/prompts/" + id + "/versions/2", Map.of("title", "Second"))
                    .being(200);

            assertEquals(
                    List.of("1 true", "2 false"),
                    listener.await(2).stream()
                            .map(event -> event.at("/version").asText() + " "
                                    + event.at("/deleted").asText())
                            .toList());
        }
    }

    @Test
    void onlyWhatComesFromNowOnIsToldWithoutAnId() {
        String before = fence();
        try (Listener listener = Listener.of(server, token, "")) {
            String name = name("from-now");
            owner.create(name);

            assertEquals(name, listener.await(1).getFirst().at("/prompt/name").asText());
            assertFalse(listener.text().contains(before));
        }
    }

    @Test
    void aFilterByPromptLeavesOutAllOthers() {
        String wanted = owner.create(name("wanted"), "one");
        String other = owner.create(name("other"), "one");
        try (Listener listener = Listener.of(server, token, "?prompt=" + wanted)) {
            owner.save(other, "two");
            owner.save(wanted, "two");
            owner.save(other, "three");
            owner.delete("/prompts/" + wanted).being(204);

            List<Told> told = listener.await(3);

            assertEquals(List.of("push", "version.created", "prompt.deleted"), kinds(told));
            assertTrue(told.stream()
                    .allMatch(event -> event.at("/prompt/id").asText().equals(wanted)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind=version.created,environment.moved", "kind=version.created&kind=environment.moved"})
    void aFilterByKindsTakesThese(String kinds) {
        String id = owner.create(name("kinds"));
        try (Listener listener = Listener.of(server, token, "?prompt=" + id + "&" + kinds)) {
            owner.save(id, "one");
            owner.patch("/prompts/" + id + "/versions/1", Map.of("title", "First"))
                    .being(200);
            owner.put("/prompts/" + id + "/environments/live", Map.of("rev", "1"))
                    .being(201);

            assertEquals(List.of("version.created", "environment.moved"), kinds(listener.await(2)));
        }
    }

    @Test
    void aFilterByNamespaceLeavesOutOtherNamespaces() {
        String admin = server.adminKey();
        try (V1Client elsewhere = V1Client.of(server, EventVisibilityTest.caller("other", "elsewhere"));
                Listener there = Listener.of(server, admin, "?namespace=elsewhere");
                Listener here = Listener.of(server, admin, "?namespace=default&kind=prompt.created")) {
            String first = name("here");
            String second = name("there");
            owner.create(first);
            elsewhere.create(second, "one");

            String fence = fence();

            assertEquals(List.of("prompt.created", "push", "version.created"), kinds(there.await(3)));
            assertTrue(there.told().stream()
                    .allMatch(event -> event.at("/prompt/namespace").asText().equals("elsewhere")));
            assertTrue(here.before(fence).stream()
                    .noneMatch(event -> event.at("/prompt/name").asText().equals(second)));
            assertTrue(here.text().contains(first));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind=promotion                 | kind          | must be among push, version.created, metadata.changed, \
            environment.moved, prompt.created, prompt.deleted
            kind=push,                     | kind          | must be among push, version.created, metadata.changed, \
            environment.moved, prompt.created, prompt.deleted
            kind=prompt.renamed            | kind          | must be among push, version.created, metadata.changed, \
            environment.moved, prompt.created, prompt.deleted
            prompt=abc                     | prompt        | must be 24 lower-case hex digits
            namespace=No                   | namespace     | must be 1 to 63 lower-case letters, digits and hyphens, \
            begin with no hyphen, and be no id
            last_event_id=12               | last_event_id | must be the id of an event
            last_event_id=0123-            | last_event_id | must be the id of an event
            last_event_id=0123--1          | last_event_id | must be the id of an event
            last_event_id=0123-99999999999999999999 | last_event_id | must be the id of an event
            """)
    void whatCannotBeMeantIsRefusedBeforeTheStreamBegins(String query, String field, String rule) {
        assertEquals(rule, owner.get("/events?" + query).rule(field));
    }

    @Test
    void aMalformedIdInTheHeaderIsRefusedToo() {
        assertEquals(
                "must be the id of an event",
                owner.get("/events", "Last-Event-ID", "yesterday").rule("last_event_id"));
    }

    @Test
    void aPromptThatIsNotThereOrNotTheirsIsRefusedAsAnywhereElse() {
        String id = owner.create(name("closed"));
        try (V1Client stranger = V1Client.of(server, EventVisibilityTest.caller("stranger", "elsewhere"));
                V1Client nobody = V1Client.nobody(server)) {
            assertEquals(
                    404, owner.get("/events?prompt=0123456789abcdef01234567").status());
            assertEquals(403, stranger.get("/events?prompt=" + id).status());
            assertEquals(401, nobody.get("/events?prompt=" + id).status());
        }
    }

    @Test
    void aTokenThatDoesNotHoldIsRefusedThoughNobodyNeedsOne() {
        String expired = server.expired(TestServer.caller("owner"));
        try (V1Client worthless = V1Client.bearing(server, "no token at all");
                V1Client late = V1Client.bearing(server, expired)) {
            assertEquals(401, worthless.get("/events").status());
            assertEquals(401, late.get("/events").status());
        }
    }

    @Test
    void onlyAStreamIsToBeHadAndOnlyByGet() {
        assertEquals(406, owner.get("/events", "Accept", "application/json").status());
        assertEquals(405, owner.bytes("HEAD", "/events").statusCode());
        assertEquals(405, owner.post("/events", Map.of()).status());
    }

    @Test
    void whoHearsNothingIsToldHowFarTheStreamIs() {
        try (Listener listener = Listener.of(server, token, "?kind=environment.moved")) {
            String opened = listener.lastId();
            fence();

            String later = listener.idAfter(opened);

            assertTrue(listener.text().contains(": still here\nid: " + later));
            assertEquals(List.of(), listener.told());
        }
    }
}
