package dev.versicle.http.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is at no door, over the wire and as its document says; and that a document that says otherwise is caught. */
final class WitnessTest {
    private static final byte[] NOTHING = {};

    @TempDir
    private static Path data;

    private static TestServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/health, 200",
        "/health/liveness, 200",
        "/health/readiness, 200",
        "/health/nonsense, 400",
        "/openapi, 200",
        "/openapi/tether.yaml, 200",
        "/openapi/house.yaml, 200",
        "/openapi/page.js, 200",
        "/openapi/page.css, 200",
        "/openapi/icon.svg, 200",
        "/openapi/swagger-ui.css, 200",
        "/openapi/nothing.yaml, 404",
        "/nowhere, 404"
    })
    void theHouseAnswersAsItsDocumentSays(String path, int status) throws Exception {
        HttpResponse<String> answer = get(path);
        Witness.of("house.yaml").sees(answer, NOTHING);
        assertEquals(status, answer.statusCode());
    }

    @Test
    void theHousesOtherAnswersAreDescribedToo() throws Exception {
        Witness house = Witness.of("house.yaml");
        String etag = get("/openapi").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> known = get("/openapi", "If-None-Match", etag);
        HttpResponse<String> unacceptable = get("/openapi", "Accept", "image/png");
        HttpResponse<String> slash = get("/openapi/");
        for (HttpResponse<String> answer : List.of(known, unacceptable, slash)) {
            house.sees(answer, NOTHING);
        }
        assertEquals(304, known.statusCode());
        assertEquals(406, unacceptable.statusCode());
        assertEquals(307, slash.statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi", "/openapi/tether.yaml", "/openapi/icon.svg", "/openapi/swagger-ui-bundle.js"})
    void whatIsServedMayLoadNothingElseAndIsNotGuessedAt(String path) throws Exception {
        HttpHeaders headers = get(path).headers();
        String policy = headers.firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; connect-src 'self'; "), policy);
        assertEquals(Optional.of("nosniff"), headers.firstValue("X-Content-Type-Options"));
        assertEquals(Optional.of("no-cache"), headers.firstValue("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2Fapplication.yml",
                "%2E%2E%2Flogback.xml",
                "page.html",
                "swagger-ui-es-bundle.js",
                "TETHER.YAML",
                "tether.yaml%00.js"
            })
    void aNameThatIsNotListedIsNotThere(String name) throws Exception {
        assertEquals(404, get("/openapi/" + name).statusCode());
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("a value", "          - UP\n", ""),
                Arguments.of("a field that is missing", "      - name\n", "      - surname\n"),
                Arguments.of("a field that nobody knows", "        status:\n", "        state:\n"),
                Arguments.of("a header", "X-Request-Id:", "X-Other-Id:"),
                Arguments.of("a status", "'200':", "'201':"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aDocumentThatSaysOtherwiseIsCaught(String what, String truth, String lie) throws Exception {
        HttpResponse<String> health = get("/health");
        String house = Documents.text(ApiDocument.HOUSE);
        assertEquals(List.of(), Witness.reading(house).objections(health, NOTHING));
        assertNotEquals(List.of(), Witness.reading(house.replace(truth, lie)).objections(health, NOTHING), what);
    }

    @Test
    void aRequestThatWasAcceptedAgainstTheDocumentIsCaught() throws Exception {
        HttpResponse<String> made = post("/api/prompts/create", "{\"name\": \"a\", \"prompt\": \"b\"}");
        Witness tether = Witness.of("tether.yaml");
        assertEquals(201, made.statusCode());
        assertEquals(
                List.of(),
                tether.objections(made, "{\"name\": \"a\", \"prompt\": \"b\"}".getBytes(StandardCharsets.UTF_8)));
        assertTrue(tether.objections(made, "{\"name\": \"a\"}".getBytes(StandardCharsets.UTF_8))
                .toString()
                .contains("prompt"));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + server.adminKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
