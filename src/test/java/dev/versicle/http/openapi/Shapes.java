package dev.versicle.http.openapi;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds pieces of JSON against the schemas of one of our documents. */
public final class Shapes {
    private final OpenAPI document;
    private final SchemaValidator validator;

    private Shapes(OpenAPI document) {
        this.document = document;
        this.validator = new SchemaValidator(document, new MessageResolver());
    }

    /** Those of the document of this name, such as {@code v1.yaml}. */
    public static Shapes of(String file) {
        return new Shapes(new OpenAPIV3Parser()
                .readContents(Documents.text("/openapi/" + file))
                .getOpenAPI());
    }

    /** What the schema of this name does not know of the JSON. */
    public List<String> objections(String schema, String json) {
        return validator
                .validate(
                        json,
                        Optional.ofNullable(Map.copyOf(document.getComponents().getSchemas())
                                        .get(schema))
                                .orElseThrow(),
                        schema)
                .getMessages()
                .stream()
                .map(ValidationReport.Message::toString)
                .toList();
    }
}
