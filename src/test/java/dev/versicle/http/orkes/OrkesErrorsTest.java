package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.auth.ApiKeyText;
import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.SemVer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal in the vendor's envelope: the heart's, case by case, and the framework's, over HTTP. */
class OrkesErrorsTest {
    private static final EnvironmentPlace PRODUCTION =
            new EnvironmentPlace(Namespace.DEFAULT, new EnvironmentName("production"));
    private static final PromptId PROMPT = PromptId.parse("5f7b1c2e8a1d4e0012c3b4a5");
    private static final ModelName MODEL = new ModelName("openai", "gpt");

    @TempDir
    private static Path data;

    private static TestServer server;
    private static OrkesClient alice;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        alice = OrkesClient.of(server, TestServer.caller("alice"));
    }

    @AfterAll
    static void stop() {
        alice.close();
        server.close();
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new Problem.Denied(PROMPT, Right.UPDATE), 403),
                Arguments.of(new Problem.DeniedByName(List.of(new PromptName("a"))), 403),
                Arguments.of(new Problem.Generated(PRODUCTION), 403),
                Arguments.of(new Problem.Forbidden("creating prompts"), 403),
                Arguments.of(new Problem.PromptNotFound("x"), 404),
                Arguments.of(new Problem.VersionNotFound(PROMPT, "7"), 404),
                Arguments.of(new Problem.BadVersionId(), 400),
                Arguments.of(new Problem.Invalid("name", "must be a string"), 400),
                Arguments.of(new Problem.TooLarge("file", 5), 413),
                Arguments.of(new Problem.UnknownModel(MODEL), 404),
                Arguments.of(new Problem.UnknownIntegration("x"), 404),
                Arguments.of(new Problem.ModelDenied(MODEL), 403),
                Arguments.of(new Problem.Pinned(3, "release 1.0.0"), 409),
                Arguments.of(new Problem.NameTaken(new PromptName("a")), 409),
                Arguments.of(new Problem.ReleaseExists(new SemVer(1, 2, 3)), 409),
                Arguments.of(new Problem.MissingVariables(new TreeSet<>(List.of("a"))), 400),
                Arguments.of(new Problem.EnvironmentNotFound(new EnvironmentName("a")), 404),
                Arguments.of(new Problem.PreconditionRequired(), 428),
                Arguments.of(new Problem.BranchNotFound(BranchName.MAIN), 404),
                Arguments.of(new Problem.BranchTaken(BranchName.MAIN, BranchName.MAIN), 409),
                Arguments.of(new Problem.Conflicts(BranchName.MAIN, List.of()), 409),
                Arguments.of(new Problem.Unmergeable(BranchName.MAIN, "It cannot."), 409),
                Arguments.of(new Problem.KeyNotFound("a"), 404),
                Arguments.of(new Problem.WebhookNotFound("a"), 404),
                Arguments.of(new Problem.DeliveryNotFound("a"), 404),
                Arguments.of(new Problem.Stale(Optional.of(new CommitId("a".repeat(40)))), 412));
    }

    private static OrkesErrors errors() {
        return server.part(OrkesErrors.class);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasItsStatusAndASentence(Problem problem, int status) {
        Dialect.Answer answer = errors().answer(problem);
        assertEquals(status, answer.status());
        OrkesErrors.Body body = (OrkesErrors.Body) answer.body();
        assertEquals(new OrkesErrors.Body(status, body.message(), "127.0.0.1", false), body);
        assertFalse(body.message().isBlank());
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of(new Problem.Contended(), 409),
                Arguments.of(new Problem.UnderWay(), 409),
                Arguments.of(new Problem.Starting(), 503),
                Arguments.of(new Problem.Busy("imports", 5), 429),
                Arguments.of(new Problem.RemoteFailed("did not answer in time"), 502),
                Arguments.of(new Problem.ProviderFailed(MODEL, "did not answer in time"), 502));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesMayBeTriedAgain(Problem problem, int status) {
        OrkesErrors.Body body = (OrkesErrors.Body) errors().answer(problem).body();
        assertEquals(new OrkesErrors.Body(status, body.message(), "127.0.0.1", true), body);
    }

    @Test
    void noProblemIsForgottenHere() {
        Set<Class<?>> tried = Stream.of(
                        problems().map(row -> row.get()[0].getClass()),
                        passing().map(row -> row.get()[0].getClass()),
                        Stream.of(Problem.Unauthenticated.class))
                .flatMap(classes -> classes)
                .collect(Collectors.toUnmodifiableSet());
        assertEquals(
                Arrays.stream(Problem.class.getPermittedSubclasses()).collect(Collectors.toUnmodifiableSet()), tried);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyFailureKeepsItsStatus(Failure failure) {
        assertEquals(failure.status(), errors().answer(failure).status());
    }

    /** These two codes make the SDKs fetch a new token; any other body would not. */
    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, INVALID_TOKEN, Send a valid token or API key.",
        "TOKEN_EXPIRED, EXPIRED_TOKEN, The token or API key has expired. Send a new one."
    })
    void aTokenThatDoesNotHoldIsToldByTheVendorsCode(Failure failure, String code, String message) {
        assertEquals(
                new OrkesErrors.TokenBody(code, message, 401),
                errors().answer(failure).body());
    }

    private static void assertEnvelope(int status, OrkesClient.Answer answer) {
        JsonNode body = answer.being(status).json();
        assertEquals(
                Set.of("status", "message", "instance", "retryable"),
                body.properties().stream().map(field -> field.getKey()).collect(Collectors.toUnmodifiableSet()));
        assertEquals(status, body.get("status").intValue());
        assertFalse(body.get("message").textValue().isBlank());
        assertEquals(Optional.of("application/json"), answer.header("Content-Type"));
        assertFalse(answer.header("X-Request-Id").isEmpty());
    }

    private static void assertTokenError(String code, OrkesClient.Answer answer) {
        JsonNode body = answer.being(401).json();
        assertEquals(code, body.get("error").textValue());
        assertEquals(401, body.get("status").intValue());
        assertFalse(body.get("message").textValue().isBlank());
    }

    @Test
    void aTokenThatDoesNotHoldIsInvalid() {
        try (OrkesClient nobody = OrkesClient.bearing(server, "no-token")) {
            assertTokenError("INVALID_TOKEN", nobody.get("/prompts"));
            assertTokenError("INVALID_TOKEN", nobody.post("/prompts/x?description=d", "t"));
            assertTokenError("INVALID_TOKEN", nobody.put("/prompts/%FF", "t"));
            assertTokenError("INVALID_TOKEN", nobody.get("/token/userInfo"));
        }
    }

    @Test
    void aTokenWhoseTimeIsOverIsExpired() {
        try (OrkesClient late = OrkesClient.bearing(server, server.expired(TestServer.caller("alice")))) {
            assertTokenError("EXPIRED_TOKEN", late.get("/prompts"));
            assertTokenError("EXPIRED_TOKEN", late.delete("/prompts/x"));
        }
    }

    @Test
    void unknownAddressesBelowApiAreNotFound() {
        for (String path : List.of("/nothing", "/prompts/a/b/c", "/prompts/a/versions/1/2", "/token/x", "")) {
            assertEnvelope(404, alice.get(path));
        }
        assertEnvelope(404, alice.get("/prompts/none"));
        assertEnvelope(404, alice.get("/prompts/none?version=3"));
    }

    @Test
    void aMethodThatAnAddressDoesNotHaveIsNamed() {
        OrkesClient.Answer answer = alice.send("PATCH", "/prompts/x", BodyPublishers.ofString("{}"));
        assertEnvelope(405, answer);
        assertEquals(
                Set.of("GET", "HEAD", "POST", "PUT", "DELETE"),
                Set.of(answer.header("Allow").orElseThrow().split(",\\s*")));
        assertEnvelope(405, alice.put("/token", "{}"));
        assertEnvelope(405, alice.post("/prompts/x/tags", "[]"));
    }

    @Test
    void aBodyOverTheServersLimitIsTooLarge() {
        assertEnvelope(413, alice.post("/prompts/x?description=d", "a".repeat((8 << 20) + 1)));
        assertEnvelope(413, alice.post("/token", " ".repeat((8 << 20) + 1)));
    }

    @Test
    void anUnknownMediaTypeIsRefused() {
        for (String path : List.of("/prompts/x?description=d", "/prompts", "/token")) {
            assertEnvelope(
                    415, alice.send("POST", path, BodyPublishers.ofString("<a/>"), "Content-Type", "application/xml"));
        }
        assertEnvelope(
                415,
                alice.send("DELETE", "/prompts/x/tags", BodyPublishers.ofString("[]"), "Content-Type", "text/plain"));
    }

    @Test
    void whatIsNotToBeHadIsNotAcceptable() {
        assertEnvelope(406, alice.send("GET", "/prompts", BodyPublishers.noBody(), "Accept", "image/png"));
    }

    @Test
    void malformedJsonIsABadRequest() {
        for (String body : List.of("[", "{}", "7", "[{\"name\":\"a\",\"name\":\"b\"}]", "[] []")) {
            assertEnvelope(400, alice.post("/prompts/", body));
            assertEnvelope(400, alice.put("/prompts/x/tags", body));
        }
        assertEnvelope(400, alice.post("/token", "{"));
        assertEnvelope(400, alice.post("/token", "{}"));
        assertEnvelope(400, alice.post("/token", ""));
    }

    @Test
    void aKeyIsExchangedForATokenOfItsCaller() {
        ApiKeyText key = ApiKeyText.parse(server.adminKey()).orElseThrow();
        String body = OrkesClient.written(Map.of("keyId", key.id(), "keySecret", key.secret()));
        String stale = server.expired(TestServer.caller("alice"));
        String token = alice.send("POST", "/token", BodyPublishers.ofString(body), "X-Authorization", stale)
                .being(200)
                .get("token");

        try (OrkesClient admin = OrkesClient.bearing(server, token)) {
            JsonNode user = admin.get("/token/userInfo").being(200).json();
            assertEquals("admin", user.get("id").textValue());
            assertEquals("default", user.get("namespace").textValue());
            assertEquals("[{\"name\":\"ADMIN\"}]", user.get("roles").toString());
            assertEquals("[]", user.get("groups").toString());
        }
    }

    @Test
    void aWrongKeyIsAnInvalidToken() {
        ApiKeyText key = ApiKeyText.parse(server.adminKey()).orElseThrow();
        for (String body : List.of(
                OrkesClient.written(Map.of("keyId", key.id(), "keySecret", "0".repeat(64))),
                OrkesClient.written(Map.of("keyId", "x", "keySecret", key.secret())))) {
            assertTokenError("INVALID_TOKEN", alice.post("/token", body));
        }
    }
}
