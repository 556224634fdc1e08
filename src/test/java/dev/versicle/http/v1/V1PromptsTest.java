package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.http.v1.V1Client.Answer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts: made, found, named, shared, taken away and brought back; and the keys to them. */
class V1PromptsTest {
    @TempDir
    private static Path data;

    private static TestServer server;
    private static V1Client alice;
    private static V1Client bob;
    private static V1Client nobody;
    private static V1Client admin;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        alice = V1Client.of(server, TestServer.caller("alice"));
        bob = V1Client.of(
                server,
                new Caller("bob", Optional.empty(), Optional.empty(), new Namespace("bobs"), Set.of(Role.WRITER)));
        nobody = V1Client.nobody(server);
        admin = V1Client.bearing(server, server.adminKey());
    }

    @AfterAll
    static void stop() {
        List.of(alice, bob, nobody, admin).forEach(V1Client::close);
        server.close();
    }

    @Test
    void aNewPromptIsToldWhole() {
        Answer made = alice.post(
                        "/prompts",
                        "{\"name\": \"whole\", \"description\": \"D\", \"tags\": [\"sales\", \"lang:en:gb\"],"
                                + " \"visibility\": \"public\"}")
                .being(201);
        List<String> fields = new ArrayList<>();
        made.json().fieldNames().forEachRemaining(fields::add);
        assertEquals(
                "id name owner_id owner_username description tags created_at download_count visibility namespace"
                        + " latest_version updated_at protected_environments",
                String.join(" ", fields));
        assertEquals(
                "whole alice default D 0 public default null",
                String.join(
                        " ",
                        made.get("name"),
                        made.get("owner_id"),
                        made.get("owner_username"),
                        made.get("description"),
                        made.get("download_count"),
                        made.get("visibility"),
                        made.get("namespace"),
                        made.get("latest_version")));
        assertEquals("[\"lang:en:gb\",\"sales\"]", made.at("/tags").toString());
        assertEquals(Optional.of("/v1/prompts/" + made.get("id")), made.header("Location"));
        assertEquals(
                made.text(), nobody.get("/prompts/" + made.get("id")).being(200).text());
        assertEquals(
                made.text(), nobody.get("/prompts/default/whole").being(200).text());
        assertEquals(
                "CONFLICT",
                alice.post("/prompts", Map.of("name", "whole")).being(409).get("error"));
        bob.post("/prompts", Map.of("name", "whole")).being(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "a b", "a/b", "ä", "a_b", "a\\u0000"})
    void aNewNameIsPromptsDevs(String name) {
        assertTrue(alice.post("/prompts", "{\"name\": \"" + name + "\"}")
                .rule("name")
                .contains("^[a-z0-9-]+$"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|body",
                "[]|body",
                "{\"name\": 1}|name",
                "{\"name\": null}|name",
                "{}|name",
                "{\"name\": \"a\", \"name\": \"b\"}|body",
                "{\"name\": \"a\", \"tags\": \"x\"}|tags",
                "{\"name\": \"a\", \"tags\": [\"\"]}|tags",
                "{\"name\": \"a\", \"tags\": [\":x\"]}|tags",
                "{\"name\": \"a\", \"tags\": [\"a\\nb\"]}|tags",
                "{\"name\": \"a\", \"visibility\": \"secret\"}|visibility",
                "{\"name\": \"a\", \"description\": \"\\u0000\"}|description",
                "{\"name\": \"a\", \"description\": \"\\ud800\"}|description"
            })
    void whatIsNoNewPromptIsRefusedByItsField(String body, String field) {
        assertTrue(!alice.post("/prompts", body).rule(field).startsWith("{"), body);
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        alice.body("POST", "/prompts", new byte[] {'{', '"', (byte) 0xff, '"', '}'})
                .rule("body");
    }

    @Test
    void everyFailureOfTheFrameworkIsInTheEnvelope() {
        assertEquals("NOT_FOUND", alice.get("/nowhere").being(404).get("error"));
        assertEquals(
                "METHOD_NOT_ALLOWED", alice.put("/prompts", "{}").being(405).get("error"));
        assertEquals(
                "NOT_ACCEPTABLE",
                alice.get("/prompts", "Accept", "image/png").being(406).get("error"));
        assertEquals("UNAUTHORIZED", nobody.post("/prompts", "{}").being(401).get("error"));
        assertEquals(Optional.of("Bearer"), nobody.post("/prompts", "{}").header("WWW-Authenticate"));
        String large = "{\"name\": \"" + "a".repeat(8 << 20) + "\"}";
        assertEquals(
                "PAYLOAD_TOO_LARGE", alice.post("/prompts", large).being(413).get("error"));
    }

    @Test
    void promptsAreFound() {
        String id = alice.create("haystack", "Find the needle, Ναδία.");
        alice.create("needle-shop");
        Answer found = alice.get("/prompts?q=needle&limit=1").being(200);
        assertEquals(
                "needle 1 0 2",
                String.join(" ", found.get("query"), found.get("limit"), found.get("offset"), found.get("total")));
        assertEquals("needle-shop", found.at("/items/0/name").asText());
        assertEquals(
                id, alice.get("/prompts?q=needle&offset=1").at("/items/0/id").asText());
        assertEquals(0, bob.get("/prompts?q=needle").at("/total").asInt());
        assertEquals(0, nobody.get("/prompts?q=needle").at("/total").asInt());
        assertEquals(
                0, alice.get("/prompts?q=needle&namespace=bobs").at("/total").asInt());
        alice.get("/prompts?limit=0").rule("limit");
        alice.get("/prompts?limit=101").rule("limit");
        alice.get("/prompts?offset=-1").rule("offset");
        alice.get("/prompts?offset=x").rule("offset");
        alice.get("/prompts?namespace=A").rule("namespace");
        alice.get("/prompts?q=" + "x".repeat(201)).rule("q");
    }

    @Test
    void aPromptIsChangedAndItsFormerNameLeadsToIt() {
        String id = alice.create("before", "text");
        Answer changed = alice.patch(
                        "/prompts/" + id,
                        Map.of(
                                "name",
                                "sales/c++ ✓",
                                "tags",
                                List.of("x:y"),
                                "description",
                                "D",
                                "visibility",
                                "public"))
                .being(200);
        assertEquals(
                "sales/c++ ✓ D [\"x:y\"] public",
                String.join(
                        " ",
                        changed.get("name"),
                        changed.get("description"),
                        changed.at("/tags").toString(),
                        changed.get("visibility")));
        String now = "/prompts/default/sales%2Fc%2B%2B%20%E2%9C%93";
        assertEquals(id, nobody.get(now).being(200).get("id"));
        assertEquals(
                id,
                nobody.get("/prompts/default/sales%2Fc++%20%E2%9C%93")
                        .being(200)
                        .get("id"));
        assertEquals(
                Optional.of("/v1" + now),
                nobody.get("/prompts/default/before").being(307).header("Location"));
        assertEquals(
                Optional.of("/v1" + now + "/versions?limit=3"),
                nobody.get("/prompts/default/before/versions?limit=3")
                        .being(307)
                        .header("Location"));
        assertEquals(1, alice.get("/prompts?folder=sales").at("/total").asInt());
        alice.create("before");
        alice.get("/prompts/default/before").being(200);
        assertEquals(
                "CONFLICT",
                alice.patch("/prompts/" + id, Map.of("name", "before"))
                        .being(409)
                        .get("error"));
        alice.patch("/prompts/" + id, "{}").rule("body");
        alice.patch("/prompts/" + id, "{\"name\": \" \"}").rule("name");
        alice.patch("/prompts/" + id, Map.of("namespace", "bobs")).being(403);
        assertEquals(
                "null", alice.patch("/prompts/" + id, "{\"description\": null}").get("description"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a;b=c", "a?b#c", "versions", "draft", "حفظ 😀", "a\\b", "{name}", "100%"})
    void anyOtherNameIsOpaqueText(String name) {
        String id = alice.create("plain-" + Math.floorMod(name.hashCode(), 1_000_000));
        alice.patch("/prompts/" + id, Map.of("name", name)).being(200);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        // As bytes: to the judge of answers a prompt named "draft" would be the draft of one with the id "default".
        assertTrue(text("/prompts/default/" + encoded).contains("\"id\":\"" + id + "\""));
        assertTrue(text("/prompts/default/" + encoded + "/versions").contains("\"total\":0"));
    }

    private static String text(String path) {
        return new String(alice.bytes("GET", path).body(), StandardCharsets.UTF_8);
    }

    @Test
    void whatMayNotBeReadIsByNameAsUnknownAsWhatIsNotThere() {
        alice.create("hidden");
        String unknown = bob.get("/prompts/default/nothing").being(404).text();
        assertEquals(unknown, bob.get("/prompts/default/hidden").being(404).text());
        assertEquals(unknown, nobody.get("/prompts/default/hidden").being(404).text());
        assertEquals(
                unknown, bob.get("/prompts/default/hidden/versions").being(404).text());
        assertEquals(
                unknown,
                bob.get("/prompts/NO%20SUCH/" + "x".repeat(300)).being(404).text());
        assertEquals(
                unknown,
                bob.get("/prompts/default/hidden/versions/1.0.0/download")
                        .being(404)
                        .text());
        bob.get("/prompts/default/%FF").rule("name");
    }

    @Test
    void grantsAreGivenAndTaken() {
        String id = alice.create("shared", "text");
        assertEquals(
                "{\"owner\":\"alice\",\"grants\":{}}",
                alice.get("/prompts/" + id + "/access").being(200).text());
        bob.get("/prompts/" + id).being(403);
        String grants = "{\"owner\":\"alice\",\"grants\":{\"bob\":\"UPDATE\",\"carol\":\"READ\"}}";
        assertEquals(
                grants,
                alice.put("/prompts/" + id + "/access", grants).being(200).text());
        bob.get("/prompts/" + id).being(200);
        bob.put("/prompts/" + id + "/access", grants).being(403);
        alice.put("/prompts/" + id + "/access", "{\"grants\": {\"bob\": \"ALL\"}}")
                .rule("grants");
        alice.put("/prompts/" + id + "/access", "{\"grants\": {\"\": \"READ\"}}")
                .rule("grants");
        alice.put("/prompts/" + id + "/access", "{}").rule("grants");
        alice.put("/prompts/" + id + "/access", "{\"grants\": {}}").being(200);
        bob.get("/prompts/" + id).being(403);
    }

    @Test
    void aDeletedPromptComesBack() {
        String id = alice.create("gone", "text");
        bob.delete("/prompts/" + id).being(403);
        assertEquals("", alice.delete("/prompts/" + id).being(204).text());
        alice.get("/prompts/" + id).being(404);
        assertEquals("gone", alice.get("/trash").being(200).at("/items/0/name").asText());
        assertEquals(0, bob.get("/trash").at("/total").asInt());
        bob.post("/trash/" + id + "/restore", "{}").being(404);
        assertEquals(
                "gone", alice.post("/trash/" + id + "/restore", "{}").being(200).get("name"));
        assertEquals("text", alice.get("/prompts/" + id + "/versions/latest").get("text"));
        alice.post("/trash/" + id + "/restore", "{}").being(404);
        alice.get("/trash?limit=101").rule("limit");
    }

    @Test
    void aKeyIsToldOnceAndTakenBack() {
        Answer made = admin.post(
                        "/keys",
                        "{\"name\": \"robot\", \"namespace\": \"bots\", \"roles\": [\"writer\"],"
                                + " \"expires_at\": \"2100-01-01T00:00:00Z\"}")
                .being(201);
        assertEquals(Optional.of("no-store"), made.header("Cache-Control"));
        assertEquals(
                "robot robot bots [\"writer\"] 2100-01-01T00:00:00.000Z",
                String.join(
                        " ",
                        made.get("name"),
                        made.get("subject"),
                        made.get("namespace"),
                        made.at("/roles").toString(),
                        made.get("expires_at")));
        try (V1Client robot = V1Client.bearing(server, made.get("key"))) {
            assertEquals(
                    "bots",
                    robot.post("/prompts", Map.of("name", "mine")).being(201).get("namespace"));
            assertTrue(!robot.get("/keys").being(200).text().contains("vsk_"));
            assertEquals(made.get("id"), robot.get("/keys").at("/items/0/id").asText());
            bob.delete("/keys/" + made.get("id")).being(404);
            admin.delete("/keys/" + made.get("id")).being(204);
            robot.get("/keys").being(401);
        }
        alice.post("/keys", "{\"name\": \"a\", \"roles\": [\"admin\"]}").being(403);
        alice.post("/keys", "{\"name\": \"a\", \"roles\": [\"king\"]}").rule("roles");
        alice.post("/keys", "{\"name\": \"a\", \"expires_at\": \"soon\"}").rule("expires_at");
        alice.post("/keys", "{\"name\": \"a\", \"expires_at\": \"2001-01-01T00:00:00Z\"}")
                .rule("expires_at");
        alice.post("/keys", "{}").rule("name");
    }
}
