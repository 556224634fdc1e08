package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.RealPrompts;
import dev.versicle.TestServer;
import dev.versicle.prompt.PromptText;
import io.orkes.conductor.client.ApiClient;
import io.orkes.conductor.client.PromptClient;
import io.orkes.conductor.client.http.OrkesPromptClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orkes' own JavaScript SDK against a real server, and beside the Java SDK: what one saves, the other reads. */
class JavaScriptSdkTest {
    @TempDir
    private static Path data;

    private static TestServer server;
    private static JavaScriptSdk js;
    private static ApiClient client;
    private static PromptClient java;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        js = JavaScriptSdk.start(server);
        client = JavaSdk.client(server);
        java = new OrkesPromptClient(client);
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        js.close();
        server.close();
    }

    @Test
    void promptsAreSavedUpdatedReadAndDeleted() {
        String name = "js prompt/1 + ü?#;";
        js.call("savePrompt", name, "first", "Hello ${user}", List.of());
        js.call("updatePrompt", name, "first, better", "Hello, ${user}");

        JsonNode read = js.call("getPrompt", name);
        assertEquals(name, read.get("name").textValue());
        assertEquals("Hello, ${user}", read.get("template").textValue());
        assertEquals("first, better", read.get("description").textValue());
        assertEquals(1, read.get("version").intValue());
        assertEquals("[\"user\"]", read.get("variables").toString());
        assertEquals("Hello, ${user}", java.getPrompt(name).getTemplate());
        assertTrue(js.call("getPrompts").findValuesAsText("name").contains(name));

        js.call("deletePrompt", name);
        assertTrue(js.refusal("getPrompt", name).contains("There is no prompt " + name), js.refusal("getPrompt", name));
    }

    @Test
    void tagsAreAddedReadAndTakenAway() {
        js.call("savePrompt", "tagged", "d", "t");
        Map<String, String> red = Map.of("key", "colour", "value", "red", "type", "METADATA");
        Map<String, String> blue = Map.of("key", "colour", "value", "blue");

        js.call("setPromptTags", "tagged", List.of(red, blue));
        assertEquals(List.of("blue", "red"), js.call("getPromptTags", "tagged").findValuesAsText("value"));
        js.call("deletePromptTags", "tagged", List.of(red));
        assertEquals(List.of("blue"), js.call("getPromptTags", "tagged").findValuesAsText("value"));
    }

    @Test
    void aPromptIsTriedOut() {
        Map<String, Object> trial = Map.of("prompt", "Hello, ${user}", "promptVariables", Map.of("user", "Ada"));
        assertEquals("Hello, Ada", js.call("testPrompt", trial).textValue());
    }

    @Test
    void anExpiredTokenIsReplacedAndTheCallRunAgain() {
        js.call("savePrompt", "late", "d", "in time");
        server.pass(Duration.ofHours(3));
        js.call("savePrompt", "late", "d", "after its time");
        assertEquals(
                "after its time", js.call("getPrompt", "late").get("template").textValue());
    }

    @Test
    void aRefusalHasItsMessage() {
        String refusal = js.refusal("savePrompt", "x", "d", "t", List.of("nobody:m"));
        assertTrue(refusal.contains("There is no model nobody:m."), refusal);
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                " ",
                "\n",
                "\r\n\t",
                "\"",
                "\\",
                "\"\"\"",
                "\\\"",
                "\\n",
                "say \"…\" and \"so\"",
                "\"a\" and \"b\"",
                "\"…\"",
                "\"wholly quoted, \\\"twice\\\"\"",
                "\"\"",
                "{…}",
                "{\"a\": \"b\"}",
                "[\"a\"]",
                "null",
                "7",
                "${x} $${y} ${",
                "C:\\new\\table",
                "😀👩‍👩‍👧 حفظ 日本語",
                "\uFEFFmarked",
                "ends in a line feed\n",
                "a\u0001b\u2028c\u007f",
                "é".repeat(PromptText.BYTES_MAX / 2),
                "\u0001".repeat(PromptText.BYTES_MAX),
                "x".repeat(PromptText.BYTES_MAX));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatOneSavesTheOtherReads(String text) {
        assertUnchanged(text);
    }

    @Test
    void everyRealTextIsReadAsItWasSaved() {
        RealPrompts.all().stream()
                .flatMap(history -> history.steps().stream().map(RealPrompts.Step::text))
                .distinct()
                .forEach(JavaScriptSdkTest::assertUnchanged);
    }

    private static void assertUnchanged(String text) {
        java.savePrompt("java's", "d", text);
        assertEquals(text, js.call("getPrompt", "java's").get("template").textValue());
        js.call("savePrompt", "js's", "d", text);
        assertEquals(text, java.getPrompt("js's").getTemplate());
    }
}
