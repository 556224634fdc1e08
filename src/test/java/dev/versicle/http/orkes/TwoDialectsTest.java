package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tether's and Orkes' requests to the same paths, and to the same prompt. */
class TwoDialectsTest {
    private static final Caller ALICE = TestServer.caller("alice");

    @TempDir
    private static Path data;

    private static TestServer server;
    private static OrkesClient orkes;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        orkes = OrkesClient.of(server, ALICE);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        orkes.close();
        server.close();
    }

    private static HttpResponse<String> tether(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/api" + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + server.token(ALICE))
                .header("Content-Type", "application/json")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** A refusal shows whose words they are: Tether's {@code details}, Orkes' {@code instance}. */
    @ParameterizedTest
    @CsvSource({
        "GET, /prompts/5f7b1c2e8a1d4e0012c3b4a5, 404, 404",
        "PUT, /prompts/5f7b1c2e8a1d4e0012c3b4a5, 400, 400",
        "DELETE, /prompts/5f7b1c2e8a1d4e0012c3b4a5, 404, 404",
        "GET, /prompts/5f7b1c2e8a1d4e0012c3b4a5/versions, 404, 404",
        "POST, /prompts/5f7b1c2e8a1d4e0012c3b4a5/versions, 404, 405",
        "GET, /prompts/user?page=0, 400, 404",
        "POST, /prompts/create, 400, 400",
        "GET, /prompts/5f7b1c2e8a1d4e0012c3b4a5/tags, 404, 404",
        "PATCH, /prompts/5f7b1c2e8a1d4e0012c3b4a5, 405, 405",
        "GET, /prompts/a/b/c/d, 404, 404",
        "POST, /prompts, 404, 400",
    })
    void eachDoorAnswersInItsOwnWords(String method, String path, int tethers, int orkess)
            throws IOException, InterruptedException {
        HttpResponse<String> here = tether(method, path, "{}");
        OrkesClient.Answer there = orkes.send(method, path, BodyPublishers.ofString("{}"));

        assertEquals(tethers, here.statusCode(), here.body());
        assertTrue(OrkesClient.json(here.body()).has("details"), here.body());
        assertEquals(orkess, there.status(), there.text());
        assertTrue(there.json().has("instance"), there.text());
    }

    @Test
    void onePromptIsTheSameAtBothDoors() throws IOException, InterruptedException {
        orkes.post("/prompts/both?description=from+Orkes", "one").being(200);
        orkes.post("/prompts/both?description=from+Orkes+again&version=5", "five")
                .being(200);
        String id = server.part(PromptIndex.class)
                .find(Namespace.DEFAULT, new PromptName("both"))
                .orElseThrow()
                .hex();

        String saved = tether(
                        "POST", "/prompts/" + id + "/versions", "{\"prompt\":\"six\",\"description\":\"from Tether\"}")
                .body();
        assertEquals(6, OrkesClient.json(saved).get("version").intValue());
        orkes.put("/prompts/both?description=edited&version=1", "one, better").being(200);

        JsonNode here = OrkesClient.json(
                tether("GET", "/prompts/" + id + "/versions", "").body());
        JsonNode there = orkes.get("/prompts/both/versions").being(200).json();
        assertEquals(3, there.size());
        for (int i = 0; i < there.size(); i++) {
            JsonNode mine = here.get("versions").get(i);
            JsonNode theirs = there.get(i);
            assertEquals(mine.get("version"), theirs.get("version"));
            assertEquals(mine.get("description"), theirs.get("description"));
            assertEquals(mine.get("preview"), theirs.get("template"));
        }
        assertEquals(
                "[\"six\",\"five\",\"one, better\"]",
                there.findValues("template").toString().replace(", \"", ",\""));
        assertEquals(
                "both",
                OrkesClient.json(tether("GET", "/prompts/" + id, "").body())
                        .get("name")
                        .textValue());
    }

    @Test
    void whatTetherMakesOrkesFindsByItsName() throws IOException, InterruptedException {
        tether("POST", "/prompts/create", "{\"name\":\"from Tether/1\",\"prompt\":\"${x}\"}");
        JsonNode read = orkes.get("/prompts/from+Tether%2F1").being(200).json();
        assertEquals("${x}", read.get("template").textValue());
        assertEquals("", read.get("description").textValue());

        orkes.delete("/prompts/from%20Tether%2F1").being(200);
        assertTrue(OrkesClient.json(tether("GET", "/prompts/user", "").body()).findValuesAsText("name").stream()
                .noneMatch("from Tether/1"::equals));
    }
}
