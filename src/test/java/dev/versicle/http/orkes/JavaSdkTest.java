package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.netflix.conductor.client.exception.ConductorClientException;
import dev.versicle.TestServer;
import io.orkes.conductor.client.ApiClient;
import io.orkes.conductor.client.PromptClient;
import io.orkes.conductor.client.http.OrkesPromptClient;
import io.orkes.conductor.client.model.TagObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.conductoross.conductor.client.model.ai.PromptTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orkes' own Java SDK against a real server: an API key is all that it is given. */
class JavaSdkTest {
    @TempDir
    private static Path data;

    private static TestServer server;
    private static ApiClient client;
    private static PromptClient prompts;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        client = JavaSdk.client(server);
        prompts = new OrkesPromptClient(client);
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.close();
    }

    private static List<Integer> numbers(String name) {
        return prompts.getAllPromptVersions(name).stream()
                .map(PromptTemplate::getVersion)
                .toList();
    }

    @Test
    void promptsAreSavedUpdatedReadAndDeleted() {
        String name = "my prompt/1 + ü";
        prompts.savePrompt(name, "first", "Hello ${user}");
        prompts.savePrompt(name, "second", "Hello again", List.of(), null, true);
        prompts.savePrompt(name, "seventh", "Seven", null, 7, false);
        prompts.updatePrompt(name, 2, "second, better", "Hello again, ${user}", null);
        prompts.updatePrompt(name, null, "seventh, better", "Seven, better", List.of());

        assertEquals(List.of(7, 2, 1), numbers(name));
        PromptTemplate latest = prompts.getPrompt(name);
        assertEquals("Seven, better", latest.getTemplate());
        assertEquals("seventh, better", latest.getDescription());
        assertEquals("admin", latest.getCreatedBy());
        assertTrue(latest.getCreatedOn() <= latest.getUpdatedOn());
        assertEquals(List.of(), latest.getIntegrations());
        assertEquals(List.of(), latest.getTags());
        PromptTemplate second = prompts.getPrompt(name, 2);
        assertEquals(name, second.getName());
        assertEquals("Hello again, ${user}", second.getTemplate());
        assertEquals(List.of("user"), second.getVariables());
        assertTrue(prompts.getPrompts().stream().anyMatch(latest::equals));

        prompts.deletePrompt(name, 2);
        assertEquals(List.of(7, 1), numbers(name));
        prompts.deletePrompt(name);
        assertFalse(prompts.getPrompts().stream().anyMatch(latest::equals));
    }

    @Test
    void manyPromptsAreSavedAtOnceAsTheyWere() {
        prompts.savePrompt("many", "d", "\"quoted\" and \\ back");
        PromptTemplate copy = prompts.getPrompt("many");
        copy.setName("many, copied");
        copy.setTemplate("\"wholly quoted\"");
        copy.setVersion(4);
        copy.setTags(List.of(new TagObject().key("a").value("b")));

        prompts.savePrompts(List.of(copy, prompts.getPrompt("many")), true);

        PromptTemplate read = prompts.getPrompt("many, copied");
        assertEquals("\"wholly quoted\"", read.getTemplate());
        assertEquals(4, read.getVersion());
        assertEquals("b", read.getTags().getFirst().getValue());
    }

    @Test
    void tagsAreAddedReadAndTakenAway() {
        prompts.savePrompt("tagged", "d", "t");
        TagObject red = new TagObject().key("colour").value("red").type(TagObject.TypeEnum.METADATA);
        TagObject blue = new TagObject().key("colour").value("blue").type(TagObject.TypeEnum.METADATA);

        prompts.updateTagForPromptTemplate("tagged", List.of(red, blue));
        assertEquals(List.of(blue, red), prompts.getTagsForPromptTemplate("tagged"));
        prompts.deleteTagForPromptTemplate("tagged", List.of(red));
        assertEquals(List.of(blue), prompts.getTagsForPromptTemplate("tagged"));
    }

    @Test
    void anExpiredTokenIsReplacedAndTheCallRunAgain() {
        prompts.savePrompt("late", "d", "in time");
        String before = client.getToken();

        server.pass(Duration.ofHours(3));
        prompts.savePrompt("late", "d", "after its time", null, null, true);

        assertNotEquals(before, client.getToken());
        assertEquals(List.of(2, 1), numbers("late"));
    }

    @Test
    void aRefusalHasItsStatusAndItsMessage() {
        ConductorClientException missing =
                assertThrows(ConductorClientException.class, () -> prompts.getPrompt("nowhere"));
        assertEquals(404, missing.getStatus());
        assertEquals("There is no prompt nowhere.", missing.getMessage());
        assertEquals("127.0.0.1", missing.getInstance());
        assertFalse(missing.isRetryable());

        ConductorClientException invalid =
                assertThrows(ConductorClientException.class, () -> prompts.savePrompt("x", "d", "t", null, 0, false));
        assertEquals(400, invalid.getStatus());
        assertEquals("version must be from 1 to 2147483646.", invalid.getMessage());

        ConductorClientException unknown = assertThrows(
                ConductorClientException.class,
                () -> prompts.savePrompt("x", "d", "t", List.of("nobody:m"), null, false));
        assertEquals(404, unknown.getStatus());
        assertEquals("There is no model nobody:m.", unknown.getMessage());
    }

    @Test
    void aWrongKeyIsRefused() {
        ApiClient wrong = ApiClient.builder()
                .basePath(server.uri("/api").toString())
                .credentials("0123456789ab", "0".repeat(64))
                .build();
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> new OrkesPromptClient(wrong).getPrompts());
        wrong.shutdown();
        assertTrue(String.valueOf(refused.getMessage()).contains("backoff"));
    }
}
