package dev.versicle.http.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over real HTTP on both sides: made, seen, refused, told and told again. */
class V1WebhooksTest {
    private static final String SECRET = "5ec3e75ec3e75ec3e7";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LOOK_MILLIS = 20;

    /** Inside of networks, in every way to write it; no web address; or with what none may have. */
    private static final List<String> FORBIDDEN = List.of(
            "https://[::1]/",
            "https://0.0.0.0/",
            "https://10.1.2.3/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[ff02::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::a00:1]/",
            "https://167772161/",
            "https://010.0.0.1/",
            "https://0x0a.0.0.1/",
            "https://0xa000001/",
            "https://10.1/",
            "https://no-such-host.invalid/",
            "http://93.184.216.34/",
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "javascript:alert(1)",
            "https://user:password@example.org/",
            "https://user@93.184.216.34/",
            "https://example.org/#fragment",
            "https:///path",
            "https://exämple.org/",
            "https://93.184.216.34:0/",
            "https://93.184.216.34:65536/",
            "example.org",
            "//example.org/",
            " https://example.org/",
            "");

    @TempDir
    private Path data;

    /** A body that came, and as what. */
    record Came(String event, String delivery, String body) {}

    private final List<Came> came = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private TestServer server;
    private V1Client alice;
    private V1Client admin;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String event = exchange.getRequestHeaders().getFirst("X-GitHub-Event");
            String delivery = exchange.getRequestHeaders().getFirst("X-GitHub-Delivery");
            came.add(new Came(
                    event, delivery, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        open(Map.of());
    }

    private void open(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("versicle.webhooks-allow", "127.0.0.0/8");
        server = TestServer.start(data, settings);
        alice = V1Client.of(server, TestServer.caller("alice"));
        admin = V1Client.bearing(server, server.adminKey());
    }

    private void shut() {
        alice.close();
        admin.close();
        server.close();
    }

    @AfterEach
    void stop() {
        shut();
        receiver.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private Map<String, Object> wanted(String... more) {
        Map<String, Object> body =
                new HashMap<>(Map.of("url", url(), "secret", SECRET, "events", List.of("push", "version.created")));
        IntStream.range(0, more.length / 2).forEach(i -> body.put(more[2 * i], more[2 * i + 1]));
        return body;
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    private static void await(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Set<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsMadeIsToldWithoutItsSecret() {
        String prompt = alice.create("greeting");

        V1Client.Answer made = alice.post("/webhooks", wanted("prompt", prompt)).being(201);

        assertEquals(
                Set.of("id", "url", "events", "prompt", "namespace", "created_by", "created_at"), fields(made.json()));
        assertTrue(made.get("id").matches("[0-9a-f]{12}"), made.text());
        assertEquals(url(), made.get("url"));
        assertEquals("[\"push\",\"version.created\"]", made.at("/events").toString());
        assertEquals(prompt, made.get("prompt"));
        assertTrue(made.at("/namespace").isNull());
        assertEquals("alice", made.get("created_by"));
        assertEquals(
                made.json(), alice.get("/webhooks/" + made.get("id")).being(200).json());
        assertEquals(List.of(made.json()), items(alice.get("/webhooks").being(200)));
        alice.delete("/webhooks/" + made.get("id")).being(204);
        alice.get("/webhooks/" + made.get("id")).being(404);
        assertEquals(List.of(), items(alice.get("/webhooks").being(200)));
    }

    private static List<JsonNode> items(V1Client.Answer answer) {
        return StreamSupport.stream(answer.at("/items").spliterator(), false).toList();
    }

    @Test
    void aPingComesFirstThenWhatWasAskedFor() throws IOException {
        String prompt = alice.create("greeting");
        String id = alice.post("/webhooks", wanted("prompt", prompt)).being(201).get("id");
        await(() -> !came.isEmpty());

        String commit = alice.save(prompt, "Hello\n");
        await(() -> came.size() >= 3);

        assertEquals("ping", came.getFirst().event());
        assertEquals(
                Set.of("push", "version.created"),
                came.stream().skip(1).map(Came::event).collect(Collectors.toSet()));
        JsonNode push = MAPPER.readTree(came.stream()
                .filter(one -> one.event().equals("push"))
                .findFirst()
                .orElseThrow()
                .body());
        assertEquals(commit, push.path("after").asText());
        assertEquals(
                server.uri("/git/default/greeting.git").toString(),
                push.at("/repository/clone_url").asText());
        List<JsonNode> told = items(alice.get("/webhooks/" + id + "/deliveries").being(200));
        assertEquals(
                Set.of(
                        "id",
                        "event",
                        "prompt",
                        "status",
                        "attempts",
                        "response_status",
                        "duration_ms",
                        "next_attempt_at"),
                fields(told.getFirst()));
        assertEquals("ping", told.getLast().path("event").asText(), "the newest is first");
        assertEquals(
                came.stream().map(Came::delivery).collect(Collectors.toSet()),
                told.stream().map(one -> one.path("id").asText()).collect(Collectors.toSet()));
    }

    @Test
    void aDeliveryIsToldWithItsAttemptsAndSentAgainUnderItsOwnId() {
        String prompt = alice.create("greeting");
        String id = alice.post("/webhooks", wanted("prompt", prompt)).being(201).get("id");
        V1Client.Answer ping = alice.post("/webhooks/" + id + "/ping", "").being(202);
        String delivery = "/webhooks/" + id + "/deliveries/" + ping.get("id");
        assertEquals("ping", ping.get("event"));
        assertTrue(ping.at("/prompt").isNull());

        await(() -> alice.get(delivery).being(200).get("status").equals("delivered"));
        JsonNode whole = alice.get(delivery).being(200).json();
        assertEquals(1, whole.path("attempts").asInt());
        assertEquals(204, whole.path("response_status").asInt());
        assertTrue(whole.path("next_attempt_at").isNull());
        assertEquals(1, whole.path("log").size());
        assertEquals(Set.of("number", "at", "response_status", "duration_ms", "answer"), fields(whole.at("/log/0")));

        alice.post(delivery + "/redeliver", "").being(202);
        await(() -> alice.get(delivery).being(200).at("/log").size() == 2);
        assertEquals(
                2,
                came.stream()
                        .filter(one -> one.delivery().equals(ping.get("id")))
                        .count());
    }

    @Test
    void deliveriesComeInParts() {
        String id = admin.post("/webhooks", wanted()).being(201).get("id");
        IntStream.range(0, 4)
                .forEach(i -> admin.post("/webhooks/" + id + "/ping", "").being(202));
        String list = "/webhooks/" + id + "/deliveries";

        V1Client.Answer first = admin.get(list + "?limit=3").being(200);
        V1Client.Answer second =
                admin.get(list + "?limit=3&cursor=" + first.get("next_cursor")).being(200);

        assertEquals(3, first.at("/items").size());
        assertEquals(2, second.at("/items").size());
        assertTrue(second.at("/next_cursor").isNull());
        assertEquals("must be from 1 to 100", admin.get(list + "?limit=0").rule("limit"));
        assertEquals("must be from 1 to 100", admin.get(list + "?limit=101").rule("limit"));
        for (String cursor :
                List.of("x", "", "ZnJvbSAx=", "YmVsb3cgMQ", "ZnJvbSAwMQ", "ZnJvbSA5OTk5OTk5OTk5OTk5OTk5OTk5")) {
            assertEquals(
                    "must be one that this server gave",
                    admin.get(list + "?cursor=" + cursor).rule("cursor"));
        }
    }

    @Test
    void oneThatIsOfNoConcernIsUnknown() {
        String prompt = alice.create("greeting");
        String id = alice.post("/webhooks", wanted("prompt", prompt)).being(201).get("id");
        String ping = alice.post("/webhooks/" + id + "/ping", "").being(202).get("id");
        try (V1Client bob = V1Client.of(server, TestServer.caller("bob", Role.WRITER))) {
            for (String path : List.of("/" + id, "/0123456789ab", "/x", "/" + id + "/deliveries/" + ping)) {
                assertEquals("NOT_FOUND", bob.get("/webhooks" + path).being(404).get("error"));
            }
            bob.delete("/webhooks/" + id).being(404);
            bob.post("/webhooks/" + id + "/ping", "").being(404);
            assertEquals(List.of(), items(bob.get("/webhooks").being(200)));
        }
        for (String unknown : List.of("x", "1-1-1-1-1", "0b6e2ac8-2f0e-4d63-9d43-6c5b3c1f7a10")) {
            alice.get("/webhooks/" + id + "/deliveries/" + unknown).being(404);
            alice.post("/webhooks/" + id + "/deliveries/" + unknown + "/redeliver", "")
                    .being(404);
        }
    }

    @Test
    void whoMayHaveOneForWhat() {
        String prompt = alice.create("greeting");
        Caller writer =
                new Caller("walter", Optional.empty(), Optional.empty(), new Namespace("acme"), Set.of(Role.WRITER));
        try (V1Client walter = V1Client.of(server, writer);
                V1Client nobody = V1Client.nobody(server)) {
            nobody.post("/webhooks", wanted()).being(401);
            nobody.get("/webhooks").being(401);
            walter.post("/webhooks", wanted("prompt", prompt)).being(403);
            walter.post("/webhooks", wanted("namespace", "default")).being(403);
            walter.post("/webhooks", wanted()).being(403);
            walter.post("/webhooks", wanted("prompt", "f".repeat(24))).being(404);
            walter.post("/webhooks", wanted("prompt", "greeting")).being(404);
            String own = walter.post("/webhooks", wanted("namespace", "acme"))
                    .being(201)
                    .get("id");
            admin.get("/webhooks/" + own).being(200);
            alice.post("/webhooks", wanted("namespace", "default")).being(403);
            alice.get("/webhooks/" + own).being(404);
        }
        admin.post("/webhooks", wanted()).being(201);
        String admins =
                admin.post("/webhooks", wanted("prompt", prompt)).being(201).get("id");
        alice.delete("/webhooks/" + admins).being(204);
    }

    @Test
    void aBodyThatIsWrongIsRefusedByItsField() {
        Map<String, Object> good = wanted();
        assertEquals("is required", admin.post("/webhooks", Map.of()).rule("url"));
        String secrets = "must be 16 to 200 visible ASCII characters";
        for (String secret : List.of("x".repeat(15), "x".repeat(201), "x".repeat(15) + " ", "x".repeat(15) + "é", "")) {
            assertEquals(
                    secrets,
                    admin.post("/webhooks", with(good, "secret", secret)).rule("secret"));
        }
        assertEquals(
                "is required", admin.post("/webhooks", Map.of("url", url())).rule("secret"));
        assertEquals(
                "must name at least one kind of event",
                admin.post("/webhooks", with(good, "events", List.of())).rule("events"));
        for (String event : List.of("ping", "prompt.renamed", "pull_request", "Push", "")) {
            assertEquals(
                    "has none named " + event + "; there are push, version.created, metadata.changed,"
                            + " environment.moved, prompt.created, prompt.deleted",
                    admin.post("/webhooks", with(good, "events", List.of("push", event)))
                            .rule("events"));
        }
        assertEquals(
                "must not be there beside prompt",
                admin.post("/webhooks", wanted("prompt", "f".repeat(24), "namespace", "default"))
                        .rule("namespace"));
        assertFalse(admin.post("/webhooks", wanted("namespace", "Default"))
                .rule("namespace")
                .isEmpty());
        assertEquals(List.of(), items(admin.get("/webhooks")));
        admin.post("/webhooks", with(good, "secret", "x".repeat(16))).being(201);
        admin.post("/webhooks", with(good, "secret", "x".repeat(200))).being(201);
    }

    @Test
    void anAddressThatThisServerMayNotCallIsRefused() {
        for (String url : FORBIDDEN) {
            assertFalse(
                    admin.post("/webhooks", with(wanted(), "url", url))
                            .rule("url")
                            .isEmpty(),
                    url);
        }
        assertEquals(List.of(), items(admin.get("/webhooks")));
    }

    @Test
    void loopbackIsRefusedUnlessTheOperatorAllowsIt() {
        shut();
        server = TestServer.start(data);
        admin = V1Client.bearing(server, server.adminKey());
        alice = V1Client.of(server, TestServer.caller("alice"));

        for (String url : List.of(url(), "https://127.0.0.1/", "https://127.1.2.3/", "https://[::ffff:127.0.0.1]/")) {
            assertEquals(
                    "must not lead to an address that this server may not call",
                    admin.post("/webhooks", with(wanted(), "url", url)).rule("url"));
        }
    }

    @Test
    void theTwentyFirstOfAPromptIsRefused() {
        String prompt = alice.create("greeting");
        IntStream.range(0, 20)
                .forEach(i -> alice.post("/webhooks", wanted("prompt", prompt)).being(201));

        assertEquals(
                "of this prompt are 20 already, which is as many as there may be",
                alice.post("/webhooks", wanted("prompt", prompt)).rule("webhooks"));
    }

    @Test
    void theSameRequestUnderOneKeyMakesOne() {
        V1Client.Answer first =
                admin.post("/webhooks", wanted(), "Idempotency-Key", "a").being(201);
        V1Client.Answer again =
                admin.post("/webhooks", wanted(), "Idempotency-Key", "a").being(201);

        assertEquals(first.json(), again.json());
        assertEquals(Optional.of("true"), again.header("Idempotent-Replayed"));
        assertEquals(1, items(admin.get("/webhooks")).size());
    }

    @Test
    void linksBeginWithTheAddressThatTheOperatorSays() throws IOException {
        shut();
        open(Map.of("versicle.url", "https://prompts.example.org"));
        String prompt = alice.create("greeting");
        alice.post("/webhooks", wanted("prompt", prompt)).being(201);
        alice.save(prompt, "Hello\n");
        await(() -> came.size() >= 3);

        JsonNode push = MAPPER.readTree(came.stream()
                .filter(one -> one.event().equals("push"))
                .findFirst()
                .orElseThrow()
                .body());
        assertEquals(
                "https://prompts.example.org/git/default/greeting",
                push.at("/repository/html_url").asText());
    }

    @Test
    void oneForADeletedPromptFallsSilentAndTellsThatItIsDeleted() {
        String prompt = alice.create("greeting");
        String id = alice.post("/webhooks", with(wanted("prompt", prompt), "events", List.of("prompt.deleted")))
                .being(201)
                .get("id");
        alice.delete("/prompts/" + prompt).being(204);
        await(() -> came.size() >= 2);

        assertEquals("prompt.deleted", came.getLast().event());
        assertEquals(id, alice.get("/webhooks/" + id).being(200).get("id"), "its maker sees it still");
    }
}
