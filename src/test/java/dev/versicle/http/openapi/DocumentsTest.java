package dev.versicle.http.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.fge.jsonschema.main.JsonSchema;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import dev.versicle.http.openapi.Documents.Operation;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The documents themselves: well-formed, complete, with examples that hold, and true to the vendor's. */
final class DocumentsTest {
    private static final String OFFICIAL_SCHEMA = "/spec.openapis.org/oas/3.0/schema/2021-09-28";

    @ParameterizedTest
    @EnumSource(ApiDocument.class)
    void aParserHasNothingToSayOfThem(ApiDocument document) {
        assertEquals(List.of(), said(Documents.text(document)));
        assertFalse(said(Documents.text(document).replace("description: ", "decription: "))
                .isEmpty());
    }

    private static List<String> said(String yaml) {
        return new OpenAPIV3Parser().readContents(yaml).getMessages();
    }

    @ParameterizedTest
    @EnumSource(ApiDocument.class)
    void theyMeetTheOfficialSchema(ApiDocument document) throws Exception {
        ObjectNode official = (ObjectNode) Documents.tree(Documents.text(OFFICIAL_SCHEMA));
        // The schema refers to itself by its address, which would be asked for over the network.
        official.remove("id");
        JsonSchema schema = JsonSchemaFactory.byDefault().getJsonSchema(official);
        JsonNode tree = Documents.tree(Documents.text(document));
        assertTrue(
                schema.validate(tree).isSuccess(),
                () -> schema.validateUnchecked(tree).toString());
        ((ObjectNode) tree.get("info")).remove("version");
        assertFalse(schema.validate(tree).isSuccess());
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        List<String> names = Documents.trees().stream()
                .flatMap(tree -> Documents.operations(tree).stream())
                .map(operation -> operation.node().get("operationId").asText())
                .toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
        assertTrue(names.size() > 10, names.toString());
    }

    @ParameterizedTest
    @EnumSource(ApiDocument.class)
    void everyOperationSaysWhatItIsWhoMayCallItAndWhatItAnswers(ApiDocument document) {
        JsonNode tree = Documents.tree(Documents.text(document));
        for (Operation operation : Documents.operations(tree)) {
            assertFalse(operation.node().path("summary").asText().isBlank(), operation.address());
            assertTrue(operation.node().has("security") || tree.has("security"), operation.address());
            assertEquals(List.of(), incomplete(tree, operation), operation.address());
        }
    }

    /** Statuses without a schema, but for those that have no body, or without the header that every answer has. */
    private static List<String> incomplete(JsonNode tree, Operation operation) {
        List<String> found = new ArrayList<>();
        operation.node().get("responses").properties().forEach(response -> {
            JsonNode said = Documents.resolved(tree, response.getValue());
            boolean bodiless = response.getKey().startsWith("3")
                    || said.path("description").asText().endsWith("the answer is empty");
            boolean schema = Documents.objects(said.path("content")).anyMatch(node -> node.has("schema"));
            boolean id = said.path("headers").has("X-Request-Id");
            Stream.of(response.getKey())
                    .filter(key -> bodiless == schema || !id)
                    .forEach(found::add);
        });
        return found;
    }

    @ParameterizedTest
    @EnumSource(ApiDocument.class)
    void everyExampleHolds(ApiDocument document) {
        assertEquals(List.of(), wrongExamples(Documents.text(document)));
    }

    @Test
    void anExampleThatDoesNotHoldIsFound() {
        String wrong = Documents.text(ApiDocument.TETHER).replace("latestVersion: 5", "latestVersion: five");
        assertEquals(1, wrongExamples(wrong).size(), () -> wrongExamples(wrong).toString());
    }

    private static List<String> wrongExamples(String yaml) {
        OpenAPI api = new OpenAPIV3Parser().readContents(yaml).getOpenAPI();
        SchemaValidator validator = new SchemaValidator(api, new MessageResolver());
        return Documents.objects(Documents.tree(yaml))
                .filter(node -> node.has("example"))
                .flatMap(node -> wrong(validator, node))
                .toList();
    }

    /** A schema carries its example beside its type; a parameter, a header and a body beside their schema. */
    private static Stream<String> wrong(SchemaValidator validator, ObjectNode node) {
        JsonNode described =
                node.has("schema") ? node.get("schema") : node.deepCopy().without("example");
        Schema<?> schema = Json.mapper().convertValue(described, Schema.class);
        ValidationReport report = validator.validate(() -> node.get("example"), schema, "example");
        return report.getMessages().stream().map(ValidationReport.Message::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "PromptVersionCheckpointRequest, prompt, " + PromptText.BYTES_MAX,
        "PromptVersionCheckpointRequest, label, " + Metadata.LABEL_CHARACTERS_MAX,
        "PromptVersionCheckpointRequest, displayVersion, " + DisplayVersion.CHARACTERS_MAX,
        "PromptVersionCheckpointRequest, title, " + Metadata.TITLE_CHARACTERS_MAX,
        "PromptVersionCheckpointRequest, description, " + Metadata.DESCRIPTION_CHARACTERS_MAX,
        "PromptVersionMetadataUpdateRequest, displayVersion, " + DisplayVersion.CHARACTERS_MAX,
        "PromptVersionMetadataUpdateRequest, title, " + Metadata.TITLE_CHARACTERS_MAX,
        "PromptVersionMetadataUpdateRequest, description, " + Metadata.DESCRIPTION_CHARACTERS_MAX,
        "PromptCreateRequest, name, " + PromptName.CHARACTERS_MAX,
        "PromptCreateRequest, prompt, " + PromptText.BYTES_MAX,
        "PromptCreateRequest, description, " + PromptSettings.DESCRIPTION_CHARACTERS_MAX,
        "PromptUpdateRequest, name, " + PromptName.CHARACTERS_MAX,
        "PromptUpdateRequest, prompt, " + PromptText.BYTES_MAX,
        "PromptUpdateRequest, description, " + PromptSettings.DESCRIPTION_CHARACTERS_MAX
    })
    void theLimitsAreThoseOfTheCode(String schema, String field, int limit) {
        JsonNode tree = Documents.tree(Documents.text(ApiDocument.TETHER));
        assertEquals(
                limit,
                tree.at("/components/schemas/" + schema + "/properties/" + field + "/maxLength")
                        .asInt());
    }

    @Test
    void thePagesAndNumbersAreThoseOfTheCode() {
        JsonNode parts = Documents.tree(Documents.text(ApiDocument.TETHER)).get("components");
        assertEquals(
                Page.Window.NUMBER_MAX,
                parts.at("/parameters/Page/schema/maximum").asInt());
        assertEquals(
                Page.Window.LIMIT_MAX,
                parts.at("/parameters/Limit/schema/maximum").asInt());
        assertEquals(
                Page.Window.LIMIT_DEFAULT,
                parts.at("/parameters/Limit/schema/default").asInt());
        assertEquals(Draft.NUMBER_MAX, parts.at("/schemas/Number/maximum").asInt());
    }

    /** All that the vendor's clients know: its operations with their statuses, and the fields of its schemas. */
    @Test
    void theVendorsContractIsInOurs() {
        JsonNode vendors = Documents.tree(Documents.text("/tether-openapi.yaml"));
        JsonNode ours = Documents.tree(Documents.text(ApiDocument.TETHER));
        Set<String> lost = told(vendors);
        Set<String> kept = told(ours);
        assertTrue(lost.size() > 60, lost.toString());
        lost.removeAll(kept);
        assertEquals(Set.of(), lost);
    }

    private static Set<String> told(JsonNode tree) {
        Set<String> told = new TreeSet<>();
        for (Operation operation : Documents.operations(tree)) {
            String name = operation.address() + " "
                    + operation.node().get("operationId").asText();
            operation.node().get("responses").fieldNames().forEachRemaining(status -> told.add(name + " " + status));
            told.add(name + ": " + operation.node().get("summary").asText());
        }
        tree.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(field -> told.add(schema.getKey() + "." + field.getKey() + " "
                                + kind(Documents.resolved(tree, field.getValue())))));
        return told;
    }

    private static String kind(JsonNode schema) {
        List<String> values = StreamSupport.stream(schema.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return schema.path("type").asText() + schema.path("format").asText() + values;
    }
}
