package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.auth.ApiKeyText;
import dev.versicle.auth.TokenMint;
import dev.versicle.http.SharedPath;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Tokens;
import io.micronaut.logging.LogLevel;
import io.micronaut.logging.LoggingSystem;
import io.micronaut.security.token.reader.TokenReader;
import io.micronaut.security.token.validator.TokenValidator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens at the door of a whole server. */
@Isolated("reads what the whole process logs")
class DoorsTest {
    private static final Caller ADA = new Caller(
            "ada", Optional.of("Ada"), Optional.of("ada@example.org"), new Namespace("engines"), Set.of(Role.WRITER));

    @TempDir
    private static Path directory;

    private static Server server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = Server.start(settings(directory));
        client = Client.of(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static Map<String, Object> settings(Path data) {
        return Map.of(
                "versicle.data",
                data.toString(),
                "versicle.port",
                0,
                "versicle.samples",
                false,
                RoomForTests.SETTING,
                true);
    }

    private static String jwt(Caller caller) {
        return server.part(TokenMint.class).token(caller, Duration.ofMinutes(5));
    }

    private static String apiKey(Caller caller) {
        ApiKeyText key = ApiKeyText.make(new SecureRandom());
        server.part(KeyRing.class).add(key.kept(caller, Instant.now(), Optional.empty()), caller);
        return key.text();
    }

    @Test
    void anEndpointIsToldTheCallerOfAJwt() {
        assertEquals(ADA.toString(), client.bearing(jwt(ADA), "/test/caller").body());
    }

    @Test
    void anEndpointIsToldTheCallerOfAnApiKey() {
        assertEquals(ADA.toString(), client.bearing(apiKey(ADA), "/test/caller").body());
    }

    @Test
    void theSchemesNameMayBeInAnyCase() {
        assertEquals(
                200,
                client.get("/test/caller", "Authorization", "bearer " + jwt(ADA))
                        .statusCode());
    }

    @Test
    void withoutATokenTheAnswerIs401() {
        assertEquals(401, client.get("/test/caller").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer vsk_",
                "Bearer vsk_0123456789ab_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4IiwiZXhwIjo0MTAyNDQ0ODAwfQ.",
                "Basic YWRtaW46YWRtaW4=",
                "Digest username=admin"
            })
    void withATokenThatDoesNotHoldTheAnswerIs401(String header) {
        assertEquals(401, client.get("/test/caller", "Authorization", header).statusCode());
    }

    @Test
    void aTokenAnywhereElseIsNotSeen() {
        String token = jwt(ADA);
        assertEquals(401, client.get("/test/caller", "Cookie", "JWT=" + token).statusCode());
        assertEquals(401, client.get("/test/caller?access_token=" + token).statusCode());
        assertEquals(
                401,
                client.get("/test/caller", "Proxy-Authorization", "Bearer " + token)
                        .statusCode());
    }

    @Test
    void aTokenOrAKeyMayComeInXAuthorizationBareOrWithTheScheme() {
        String token = jwt(ADA);
        for (String value :
                List.of(token, "Bearer " + token, "bearer  " + token, apiKey(ADA), "Bearer " + apiKey(ADA))) {
            assertEquals(
                    ADA.toString(),
                    client.get("/test/caller", SharedPath.HEADER, value).body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "x", "vsk_", "Basic YWRtaW46YWRtaW4="})
    void whereBothHeadersAreThereXAuthorizationDecides(String worthless) {
        String good = jwt(ADA);
        HttpResponse<String> shutOut =
                client.get("/test/caller", SharedPath.HEADER, worthless, "Authorization", "Bearer " + good);
        HttpResponse<String> letIn =
                client.get("/test/caller", "Authorization", "Bearer " + worthless, SharedPath.HEADER, good);
        assertEquals(401, shutOut.statusCode());
        assertEquals(ADA.toString(), letIn.body());
    }

    @Test
    void whoShowsAnExpiredTokenIsToldSoInEitherHeader() {
        String expired = server.part(TokenMint.class).token(ADA, Duration.ofMinutes(-5));
        requireExpired(client.bearing(expired, "/test/caller"));
        requireExpired(client.get("/test/caller", SharedPath.HEADER, expired));
        requireExpired(client.bearing(expired, "/test/required"));
    }

    @Test
    void whoShowsAnExpiredKeyIsToldSo() {
        ApiKeyText key = ApiKeyText.make(new SecureRandom());
        Instant past = Instant.now().minusSeconds(1);
        server.part(KeyRing.class).add(key.kept(ADA, past, Optional.of(past)), ADA);
        requireExpired(client.bearing(key.text(), "/test/caller"));
    }

    private static void requireExpired(HttpResponse<String> answer) {
        assertEquals(401, answer.statusCode());
        assertEquals(
                "{\"error\":\"UNAUTHORIZED\",\"message\":\"The token or API key has expired. Send a new one.\","
                        + "\"details\":{}}",
                answer.body());
        assertEquals(List.of("Bearer"), answer.headers().allValues("WWW-Authenticate"));
    }

    @Test
    void nobodyElseIsToldOfExpiry() {
        String expired = server.part(TokenMint.class).token(ADA, Duration.ofMinutes(-5));
        String forged = expired.substring(0, expired.lastIndexOf('.')) + ".c2lnbmVkIGJ5IG5vYm9keQ";
        for (HttpResponse<String> answer : List.of(
                client.bearing(forged, "/test/caller"),
                client.get("/test/caller", SharedPath.HEADER, forged),
                client.get("/test/caller", SharedPath.HEADER, "x", "Authorization", "Bearer " + expired),
                client.get("/test/caller"),
                client.get("/test/required"))) {
            assertEquals(401, answer.statusCode());
            assertTrue(answer.body().contains("Send a valid token or API key."), answer.body());
        }
        assertEquals("nobody", client.bearing(expired, "/test/anybody").body());
    }

    @Test
    void anExpiredTokenIsToldOfInTethersWordsAtTethersDoor() {
        String expired = server.part(TokenMint.class).token(ADA, Duration.ofMinutes(-5));
        HttpResponse<String> answer = client.bearing(expired, "/api/prompts/user");
        assertEquals(401, answer.statusCode());
        assertEquals(
                "{\"error\":\"Token expired\",\"details\":\"The token or API key has expired. Send a new one.\"}",
                answer.body());
    }

    @Test
    void withXAuthorizationTethersPathsAreNotThere() {
        assertEquals(200, client.bearing(jwt(ADA), "/api/prompts/user").statusCode());
        assertEquals(
                404,
                client.get("/api/prompts/user", SharedPath.HEADER, jwt(ADA)).statusCode());
    }

    @Test
    void aKeyIsExchangedForATokenThatEndsWithTheKey() {
        ApiKeyText key = ApiKeyText.make(new SecureRandom());
        KeyRing ring = server.part(KeyRing.class);
        ring.add(key.kept(ADA, Instant.now(), Optional.empty()), ADA);
        String token =
                server.part(Tokens.class).exchange(key.id(), key.secret()).orElseThrow();
        assertEquals(
                ADA.toString(),
                client.get("/test/caller", SharedPath.HEADER, token).body());
        ring.remove(key.id(), ADA);
        assertEquals(401, client.get("/test/caller", SharedPath.HEADER, token).statusCode());
    }

    @Test
    void aRouteForEverybodyKnowsWhoShowsAToken() {
        assertEquals("nobody", client.get("/test/anybody").body());
        assertEquals("nobody", client.bearing("x", "/test/anybody").body());
        assertEquals("ada", client.bearing(jwt(ADA), "/test/anybody").body());
    }

    @Test
    void rolesOpenWhatTheyNameAndNothingElse() {
        Caller admin = new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));
        assertEquals(200, client.bearing(apiKey(admin), "/test/admin").statusCode());
        assertEquals(403, client.bearing(apiKey(ADA), "/test/admin").statusCode());
        assertEquals(401, client.get("/test/admin").statusCode());
    }

    @Test
    void anUnknownRouteIs404ForEverybody() {
        assertEquals(404, client.get("/nowhere").statusCode());
        assertEquals(404, client.bearing("x", "/nowhere").statusCode());
        assertEquals(404, client.get("/login").statusCode());
        assertEquals(404, client.get("/keys").statusCode());
        assertEquals(404, client.get("/beans").statusCode());
    }

    @Test
    void healthAnswersWithoutATokenThatTheStorageIsUp() {
        assertEquals(200, client.get("/health").statusCode());
        assertTrue(client.get("/health").body().contains("\"storage\":{\"name\":\"versicle\",\"status\":\"UP\"}"));
        assertEquals(200, client.bearing(jwt(ADA), "/health").statusCode());
    }

    @Test
    void oneReaderAloneFindsTokens() {
        assertEquals(
                "dev.versicle.auth.TokenHeaders",
                server.part(TokenReader.class).getClass().getName());
    }

    @Test
    void oneJudgeAloneAcceptsTokens() {
        assertEquals(
                "dev.versicle.auth.DoorLock",
                server.part(TokenValidator.class).getClass().getName());
    }

    @Test
    void noTokenReachesTheLogAtAnyLevel(@TempDir Path data) {
        Map<String, Object> loud = new HashMap<>(settings(data));
        loud.put("logger.levels.ROOT", "TRACE");
        loud.put("logger.levels.io.micronaut", "TRACE");
        loud.put("logger.levels.io.micronaut.security", "TRACE");
        loud.put("logger.levels.io.netty", "TRACE");
        String forged = "vsk_0123456789ab_" + "5ec3e7".repeat(10) + "abcd";
        PrintStream out = System.out;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        String token;
        try (Server talking = Server.start(loud);
                Client asking = Client.of(talking)) {
            token = talking.part(TokenMint.class).token(ADA, Duration.ofMinutes(5));
            asking.bearing(token, "/test/caller");
            asking.bearing(forged, "/test/caller");
            asking.get("/test/caller", "Authorization", "Basic " + forged);
            asking.get("/test/caller", SharedPath.HEADER, token);
            asking.get("/test/caller", SharedPath.HEADER, "Bearer " + forged);
            asking.get("/api/prompts/user", SharedPath.HEADER, forged);
        } finally {
            System.setOut(out);
            quiet();
        }
        String text = log.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("TRACE"), "the log was turned up");
        assertTrue(text.contains("SecurityFilter"), "and the lock's part of it");
        assertFalse(text.contains(token), () -> lineWith(text, token));
        assertFalse(text.contains(forged), () -> lineWith(text, forged));
    }

    private static String lineWith(String text, String word) {
        return text.lines().filter(line -> line.contains(word)).findFirst().orElse("");
    }

    /** Log levels belong to the process: puts them back for the tests after this one. */
    private static void quiet() {
        LoggingSystem logs = server.part(LoggingSystem.class);
        logs.setLogLevel("ROOT", LogLevel.INFO);
        logs.setLogLevel("io.micronaut", LogLevel.WARN);
        logs.setLogLevel("io.micronaut.security", LogLevel.NOT_SPECIFIED);
        logs.setLogLevel("io.netty", LogLevel.WARN);
    }
}
