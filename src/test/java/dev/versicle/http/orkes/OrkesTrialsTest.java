package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.ModelServer;
import dev.versicle.TestServer;
import dev.versicle.http.orkes.OrkesClient.Answer;
import dev.versicle.prompt.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A prompt tried out over real HTTP, with a provider and without one. */
class OrkesTrialsTest {
    private static final String TEST = "/prompts/test";
    private static final String INTEGRATION = "/integrations/provider/local";

    @TempDir
    private Path data;

    private TestServer server;
    private ModelServer provider;
    private OrkesClient admin;
    private OrkesClient alice;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        provider = new ModelServer();
        admin = OrkesClient.of(server, TestServer.caller("root", Role.ADMIN));
        alice = OrkesClient.of(server, TestServer.caller("alice"));
    }

    @AfterEach
    void stop() {
        alice.close();
        admin.close();
        provider.close();
        server.close();
    }

    private void register(Map<String, String> configuration) {
        admin.post(INTEGRATION, OrkesClient.written(Map.of("configuration", configuration)))
                .being(200);
        admin.post(INTEGRATION + "/integration/small", "{}").being(200);
    }

    private Answer test(String prompt) {
        return alice.post(
                TEST,
                OrkesClient.written(Map.of(
                        "llmProvider",
                        "local",
                        "model",
                        "small",
                        "prompt",
                        prompt,
                        "promptVariables",
                        Map.of("country", "Japan", "year", 1994, "list", List.of(1, 2)))));
    }

    @Test
    void aTrialComesBeforeAPromptOfItsName() {
        admin.post(TEST + "?description=d", OrkesClient.written(Map.of("prompt", "only tried")))
                .being(200);
        admin.get(TEST).being(404);
    }

    @Test
    void theModelIsAskedWithTheRenderedPromptAndItsAnswerIsPlainText() {
        register(Map.of("endpoint", provider.base(), "api_key", "sk-1"));
        provider.says("125 million");

        Answer answer = test("${country} in ${year}, ${list}, ${other}?").being(200);

        assertEquals("125 million", answer.text());
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith("text/plain"));
        assertEquals(1, provider.asked().size());
        assertEquals("Bearer sk-1", provider.asked().getFirst().authorization());
        String content = OrkesClient.json(provider.asked().getFirst().body())
                .path("messages")
                .path(0)
                .path("content")
                .asText();
        assertEquals("Japan in 1994, [1,2], ${other}?", content);
    }

    @Test
    void theVendorsOwnExampleAsksForJsonAndGetsText() {
        Answer answer = alice.send(
                        "POST", TEST, BodyPublishers.ofString("{\"prompt\": \"p\"}"), "Accept", "application/json")
                .being(200);

        assertEquals("p", answer.text());
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith("text/plain"));
    }

    @Test
    void withoutAProviderTheRenderedPromptComesBack() {
        assertEquals("Japan, ${other}", test("${country}, ${other}").being(200).text());
        register(Map.of("endpoint", provider.base()));
        assertEquals("Japan", test("${country}").being(200).text());
        admin.delete(INTEGRATION).being(200);
        register(Map.of("api_key", "sk-1"));
        assertEquals("Japan", test("${country}").being(200).text());
        assertEquals(
                "Grüße 👋",
                alice.post(TEST, "{\"prompt\": \"Grüße 👋\"}").being(200).text());

        assertEquals(List.of(), provider.asked());
    }

    @Test
    void aModelThatIsNotThereOrNotEnabledIsNotFoundAndNobodyIsAsked() {
        register(Map.of("endpoint", provider.base(), "api_key", "sk-1"));
        admin.post(INTEGRATION + "/integration/small", "{\"enabled\": false}").being(200);
        assertEquals("There is no model local:small.", test("p").being(404).get("message"));
        admin.post(INTEGRATION + "/integration/small", "{}").being(200);
        admin.post(INTEGRATION, "{\"enabled\": false}").being(200);
        assertEquals(404, test("p").status());

        assertEquals(List.of(), provider.asked());
    }

    @Test
    void aProviderThatFailsIsABadGatewayAndItsWordsStayHere() {
        register(Map.of("endpoint", provider.base(), "api_key", "sk-1"));
        provider.answers(401, "{\"error\": \"Incorrect API key sk-1\"}");

        Answer failed = test("p").being(502);

        assertEquals("The provider of model local:small answered with status 401.", failed.get("message"));
        assertTrue(failed.json().path("retryable").booleanValue());
        assertFalse(failed.text().contains("sk-1"));
        assertFalse(failed.text().contains("Incorrect"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | prompt is required.",
                "{\"prompt\": 7} | prompt must be a string.",
                "{\"prompt\": \"p\", \"llmProvider\": \"local\"} | model is required.",
                "{\"prompt\": \"p\", \"model\": \"small\"} | llmProvider is required.",
                "{\"prompt\": \"p\", \"temperature\": 3} | temperature must be from 0 to 2.0.",
                "{\"prompt\": \"p\", \"temperature\": \"1\"} | temperature must be a number.",
                "{\"prompt\": \"p\", \"topP\": 1.1} | topP must be from 0 to 1.",
                "{\"prompt\": \"p\", \"maxTokens\": -1} | maxTokens must be from 0 to 1000000.",
                "{\"prompt\": \"p\", \"stopWords\": \"a\"} | stopWords must be a JSON array.",
                "{\"prompt\": \"p\", \"promptVariables\": []} | promptVariables must be a JSON object."
            })
    void whatIsNoTrialIsRefused(String body, String message) {
        assertEquals(message, alice.post(TEST, body).being(400).get("message"));
    }

    @Test
    void aPromptNamedTestDoesNotStandInTheWay() {
        assertEquals("a", alice.post(TEST, "{\"prompt\": \"a\"}").being(200).text());
        assertEquals(404, alice.get(TEST + "/none").status());
    }

    @Test
    void whatVariablesGrowToIsLimited() {
        String body = OrkesClient.written(
                Map.of("prompt", "${x}".repeat(100), "promptVariables", Map.of("x", "y".repeat(100_000))));

        assertEquals(
                "The rendered prompt must be at most 4194304 bytes.",
                alice.post(TEST, body).being(413).get("message"));
    }
}
