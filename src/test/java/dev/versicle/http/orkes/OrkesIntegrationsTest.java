package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.http.orkes.OrkesClient.Answer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.NamedDraft;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integrations and their models over real HTTP: who may register them, who may use them, what a prompt may name. */
class OrkesIntegrationsTest {
    private static final String PROVIDERS = "/integrations/provider";
    private static final Caller ALICE = TestServer.caller("alice");

    @TempDir
    private Path data;

    private TestServer server;
    private OrkesClient admin;
    private OrkesClient alice;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        admin = OrkesClient.of(server, TestServer.caller("root", Role.ADMIN));
        alice = OrkesClient.of(server, ALICE);
    }

    @AfterEach
    void stop() {
        alice.close();
        admin.close();
        server.close();
    }

    private void register(String name, String fields) {
        assertEquals("", admin.post(PROVIDERS + "/" + name, fields).being(200).text());
    }

    private void model(String provider, String model, String fields) {
        admin.post(PROVIDERS + "/" + provider + "/integration/" + model, fields).being(200);
    }

    private static List<String> texts(Answer answer, String field) {
        return StreamSupport.stream(answer.being(200).json().spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    @Test
    void whatWasRegisteredIsReadInTheVendorsFields() {
        register("openAI", """
                {"category": "AI_MODEL", "type": "openai", "description": "Ours", "enabled": true,
                 "configuration": {"endpoint": "https://api.openai.com/", "api_key": "sk-1", "organizationId": ""}}""");
        model("openAI", "gpt-4o", "{\"description\": \"The big one\"}");

        JsonNode integration = alice.get(PROVIDERS + "/openAI").being(200).json();
        assertEquals("openAI", integration.path("name").asText());
        assertEquals("AI_MODEL", integration.path("category").asText());
        assertEquals("openai", integration.path("type").asText());
        assertEquals("Ours", integration.path("description").asText());
        assertTrue(integration.path("enabled").booleanValue());
        assertEquals(1, integration.path("modelsCount").intValue());
        assertEquals("root", integration.path("createdBy").asText());
        assertTrue(integration.path("createTime").longValue()
                <= integration.path("updateTime").longValue());
        assertEquals(
                "{\"endpoint\":\"https://api.openai.com/v1\",\"api_key_set\":true}",
                integration.path("configuration").toString());
        assertFalse(integration.has("grants"), "who has a grant is for administrators");
        JsonNode model =
                alice.get(PROVIDERS + "/openAI/integration/gpt-4o").being(200).json();
        assertEquals("gpt-4o", model.path("api").asText());
        assertEquals("openAI", model.path("integrationName").asText());
        assertEquals("The big one", model.path("description").asText());
        assertTrue(model.path("enabled").booleanValue());
    }

    @Test
    void onlyAdministratorsRegisterChangeAndRemove() {
        register("openAI", "{}");
        model("openAI", "gpt-4o", "{}");
        OrkesClient writer = OrkesClient.of(server, TestServer.caller("will", Role.WRITER));

        for (OrkesClient other : List.of(alice, writer)) {
            for (String path : List.of("/mine", "/openAI", "/openAI/integration/gpt-4o", "/openAI/integration/new")) {
                Answer refused = other.post(PROVIDERS + path, "{}").being(403);
                assertEquals("Your roles do not allow registering integrations.", refused.get("message"));
            }
            other.delete(PROVIDERS + "/openAI").being(403);
            other.delete(PROVIDERS + "/openAI/integration/gpt-4o").being(403);
        }

        writer.close();
        assertEquals(List.of("openAI"), texts(alice.get(PROVIDERS), "name"));
        assertEquals(List.of("gpt-4o"), texts(alice.get(PROVIDERS + "/openAI/integration"), "api"));
    }

    @Test
    void withoutATokenThereIsNothing() {
        OrkesClient nobody = OrkesClient.bearing(server, "no token");
        for (String path : List.of("", "/openAI", "/openAI/integration", "/openAI/integration/m/prompt")) {
            assertEquals(
                    "INVALID_TOKEN", nobody.get(PROVIDERS + path).being(401).get("error"));
        }
        nobody.post(PROVIDERS + "/openAI", "{}").being(401);
        nobody.post("/prompts/test", "{\"prompt\": \"p\"}").being(401);
        nobody.close();
    }

    @Test
    void listsAreByNameAndFilteredWhereThatIsAskedFor() {
        register("b", "{\"enabled\": false}");
        register("a", "{\"category\": \"VECTOR_DB\"}");
        register("c", "{}");
        model("c", "on", "{}");
        model("c", "off", "{\"enabled\": false}");

        assertEquals(List.of("a", "b", "c"), texts(alice.get(PROVIDERS), "name"));
        assertEquals(List.of("a", "c"), texts(alice.get(PROVIDERS + "?activeOnly=true"), "name"));
        assertEquals(List.of("b", "c"), texts(alice.get(PROVIDERS + "?category=AI_MODEL"), "name"));
        assertEquals(List.of("off", "on"), texts(alice.get(PROVIDERS + "/c/integration"), "api"));
        assertEquals(List.of("on"), texts(alice.get(PROVIDERS + "/c/integration?activeOnly=true"), "api"));
    }

    @Test
    void whatDoesNotExistIsNotFoundInTheVendorsEnvelope() {
        Answer missing = alice.get(PROVIDERS + "/nobody").being(404);
        assertEquals("There is no integration nobody.", missing.get("message"));
        assertEquals(404, missing.json().path("status").intValue());
        register("openAI", "{}");
        assertEquals(
                "There is no model openAI:none.",
                alice.get(PROVIDERS + "/openAI/integration/none").being(404).get("message"));
        admin.post(PROVIDERS + "/nobody/integration/m", "{}").being(404);
        admin.delete(PROVIDERS + "/nobody").being(404);
        admin.delete(PROVIDERS + "/openAI/integration/none").being(404);
    }

    @Test
    void aSaveWithoutTheKeyKeepsItAndAnotherAddressDropsIt() {
        String configuration = "{\"configuration\": {\"base_url\": \"http://localhost:1/v1\"%s}}";
        register("openAI", configuration.formatted(", \"api_key\": \"sk-1\""));
        for (String same : List.of("{\"enabled\": false}", configuration.formatted(""))) {
            register("openAI", same);
            assertTrue(isKeySet());
        }

        register("openAI", "{\"configuration\": {\"endpoint\": \"http://localhost:2/v1\"}}");

        assertFalse(isKeySet());
    }

    private boolean isKeySet() {
        return admin.get(PROVIDERS + "/openAI")
                .json()
                .path("configuration")
                .path("api_key_set")
                .booleanValue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"category\": \"NONE\"} | category must be one of API, AI_MODEL,",
                "{\"enabled\": \"yes\"} | enabled must be true or false.",
                "{\"visibility\": \"some\"} | visibility must be one of private, public.",
                "{\"grants\": {\"bob\": \"ALL\"}} | grants must be one of READ,",
                "{\"configuration\": 7} | configuration must be a JSON object.",
                "{\"configuration\": {\"endpoint\": \"ftp://host\"}} | endpoint must be an http or https URL",
                "{\"configuration\": {\"endpoint\": \"http://u:p@host\"}} | endpoint must be an http or https URL",
                "{\"configuration\": {\"endpoint\": \"http://host/?a=b\"}} | endpoint must be an http or https URL",
                "{\"configuration\": {\"endpoint\": \"not a url\"}} | endpoint must be an http or https URL",
                "{\"configuration\": {\"api_key\": \"two words\"}} | api_key must be 1 to 4096 visible ASCII",
                "{\"type\": \"a\\nb\"} | type must not contain control characters."
            })
    void whatIsNoIntegrationIsRefused(String body, String message) {
        String said = admin.post(PROVIDERS + "/openAI", body).being(400).get("message");

        assertTrue(said.startsWith(message), said);
        assertEquals(List.of(), texts(admin.get(PROVIDERS), "name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%3Ab", "%20", "a%0Ab"})
    void aNameThatNoModelCouldHaveIsRefused(String name) {
        admin.post(PROVIDERS + "/" + name, "{}").being(400);
    }

    @Test
    void aNameOfAnyScriptWithSlashesIsOneName() {
        register("my%20%2F..%2Fopen+AI%2B", "{}");

        assertEquals(List.of("my /../open AI+"), texts(alice.get(PROVIDERS), "name"));
        alice.get(PROVIDERS + "/my+%2F..%2Fopen%20AI%2B").being(200);
    }

    @Test
    void theTypeOnceSaidStays() {
        register("openAI", "{\"type\": \"openai\"}");
        register("openAI", "{}");
        admin.post(PROVIDERS + "/openAI", "{\"type\": \"cohere\"}").being(400);

        assertEquals("openai", admin.get(PROVIDERS + "/openAI").get("type"));
    }

    @Test
    void aPrivateIntegrationIsForItsGranteesAlone() {
        register("openAI", "{\"visibility\": \"private\", \"grants\": {\"alice\": \"READ\"}}");
        model("openAI", "gpt-4o", "{}");
        OrkesClient bob = OrkesClient.of(server, TestServer.caller("bob"));

        alice.get(PROVIDERS + "/openAI/integration/gpt-4o").being(200);
        bob.get(PROVIDERS + "/openAI").being(403);
        bob.get(PROVIDERS + "/openAI/integration/gpt-4o").being(403);
        assertEquals(List.of(), texts(bob.get(PROVIDERS), "name"));
        assertEquals(
                "READ",
                admin.get(PROVIDERS + "/openAI")
                        .json()
                        .path("grants")
                        .path("alice")
                        .asText());
        Answer denied =
                bob.post("/prompts/test", "{\"prompt\": \"p\", \"llmProvider\": \"openAI\", \"model\": \"gpt-4o\"}");
        assertEquals("You may not use model openAI:gpt-4o.", denied.being(403).get("message"));

        register("openAI", "{\"visibility\": \"public\"}");

        bob.get(PROVIDERS + "/openAI").being(200);
        bob.close();
    }

    @Test
    void aPromptMayNameOnlyModelsThatItsAuthorMayUseAndNothingIsWrittenElse() {
        register("open", "{}");
        model("open", "on", "{}");
        model("open", "off", "{\"enabled\": false}");
        register("shut", "{\"enabled\": false}");
        model("shut", "on", "{}");
        register("closed", "{\"visibility\": \"private\"}");
        model("closed", "on", "{}");

        for (String unknown : List.of("nobody:on", "open:none", "open:off", "shut:on")) {
            ModelName model = ModelName.parse(unknown);
            assertEquals(new Problem.UnknownModel(model), refusal(model));
        }
        assertEquals(new Problem.ModelDenied(ModelName.parse("closed:on")), refusal(ModelName.parse("closed:on")));
        assertEquals(List.of(), server.part(NamedPrompts.class).latest(ALICE));

        save(ModelName.parse("open:on"));

        assertEquals(1, server.part(NamedPrompts.class).latest(ALICE).size());
    }

    private Problem refusal(ModelName model) {
        return assertThrows(PromptException.class, () -> save(model)).problem();
    }

    private void save(ModelName... models) {
        Draft draft = Draft.checkpoint(
                new Draft.Content.Template(new PromptText("Hello ${name}"), new TreeSet<>(List.of(models))));
        server.part(NamedPrompts.class).save(ALICE, new NamedDraft(new PromptName("my prompt/1"), draft));
    }

    @Test
    void anAssociationIsANewVersionThatNamesTheModelToo() {
        register("open", "{}");
        model("open", "one", "{}");
        model("open", "two", "{}");
        save(ModelName.parse("open:one"));
        String associations = PROVIDERS + "/open/integration/two/prompt";
        assertEquals(List.of(), texts(alice.get(associations), "name"));

        alice.post(associations + "/my+prompt%2F1", "").being(200);
        alice.send("POST", associations + "/my%20prompt%2F1", BodyPublishers.noBody())
                .being(200);

        JsonNode listed = alice.get(associations).being(200).json();
        assertEquals(1, listed.size());
        assertEquals("Hello ${name}", listed.path(0).path("template").asText());
        assertEquals(2, listed.path(0).path("version").intValue(), "the second association changed nothing");
        assertEquals(
                "[\"open:one\",\"open:two\"]",
                listed.path(0).path("integrations").toString());
        assertEquals(
                1, alice.get(PROVIDERS + "/open/integration/one/prompt").json().size());
    }

    @Test
    void anAssociationNeedsThePromptTheModelAndTheRight() {
        register("open", "{}");
        model("open", "one", "{}");
        save();
        String associations = PROVIDERS + "/open/integration/one/prompt";

        alice.post(associations + "/none", "").being(404);
        alice.post(PROVIDERS + "/open/integration/two/prompt/my%20prompt%2F1", "")
                .being(404);
        OrkesClient bob = OrkesClient.of(server, TestServer.caller("bob"));
        bob.post(associations + "/my%20prompt%2F1", "").being(403);
        bob.close();

        assertEquals(List.of(), texts(alice.get(associations), "name"));
    }

    @Test
    void whatIsTakenAwayIsNotThereAndCanBeMadeAnew() {
        register("open", "{\"type\": \"openai\"}");
        model("open", "one", "{}");
        model("open", "two", "{}");

        admin.delete(PROVIDERS + "/open/integration/one").being(200);
        assertEquals(List.of("two"), texts(alice.get(PROVIDERS + "/open/integration"), "api"));
        admin.delete(PROVIDERS + "/open").being(200);
        alice.get(PROVIDERS + "/open").being(404);
        register("open", "{\"type\": \"cohere\"}");

        assertEquals(List.of(), texts(alice.get(PROVIDERS + "/open/integration"), "api"));
    }
}
