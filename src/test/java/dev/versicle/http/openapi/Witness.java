package dev.versicle.http.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds real traffic against one of our documents: an answer whose status, header or field the document does not know
 * is an error, and so is a request that was accepted although the document forbids it.
 */
public final class Witness {
    private static final Set<Integer> ACCEPTED = Set.of(200, 201, 304);
    private static final String NO_PATH = "validation.request.path.missing";
    private static final String NO_METHOD = "validation.request.operation.notAllowed";
    // An address that the document does not have is no route, and a method that it does not have neither.
    private static final Map<String, Integer> UNDESCRIBED = Map.of(NO_PATH, 404, NO_METHOD, 405);

    private final OpenApiInteractionValidator validator;

    private Witness(OpenApiInteractionValidator validator) {
        this.validator = validator;
    }

    /** A witness for the document of this name, such as {@code tether.yaml}. */
    public static Witness of(String file) {
        return reading(Documents.text("/openapi/" + file));
    }

    /** A witness for a document itself. */
    static Witness reading(String yaml) {
        return new Witness(OpenApiInteractionValidator.createForInlineApiSpecification(yaml)
                .build());
    }

    /** Fails where {@code answer}, or the request it was given for with the body {@code sent}, is not as described. */
    public void sees(HttpResponse<String> answer, byte[] sent) {
        assertEquals(List.of(), objections(answer, sent), () -> answer + " " + answer.headers() + answer.body());
    }

    /** What the document does not know of this exchange. */
    List<String> objections(HttpResponse<String> answer, byte[] sent) {
        Stream<ValidationReport> reports = ACCEPTED.contains(answer.statusCode())
                ? Stream.of(judged(answer), judged(answer.request(), sent))
                : Stream.of(judged(answer));
        return reports.flatMap(report -> report.getMessages().stream())
                .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
                .filter(message -> UNDESCRIBED.getOrDefault(message.getKey(), 0) != answer.statusCode())
                .map(ValidationReport.Message::toString)
                .toList();
    }

    private ValidationReport judged(HttpResponse<String> answer) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.statusCode());
        answer.headers().map().forEach(response::withHeader);
        HttpRequest request = answer.request();
        return validator.validateResponse(
                request.uri().getRawPath(),
                Request.Method.valueOf(request.method()),
                answer.body().isEmpty()
                        ? response.build()
                        : response.withBody(answer.body()).build());
    }

    private ValidationReport judged(HttpRequest request, byte[] sent) {
        SimpleRequest.Builder asked =
                new SimpleRequest.Builder(request.method(), request.uri().getRawPath());
        request.headers().map().forEach(asked::withHeader);
        query(request.uri()).forEach(pair -> asked.withQueryParam(pair.getFirst(), pair.getLast()));
        return validator.validateRequest(
                sent.length == 0 ? asked.build() : asked.withBody(sent).build());
    }

    private static Stream<List<String>> query(URI uri) {
        return uri.getRawQuery() == null
                ? Stream.empty()
                : Stream.of(uri.getRawQuery().split("&"))
                        .map(pair -> Stream.of(pair.split("=", 2))
                                .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                                .toList());
    }
}
