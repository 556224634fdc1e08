package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.versicle.Receiver.Letter;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was to be told is told after any kill of the process: all of it, in its order, under the ids that it had. */
class DeliveriesKilledIT {
    private static final int PROMPTS = 25;
    private static final int VERSIONS = 40;
    private static final int EVENTS = PROMPTS * VERSIONS;
    private static final Map<String, String> SETTINGS = Map.of("VERSICLE_WEBHOOKS_ALLOW", "127.0.0.1");
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path directory;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger answersMax = new AtomicInteger(EVENTS / 3);

    /** One letter about a version, in short. */
    private record Told(String prompt, int version, UUID id, String body) {
        static Told of(Letter letter) {
            try {
                JsonNode body = MAPPER.readTree(letter.body());
                return new Told(
                        body.at("/prompt/id").asText(),
                        body.at("/version/version").asInt(),
                        letter.id(),
                        letter.body());
            } catch (IOException e) {
                throw new AssertionError(letter.body(), e);
            }
        }

        String name() {
            return prompt + " " + version;
        }
    }

    private static List<Told> told(List<Letter> letters) {
        return letters.stream()
                .filter(letter -> letter.event().equals("version.created"))
                .map(Told::of)
                .toList();
    }

    private static int distinct(List<Letter> letters) {
        return (int) told(letters).stream().map(Told::name).distinct().count();
    }

    /** Holds back what is beyond the present limit: the kill finds it on its way. */
    private void answer(Letter letter, HttpExchange exchange) throws IOException {
        if (answered.incrementAndGet() <= answersMax.get()) {
            Receiver.say(exchange, 200, "");
        }
    }

    @Test
    void everyEventArrivesInOrderUnderOneIdAlsoWhereTheServerIsKilled() {
        try (Receiver receiver = Receiver.start().answers(this::answer)) {
            try (JarServer server = JarServer.run(directory, SETTINGS);
                    Api api = server.api()) {
                subscribe(api, receiver);
                Crowd.of(PROMPTS, number -> write(api, number));
                receiver.await(answersMax.get() + 1);
                server.kill();
            }
            answersMax.set(answered.get() + EVENTS / 3);
            try (JarServer server = JarServer.run(directory, SETTINGS)) {
                receiver.await(answersMax.get() + 1);
                server.kill();
            }
            answersMax.set(Integer.MAX_VALUE);
            try (JarServer server = JarServer.run(directory, SETTINGS);
                    Api api = server.api()) {
                api.get("/v1/webhooks").being(200);
                List<Letter> letters = receiver.await(all -> distinct(all) == EVENTS);
                requireIds(told(letters));
                requireOrder(told(letters));
                assertTrue(told(letters).size() > EVENTS, "nothing was on its way at the kills");
            }
        }
    }

    private static void subscribe(Api api, Receiver receiver) {
        String body = "{\"url\": \"" + receiver.url("/") + "\", \"secret\": \"a-secret-of-two-people\","
                + " \"events\": [\"version.created\"]}";
        api.send("POST", "/v1/webhooks", BodyPublishers.ofString(body)).being(201);
    }

    private static int write(Api api, int number) {
        String prompt = api.create("prompt " + number, "version 1");
        IntStream.rangeClosed(2, VERSIONS)
                .forEach(version -> api.save(prompt, "version " + version).being(201));
        return VERSIONS;
    }

    /** Each event has one id and one body, whichever attempt it was. */
    private static void requireIds(List<Told> told) {
        Map<String, Set<String>> letters = new HashMap<>();
        Set<UUID> ids = new HashSet<>();
        for (Told one : told) {
            letters.computeIfAbsent(one.name(), name -> new HashSet<>()).add(one.id() + one.body());
            ids.add(one.id());
        }
        letters.forEach((name, same) -> assertEquals(1, same.size(), name));
        assertEquals(EVENTS, ids.size());
    }

    /** No version comes again after a later one, and none is left out. */
    private static void requireOrder(List<Told> told) {
        Map<String, List<Integer>> versions = new HashMap<>();
        told.forEach(one -> versions.computeIfAbsent(one.prompt(), prompt -> new ArrayList<>())
                .add(one.version()));
        List<Integer> all = IntStream.rangeClosed(1, VERSIONS).boxed().toList();
        versions.forEach((prompt, came) -> {
            assertEquals(came.stream().sorted().toList(), came, prompt);
            assertEquals(all, came.stream().distinct().toList(), prompt);
        });
        assertEquals(PROMPTS, versions.size());
    }
}
