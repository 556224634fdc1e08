package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.Receiver.Letter;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** From a save over REST to the receiver, and what an operator sees of it. */
@Isolated("reads what the whole process logs")
class WebhooksArriveTest {
    private static final String HOOKS = "/v1/webhooks";
    private static final String SECRET = "a-secret-of-two-people";
    private static final String REBOUND = "rebound.example";
    private static final String ALLOWED = "127.0.0.1";
    private static final String FORBIDDEN = "127.0.0.2";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path data;

    private TestServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = TestServer.start(data, Map.of("versicle.webhooks-allow", ALLOWED, NamesForTests.SETTING, true));
        api = Api.of(server.uri(""), data);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private Api.Answer subscription(String url, String... events) {
        String names = List.of(events).stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
        String body = "{\"url\": \"" + url + "\", \"secret\": \"" + SECRET + "\", \"events\": " + names + "}";
        return api.send("POST", HOOKS, BodyPublishers.ofString(body));
    }

    private String subscribe(String url, String... events) {
        return subscription(url, events).being(201).get("id");
    }

    private Api.Answer post(String path) {
        return api.send("POST", path, BodyPublishers.noBody());
    }

    private static String deliveries(String hook) {
        return HOOKS + "/" + hook + "/deliveries";
    }

    private List<JsonNode> listed(String hook) {
        JsonNode items =
                api.get(deliveries(hook) + "?limit=100").being(200).json().path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** What is told of the newest delivery, as soon as it is as wanted. */
    private JsonNode awaitNewest(String hook, Predicate<JsonNode> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(listed(hook).getFirst())) {
            assertTrue(System.nanoTime() < end, () -> listed(hook).toString());
            Thread.sleep(PAUSE);
        }
        return listed(hook).getFirst();
    }

    private static Predicate<JsonNode> being(String status) {
        return delivery -> delivery.path("status").asText().equals(status);
    }

    private static List<Letter> about(List<Letter> letters, String event) {
        return letters.stream().filter(letter -> letter.event().equals(event)).toList();
    }

    private static JsonNode json(Letter letter) {
        try {
            return MAPPER.readTree(letter.body());
        } catch (IOException e) {
            throw new AssertionError(letter.body(), e);
        }
    }

    @Test
    void savesArriveSignedAndInTheirOrder() throws IOException {
        try (Receiver receiver = Receiver.start()) {
            subscribe(receiver.url("/hook"), "version.created", "push");

            String prompt = api.create("told", "one");
            api.save(prompt, "two").being(201);
            api.save(prompt, "three").being(201);
            List<Letter> letters =
                    receiver.await(all -> about(all, "version.created").size() == 3
                            && about(all, "push").size() == 3);

            List<Integer> versions = about(letters, "version.created").stream()
                    .map(letter -> json(letter).at("/version/version").asInt())
                    .toList();
            assertEquals(List.of(1, 2, 3), versions);
            List<JsonNode> pushes = about(letters, "push").stream()
                    .map(WebhooksArriveTest::json)
                    .toList();
            assertEquals(pushes.get(0).path("after"), pushes.get(1).path("before"));
            assertEquals(pushes.get(1).path("after"), pushes.get(2).path("before"));
            for (Letter letter : letters) {
                String signature = "sha256=" + OpenSsl.hmac(letter.body(), SECRET);
                assertEquals(Optional.of(signature), letter.header("X-hub-signature-256"));
            }
        }
    }

    @Test
    void whatCameOfADeliveryIsShownAndItIsSentAgainWhenAskedFor() throws InterruptedException {
        try (Receiver receiver = Receiver.start()) {
            String hook = subscribe(receiver.url("/"), "version.created");
            api.create("told", "one");
            JsonNode delivered = awaitNewest(
                    hook,
                    being("delivered").and(one -> one.path("event").asText().equals("version.created")));
            assertEquals(200, delivered.path("response_status").asInt());

            String path = deliveries(hook) + "/" + delivered.path("id").asText();
            assertEquals(
                    "thank you",
                    api.get(path).being(200).json().at("/log/0/answer").asText());
            post(path + "/redeliver").being(202);
            List<Letter> letters = about(receiver.await(3), "version.created");

            assertEquals(2, letters.size());
            assertEquals(letters.getFirst().id(), letters.getLast().id());
            assertEquals(letters.getFirst().body(), letters.getLast().body());
        }
    }

    @Test
    void aNameThatLeadsElsewhereSinceItWasSavedIsNotFollowed() throws InterruptedException {
        NamesForTests.Book names = server.part(NamesForTests.Book.class);
        names.lead(REBOUND, ALLOWED);
        try (Receiver receiver = Receiver.start();
                Receiver inside = Receiver.start(FORBIDDEN, receiver.port())) {
            String hook = subscribe("http://" + REBOUND + ":" + receiver.port() + "/", "version.created");
            receiver.await(1);
            names.lead(REBOUND, FORBIDDEN);

            api.create("told", "one");
            JsonNode refused = awaitNewest(
                    hook,
                    delivery -> !delivery.path("event").asText().equals("ping")
                            && delivery.path("attempts").asInt() > 0);
            assertTrue(refused.path("response_status").isNull());
            String path = deliveries(hook) + "/" + refused.path("id").asText();
            assertEquals(
                    "Nothing was sent: the URL must not lead to an address that this server may not call.",
                    api.get(path).being(200).json().at("/log/0/answer").asText());
            assertEquals(List.of(), inside.letters());

            names.lead(REBOUND, ALLOWED);
            server.pass(Duration.ofHours(1));
            // Whoever rests looks at the clock again.
            post(HOOKS + "/" + hook + "/ping").being(202);
            assertEquals(1, about(receiver.await(3), "version.created").size());
            assertEquals(List.of(), inside.letters());
        }
    }

    @Test
    void anAddressThatMayNotBeCalledIsRefusedWhenItIsSaved() {
        server.part(NamesForTests.Book.class).lead(REBOUND, FORBIDDEN);

        subscription("http://" + REBOUND + "/", "push").being(422);
    }

    @Test
    void ofARemovedWebhookNothingIsSentAnyMore() {
        try (Receiver receiver = Receiver.start();
                Receiver other = Receiver.start()) {
            String hook = subscribe(receiver.url("/"), "version.created");
            subscribe(other.url("/"), "version.created");
            receiver.await(1);
            api.send("DELETE", HOOKS + "/" + hook, BodyPublishers.noBody()).being(204);

            api.create("told", "one");
            other.await(all -> about(all, "version.created").size() == 1);

            assertEquals(1, receiver.letters().size());
            api.get(deliveries(hook)).being(404);
        }
    }

    @Test
    void deliveriesAreForgottenWithTheEventsTheyTellOf() throws InterruptedException {
        try (Receiver receiver = Receiver.start()) {
            String hook = subscribe(receiver.url("/"), "version.created");
            awaitNewest(hook, being("delivered"));
            server.part(HistoryPurge.class).purge();
            assertEquals(1, listed(hook).size());

            server.pass(Duration.ofDays(7));
            server.part(HistoryPurge.class).purge();

            assertEquals(List.of(), listed(hook));
        }
    }

    @Test
    void attemptsAreCounted() throws InterruptedException {
        try (Receiver receiver = Receiver.start().answers(500, "")) {
            String hook = subscribe(receiver.url("/"), "version.created");
            awaitNewest(hook, being("parked"));
            receiver.answers(200, "");
            post(HOOKS + "/" + hook + "/ping").being(202);
            awaitNewest(hook, being("delivered"));

            Scrape scrape = Scrape.text(api.get("/prometheus").being(200).text());

            assertEquals(1, scrape.sum("versicle_webhook_attempts_total", "outcome=delivered"));
            assertEquals(1, scrape.sum("versicle_webhook_attempts_total", "outcome=failed"));
            assertEquals(0, scrape.value("versicle_webhook_parked_total"));
            assertEquals(0, scrape.value("versicle_webhook_waiting"));
        }
    }

    @Test
    void theSecretIsInNoLogAtAnyLevel() throws InterruptedException {
        try (Receiver receiver = Receiver.start().answers(500, "");
                ServersLog log = ServersLog.allTurnedUp()) {
            String hook = subscribe(receiver.url("/"), "version.created");
            awaitNewest(hook, being("parked"));
            receiver.answers(200, "");
            api.create("told", "one");
            awaitNewest(hook, being("delivered"));
            String path =
                    deliveries(hook) + "/" + listed(hook).getFirst().path("id").asText();
            String shown = api.get(path).being(200).text() + api.get(HOOKS).text();

            List<String> lines = log.events().stream().map(ServersLog::line).toList();

            assertTrue(lines.stream().anyMatch(line -> line.contains("Webhook " + hook + ": delivery ")));
            assertEquals(
                    List.of(),
                    lines.stream().filter(line -> line.contains(SECRET)).toList());
            assertFalse(shown.contains(SECRET), shown);
        }
    }
}
