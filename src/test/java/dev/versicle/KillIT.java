package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after any kill of the process, and nothing is in the way of what comes next. */
class KillIT {
    private static final int ROUNDS = 5;
    private static final int CLIENTS = 8;
    private static final int PROMPTS = 3;
    private static final int ACKNOWLEDGED_MAX = 100;
    private static final int WINDOW = 100;

    @TempDir
    private Path directory;

    private final Queue<Kept> versions = new ConcurrentLinkedQueue<>();
    private final Queue<String> prompts = new ConcurrentLinkedQueue<>();

    /** A version that a client was told of; the title where an edit was acknowledged, too. */
    private record Kept(String prompt, String id, int number, String text, Optional<String> title) {}

    @Test
    void whateverWasAcknowledgedSurvivesAKill() {
        long seed = Long.getLong("versicle.seed", System.nanoTime());
        RandomGenerator random = chance(seed);
        for (int round = 0; round < ROUNDS; round++) {
            killedAtWork("seed " + seed + ", round " + round, random);
        }
        String where = "seed " + seed + ", at the end";
        try (JarServer server = JarServer.run(directory);
                Api api = server.api()) {
            holds(api, where);
        }
        requireSound();
    }

    /** Checks what the kill before left, then works until a kill after a random number of acknowledgements. */
    private void killedAtWork(String where, RandomGenerator random) {
        CountDownLatch acknowledged = new CountDownLatch(random.nextInt(1, ACKNOWLEDGED_MAX));
        List<RandomGenerator> chances =
                Stream.generate(() -> chance(random.nextLong())).limit(CLIENTS).toList();
        try (JarServer server = JarServer.run(directory);
                Api api = server.api()) {
            holds(api, where);
            List<String> shared = IntStream.range(0, PROMPTS)
                    .mapToObj(i -> api.create("shared " + i + " of " + where, "the first word"))
                    .toList();
            prompts.addAll(shared);
            Crowd.of(CLIENTS + 1, member -> {
                if (member == CLIENTS) {
                    acknowledged.await();
                    server.kill();
                } else {
                    new Writer(api, shared, chances.get(member), acknowledged)
                            .untilKilled(where + ", client " + member);
                }
                return member;
            });
        }
        requireSound();
    }

    private static RandomGenerator chance(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private final class Writer {
        private final Api api;
        private final List<String> shared;
        private final RandomGenerator chance;
        private final CountDownLatch acknowledged;

        private Writer(Api api, List<String> shared, RandomGenerator chance, CountDownLatch acknowledged) {
            this.api = api;
            this.shared = shared;
            this.chance = chance;
            this.acknowledged = acknowledged;
        }

        /** Ends when nobody answers any more. */
        private void untilKilled(String who) {
            try {
                for (int i = 0; ; i++) {
                    write(who + ", text " + i);
                }
            } catch (UncheckedIOException e) {
                assertEquals(0, acknowledged.getCount(), () -> who + ": the server went away by itself: " + e);
            } finally {
                // However it ends, nobody waits for this client any more.
                LongStream.range(0, ACKNOWLEDGED_MAX).forEach(i -> acknowledged.countDown());
            }
        }

        private void write(String text) {
            if (chance.nextInt(8) == 0) {
                prompts.add(api.create(text, text));
            } else {
                save(shared.get(chance.nextInt(shared.size())), text);
            }
            acknowledged.countDown();
        }

        private void save(String prompt, String text) {
            Api.Answer answer = api.save(prompt, text).being(201);
            assertFalse(answer.skipped(), answer.text());
            Kept kept = new Kept(prompt, answer.get("versionId"), answer.number(), text, Optional.empty());
            versions.add(kept);
            if (chance.nextInt(3) == 0) {
                api.patch(Api.versions(prompt) + "/" + kept.id(), Map.of("title", text))
                        .being(200);
                versions.add(new Kept(prompt, kept.id(), kept.number(), text, Optional.of(text)));
            }
        }
    }

    private void holds(Api api, String where) {
        List<Kept> all = List.copyOf(versions);
        Crowd.of(CLIENTS, client -> {
            for (int i = client; i < all.size(); i += CLIENTS) {
                holds(api, all.get(i), where);
            }
            return client;
        });
        Map<String, Integer> latest = listed(api);
        assertTrue(latest.keySet().containsAll(prompts), where + ": a prompt is missing");
        latest.forEach((prompt, number) -> writingGoesOn(api, prompt, number, where));
    }

    private static void holds(Api api, Kept kept, String where) {
        JsonNode version = api.version(kept.prompt(), kept.id()).json();
        assertEquals(kept.text(), version.path("prompt").asText(), where);
        assertEquals(kept.number(), version.path("version").asInt(), where);
        kept.title()
                .ifPresent(title -> assertEquals(title, version.path("title").asText(), where));
    }

    /** Every prompt of the list with its latest number. */
    private static Map<String, Integer> listed(Api api) {
        Map<String, Integer> latest = new HashMap<>();
        for (int page = 1, pages = 1; page <= pages; page++) {
            JsonNode list = api.get(Api.PROMPTS + "/user?limit=" + WINDOW + "&page=" + page)
                    .being(200)
                    .json();
            pages = list.path("pagination").path("totalPages").asInt();
            list.path("prompts")
                    .forEach(prompt -> latest.put(
                            prompt.path("_id").asText(),
                            prompt.path("latestVersion").asInt()));
        }
        return latest;
    }

    private static void writingGoesOn(Api api, String prompt, int latest, String where) {
        Map<Integer, String> numbers = new LinkedHashMap<>();
        for (int page = 1; (page - 1) * WINDOW < latest; page++) {
            api.get(Api.versions(prompt) + "?limit=" + WINDOW + "&page=" + page)
                    .being(200)
                    .json()
                    .path("versions")
                    .forEach(version -> numbers.put(
                            version.path("version").asInt(), version.path("_id").asText()));
        }
        assertEquals(
                IntStream.iterate(latest, n -> n > 0, n -> n - 1).boxed().toList(),
                List.copyOf(numbers.keySet()),
                where);
        assertEquals(latest + 1, api.save(prompt, "after " + where).being(201).number(), where);
    }

    private void requireSound() {
        try (Stream<Path> directories = Files.walk(directory.resolve("data").resolve("prompts"), 2)) {
            directories.filter(path -> path.toString().endsWith(".git")).forEach(path -> new Git(path).requireSound());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
