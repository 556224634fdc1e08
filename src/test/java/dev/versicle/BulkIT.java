package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts out of one jar and into another one, which is killed at it, and has little memory. */
class BulkIT {
    private static final int PROMPTS = 60;
    private static final int PAGE = 10;
    private static final int KILLED_AFTER = 20;
    private static final int LARGE_PROMPTS = 16;
    /** Random text, of which three quarters survive compression: the archive is larger than the heap. */
    private static final int LARGE_BYTES = 1 << 20;

    private static final Map<String, String> LITTLE_HEAP =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx80m", "VERSICLE_CACHE_MIB", "4");
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path root;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static JarServer server(Path directory, Map<String, String> settings) {
        try {
            return JarServer.run(Files.createDirectories(directory), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest request(JarServer server, String method, String path, BodyPublisher body) {
        URI address = server.address();
        return HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body)
                .setHeader("Authorization", "Bearer " + Api.key(server.data()))
                .build();
    }

    private Path exported(JarServer server) throws IOException, InterruptedException {
        Path tar = root.resolve("export.tar");
        HttpResponse<Path> answer =
                http.send(request(server, "GET", "/v1/export", BodyPublishers.noBody()), BodyHandlers.ofFile(tar));
        assertEquals(200, answer.statusCode());
        return tar;
    }

    /** The ids that a line tells of as imported, until there is no further line or {@code enough} of them. */
    private List<String> imported(JarServer server, Path tar, int enough) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(
                request(server, "POST", "/v1/import", BodyPublishers.ofFile(tar)), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        List<String> ids = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && ids.size() < enough; line = lines.readLine()) {
                JsonNode json = MAPPER.readTree(line);
                if (json.path("outcome").asText().equals("imported")) {
                    ids.add(json.path("id").asText());
                }
            }
        }
        return ids;
    }

    /** What a search finds for a word that every prompt of this test has. */
    private static List<String> found(Api api) {
        return IntStream.range(0, 2)
                .mapToObj(page -> api.get("/v1/prompts?q=prompt&limit=100&offset=" + 100 * page)
                        .being(200)
                        .json()
                        .path("items"))
                .flatMap(items -> items.findValuesAsText("id").stream())
                .toList();
    }

    /** In short pages: each holds the texts of its prompts. */
    private static List<String> listed(Api api) {
        return IntStream.rangeClosed(1, PROMPTS / PAGE)
                .mapToObj(page -> api.get(Api.PROMPTS + "/user?limit=" + PAGE + "&page=" + page)
                        .being(200)
                        .json()
                        .path("prompts"))
                .flatMap(prompts -> prompts.findValuesAsText("_id").stream())
                .toList();
    }

    @Test
    void whatALineAcknowledgedSurvivesAKillInTheMidstOfAnImport() throws Exception {
        Path tar;
        try (JarServer from = server(root.resolve("from"), Map.of());
                Api api = from.api()) {
            IntStream.range(0, PROMPTS).forEach(i -> api.create("prompt " + i, "text " + i));
            tar = exported(from);
        }
        List<String> acknowledged;
        try (JarServer to = server(root.resolve("to"), Map.of())) {
            acknowledged = imported(to, tar, KILLED_AFTER);
            to.kill();
        }

        try (JarServer to = server(root.resolve("to"), Map.of());
                Api api = to.api()) {
            assertEquals(KILLED_AFTER, acknowledged.size());
            assertTrue(listed(api).containsAll(acknowledged));
            assertEquals(Set.copyOf(listed(api)), Set.copyOf(found(api)));
            acknowledged.forEach(id -> assertFalse(
                    api.get(Api.PROMPTS + "/" + id).being(200).get("name").isEmpty()));
            int before = listed(api).size();
            assertEquals(PROMPTS - before, imported(to, tar, PROMPTS).size());
            assertEquals(PROMPTS, listed(api).size());
            assertEquals(PROMPTS, found(api).size());
        }
        requireSound(root.resolve("to"));
        Files.delete(root.resolve("to").resolve("data").resolve("catalog.db"));
        try (JarServer to = server(root.resolve("to"), Map.of());
                Api api = to.api()) {
            assertEquals(PROMPTS, listed(api).size());
            assertEquals(Set.copyOf(listed(api)), Set.copyOf(found(api)));
        }
    }

    private static void requireSound(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory.resolve("data").resolve("prompts"), 2)) {
            found.filter(path -> path.toString().endsWith(".git")).forEach(path -> new Git(path).requireSound());
        }
    }

    @Test
    void anArchiveOfAnySizeGoesThroughLittleMemory() throws Exception {
        Path tar;
        try (JarServer from = server(root.resolve("from"), LITTLE_HEAP);
                Api api = from.api()) {
            for (int i = 0; i < LARGE_PROMPTS; i++) {
                String id = api.create("prompt " + i, noise(i));
                for (int version = 1; version < 8; version++) {
                    api.save(id, noise(1_000 * version + i)).being(201);
                }
            }
            tar = exported(from);
        }

        assertTrue(Files.size(tar) > 80 << 20, () -> tar.toFile().length() + " bytes");
        try (JarServer to = server(root.resolve("to"), LITTLE_HEAP);
                Api api = to.api()) {
            assertEquals(LARGE_PROMPTS, imported(to, tar, LARGE_PROMPTS).size());
            assertEquals(LARGE_PROMPTS, listed(api).size());
        }
    }

    private static String noise(int seed) {
        byte[] noise = new byte[LARGE_BYTES / 4 * 3];
        new Random(seed).nextBytes(noise);
        return Base64.getEncoder().encodeToString(noise);
    }
}
