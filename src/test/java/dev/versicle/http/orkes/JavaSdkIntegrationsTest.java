package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.HeaderSupplier;
import dev.versicle.ModelServer;
import dev.versicle.TestServer;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.NamedDraft;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Role;
import io.orkes.conductor.client.http.OrkesIntegrationClient;
import io.orkes.conductor.client.http.OrkesPromptClient;
import io.orkes.conductor.client.model.integration.Category;
import io.orkes.conductor.client.model.integration.Integration;
import io.orkes.conductor.client.model.integration.IntegrationApi;
import io.orkes.conductor.client.model.integration.IntegrationApiUpdate;
import io.orkes.conductor.client.model.integration.IntegrationUpdate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.conductoross.conductor.client.model.ai.PromptTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orkes' own Java SDK with integrations, models, and a prompt tried out. */
class JavaSdkIntegrationsTest {
    @TempDir
    private Path data;

    private TestServer server;
    private ModelServer provider;
    private ConductorClient client;
    private OrkesIntegrationClient integrations;

    /** Sends the administrator's key as it is; the exchange for a token is not what is tried here. */
    private record Key(String text) implements HeaderSupplier {
        @Override
        public void init(ConductorClient client) {}

        @Override
        public Map<String, String> get(String method, String path) {
            return Map.of("X-Authorization", text);
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        provider = new ModelServer();
        client = ConductorClient.builder()
                .basePath(server.uri("/api").toString())
                .addHeaderSupplier(new Key(server.adminKey()))
                .build();
        integrations = new OrkesIntegrationClient(client);
    }

    @AfterEach
    void stop() {
        client.shutdown();
        provider.close();
        server.close();
    }

    private void register() {
        integrations.saveIntegration(
                "open AI/1",
                IntegrationUpdate.builder()
                        .category(Category.AI_MODEL)
                        .type("openai")
                        .description("Ours")
                        .enabled(true)
                        .configuration(Map.of("endpoint", provider.base(), "api_key", "sk-1"))
                        .build());
        integrations.saveIntegrationApi(
                "open AI/1",
                "gpt-4o",
                IntegrationApiUpdate.builder().description("Big").enabled(true).build());
    }

    @Test
    void whatTheSdkRegistersItReads() {
        assertNull(integrations.getIntegration("open AI/1"));
        register();

        Integration read = integrations.getIntegration("open AI/1");
        assertEquals(Category.AI_MODEL, read.getCategory());
        assertEquals("openai", read.getType());
        assertEquals("Ours", read.getDescription());
        assertEquals(1, read.getModelsCount());
        assertEquals(Map.of("endpoint", provider.base(), "api_key_set", true), read.getConfiguration());
        assertEquals(1, integrations.getIntegrations("AI_MODEL", true).size());
        assertEquals(0, integrations.getIntegrations("GIT", true).size());
        IntegrationApi model = integrations.getIntegrationApi("open AI/1", "gpt-4o");
        assertEquals("gpt-4o", model.getApi());
        assertEquals("open AI/1", model.getIntegrationName());
        assertEquals(List.of(model), integrations.getIntegrationApis("open AI/1"));
    }

    @Test
    void theSdkAssociatesPromptsAndListsThem() {
        register();
        Draft draft = Draft.checkpoint(new Draft.Content.Body(new PromptText("Hello")));
        server.part(NamedPrompts.class)
                .save(TestServer.caller("root", Role.ADMIN), new NamedDraft(new PromptName("my prompt"), draft));

        integrations.associatePromptWithIntegration("open AI/1", "gpt-4o", "my prompt");

        List<PromptTemplate> prompts = integrations.getPromptsWithIntegration("open AI/1", "gpt-4o");
        assertEquals(1, prompts.size());
        assertEquals("my prompt", prompts.getFirst().getName());
        assertEquals(List.of("open AI/1:gpt-4o"), prompts.getFirst().getIntegrations());
    }

    @Test
    void theSdkTriesAPromptOut() {
        register();
        provider.says("Tokyo");

        String answer = new OrkesPromptClient(client)
                .testPrompt(
                        "Capital of ${country}?",
                        Map.of("country", "Japan"),
                        "open AI/1",
                        "gpt-4o",
                        0.5f,
                        0.5f,
                        List.of("END"));

        assertEquals("Tokyo", answer);
        assertTrue(provider.asked().getFirst().body().contains("Capital of Japan?"));
    }

    @Test
    void whatTheSdkTakesAwayIsGone() {
        register();

        integrations.deleteIntegrationApi("open AI/1", "gpt-4o");
        assertNull(integrations.getIntegrationApi("open AI/1", "gpt-4o"));
        integrations.deleteIntegration("open AI/1");

        assertEquals(List.of(), integrations.getIntegrations(null, false));
    }
}
