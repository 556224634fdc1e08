package dev.versicle.http.tether;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import dev.versicle.http.tether.TetherClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The vendor's contract, as a validator that is not ours reads it. */
final class Contract {
    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(text()).build();

    private Contract() {}

    /** The answer has the status, and what the contract says of an answer with this status. */
    static Answer meets(int status, Answer answer) {
        HttpRequest request = answer.http().request();
        assertEquals(status, answer.status(), answer.text());
        none(VALIDATOR.validateResponse(
                request.uri().getPath(), Request.Method.valueOf(request.method()), response(answer)));
        return answer;
    }

    /** The contract allows this request; proves that the tests ask what its users may ask. */
    static String allows(String method, String path, String json) {
        none(VALIDATOR.validateRequest(new SimpleRequest.Builder(method, "/api/prompts" + path)
                .withContentType("application/json")
                .withAuthorization("Bearer x")
                .withBody(json)
                .build()));
        return json;
    }

    private static SimpleResponse response(Answer answer) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
        answer.http().headers().map().forEach(response::withHeader);
        return answer.text().isEmpty()
                ? response.build()
                : response.withBody(answer.text()).build();
    }

    private static void none(ValidationReport report) {
        List<String> errors = report.getMessages().stream()
                .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
                .map(ValidationReport.Message::toString)
                .toList();
        assertEquals(List.of(), errors);
    }

    private static String text() {
        try (InputStream in = Contract.class.getResourceAsStream("/tether-openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
