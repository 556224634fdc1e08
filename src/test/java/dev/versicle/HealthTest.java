package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server says whether it lives and whether it can write, on disks that really cannot be written. */
class HealthTest {
    private static final String LIVENESS = "/health/liveness";
    private static final String READINESS = "/health/readiness";
    private static final String ANSWERS_NOTHING = "500 Internal server error";

    @TempDir
    private Path directory;

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    @Test
    void aServerInOrderIsAliveAndReadyForEverybody() {
        try (TestServer server = TestServer.start(directory.resolve("data"));
                Api api = Api.of(server.uri(""), server.data())) {
            for (String path : List.of("/health", LIVENESS, READINESS)) {
                Api.Answer answer = api.send("GET", path, BodyPublishers.noBody(), "Authorization", "none");
                assertEquals("200 UP", answer.status() + " " + answer.get("status"));
                requireTellsNothing(server, answer);
            }
            assertFalse(Files.exists(server.data().resolve("probe")));
        }
    }

    @Test
    void healthTellsHowFarTheIndexIs() throws IOException {
        Path data = directory.resolve("data");
        try (TestServer server = TestServer.start(data);
                Api api = Api.of(server.uri(""), data)) {
            api.create("watched", "one");
        }
        Files.delete(data.resolve("catalog.db"));
        try (TestServer server = TestServer.start(data);
                Api api = Api.of(server.uri(""), data)) {
            Api.Answer answer = api.get("/health").being(200);

            JsonNode index = answer.json().path("details").path("index");
            assertEquals("UP", index.path("status").asText());
            JsonNode details = index.path("details");
            assertEquals(
                    "complete 1 of 1",
                    details.path("state").asText() + " " + details.path("done") + " of " + details.path("total"));
        }
    }

    @Test
    void aReadOnlyDiskStopsWritesAloneAndOnlyWhileItIsReadOnly() throws IOException {
        try (DiskImage disk = DiskImage.mount(directory)) {
            requireWaitsForTheDisk(disk.place(), disk::freeze, disk::thaw);
        }
    }

    @Test
    void aFullDiskStopsWritesAloneAndOnlyWhileItIsFull() throws IOException {
        try (DiskImage disk = DiskImage.mount(directory)) {
            requireWaitsForTheDisk(disk.place(), disk::fill, disk::empty);
        }
    }

    private void requireWaitsForTheDisk(Path disk, Step spoil, Step mend) throws IOException {
        Path data = disk.resolve("data");
        String prompt;
        try (TestServer server = TestServer.start(data);
                Api api = Api.of(server.uri(""), data)) {
            prompt = api.create("watched", "one");
            String version = api.save(prompt, "two").being(201).get("versionId");
            await(api, 200);

            spoil.take();
            await(api, 503);
            assertEquals(200, api.get(LIVENESS).status());
            requireTellsNothing(server, api.get("/health").being(503));
            Api.Answer refused = api.save(prompt, "three".repeat(20_000));
            assertEquals(ANSWERS_NOTHING, refused.status() + " " + refused.get("error"));
            requireTellsNothing(server, refused);
            assertEquals(500, api.creation("another", "x").status());
            assertEquals("two", api.version(prompt, version).get("prompt"));
            assertEquals(
                    2,
                    api.get(Api.versions(prompt))
                            .being(200)
                            .json()
                            .get("versions")
                            .size());

            mend.take();
            await(api, 200);
            assertEquals(3, api.save(prompt, "three").being(201).number());
            api.create("another", "x");
        }
        requireSound(data, prompt);
    }

    /** Asks until the verdict of a moment ago is forgotten. */
    private static void await(Api api, int status) {
        while (api.get(READINESS).status() != status) {
            Thread.onSpinWait();
        }
    }

    private void requireTellsNothing(TestServer server, Api.Answer answer) {
        Set<String> told = new TreeSet<>();
        for (String word : List.of(
                server.data().toString(),
                directory.toString(),
                "Exception",
                "java.",
                "dev.versicle",
                "space",
                "permitted")) {
            if (answer.text().contains(word)) {
                told.add(word);
            }
        }
        assertEquals(Set.of(), told, answer.text());
    }

    private static void requireSound(Path data, String prompt) {
        Git git = new Git(data.resolve("prompts").resolve(prompt.substring(22)).resolve(prompt + ".git"));
        git.requireSound();
        assertEquals("3", git.run("rev-list", "--count", "main"));
        assertTrue(git.run("for-each-ref").contains("refs/heads/main"));
    }
}
