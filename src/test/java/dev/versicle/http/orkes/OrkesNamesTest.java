package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in paths: the two ways in which the SDKs write them, and what is refused or stored as opaque text. */
class OrkesNamesTest {
    @TempDir
    private static Path data;

    private static TestServer server;
    private static OrkesClient alice;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        alice = OrkesClient.of(server, TestServer.caller("alice"));
    }

    @AfterAll
    static void stop() {
        alice.close();
        server.close();
    }

    @Test
    void aPlusAndAnEncodedBlankAreTheSameName() {
        alice.post("/prompts/my+prompt%2F1?description=java", "one").being(200);
        alice.post("/prompts/my%20prompt%2F1?description=js&autoIncrement=true", "two")
                .being(200);

        assertEquals(List.of(2, 1), alice.get("/prompts/my+prompt%2f1/versions").numbers());
        assertEquals("my prompt/1", alice.get("/prompts/my%20prompt%2F1").get("name"));
        alice.put("/prompts/my+prompt%2F1/tags", "[{\"key\":\"a\",\"value\":\"b\"}]")
                .being(200);
        assertTrue(alice.get("/prompts/my%20prompt%2F1/tags").text().contains("\"a\""));
        alice.delete("/prompts/my%20prompt%2F1/versions/2").being(200);
        assertEquals("one", alice.get("/prompts/my+prompt%2F1").get("template"));
    }

    @Test
    void anEncodedPlusStaysAPlus() {
        alice.post("/prompts/c%2B%2B?description=d", "plus").being(200);
        assertEquals("c++", alice.get("/prompts/c%2B%2B").get("name"));
        assertEquals(404, alice.get("/prompts/c++").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../../etc/passwd",
                "..\\..\\x",
                "C:\\x",
                "a;b=c",
                "%2e%2e%2f",
                "a?b#c",
                "{name}",
                "versions",
                "tags",
                "user",
                "create",
                "حفظ 😀",
                "\uFFFD",
                "a\u2028b",
            })
    void anyOtherNameIsOpaqueText(String name) throws IOException {
        String form = URLEncoder.encode(name, StandardCharsets.UTF_8);
        long before = directories();
        alice.post("/prompts/" + form + "?description=d", "as form").being(200);
        assertEquals(name, alice.get("/prompts/" + form).being(200).get("name"));
        String path = form.replace("+", "%20");
        alice.put("/prompts/" + path + "?description=d", "as path").being(200);
        assertEquals("as path", alice.get("/prompts/" + form).get("template"));
        assertEquals(before + 1, directories());
        alice.delete("/prompts/" + path).being(200);
        assertEquals(404, alice.get("/prompts/" + path).status());
    }

    /** How many prompts lie where prompts lie, by the shape of an id alone. */
    private static long directories() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("prompts"), 2)) {
            return all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{24}\\.git"))
                    .count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%00b", "%0A", "a%7Fb", "%FF", "a%C3%28", "%ED%A0%80", "%20", "+", "%C0%AE%C0%AE"})
    void controlsBlanksAndWhatIsNoUtf8AreRefused(String encoded) {
        assertEquals(
                400, alice.post("/prompts/" + encoded + "?description=d", "t").status());
        assertEquals(400, alice.get("/prompts/" + encoded).status());
        assertEquals(400, alice.get("/prompts/" + encoded + "/versions").status());
    }

    @Test
    void aNameHasTwoHundredCharactersAtMost() {
        String longest = "%F0%9F%98%80".repeat(PromptName.CHARACTERS_MAX);
        alice.post("/prompts/" + longest + "?description=d", "t").being(200);
        assertEquals(
                "name must be at most 200 characters.",
                alice.post("/prompts/" + longest + "a?description=d", "t")
                        .being(400)
                        .get("message"));
    }

    @Test
    void namesAreThoseOfTheCallersNamespace() {
        alice.post("/prompts/ours?description=d", "t").being(200);
        try (OrkesClient stranger = OrkesClient.of(
                server,
                new Caller(
                        "admin", Optional.empty(), Optional.empty(), new Namespace("elsewhere"), Set.of(Role.ADMIN)))) {
            assertEquals(404, stranger.get("/prompts/ours").status());
            stranger.post("/prompts/ours?description=d", "theirs").being(200);
        }
        assertEquals("t", alice.get("/prompts/ours").get("template"));
    }
}
