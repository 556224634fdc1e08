package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.versicle.auth.TokenMint;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.DefaultRouter;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real HTTP against two doors on one URL. */
final class DoorkeeperTest {
    @TempDir
    private static Path data;

    private static EmbeddedServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(TwoDoors.PROPERTY, true, "versicle.port", 0, "versicle.data", data.toString()));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void theHeaderAloneTellsTheDoor() throws Exception {
        assertEquals("200 tether's 7", tether("GET", "/two/prompts/7"));
        assertEquals("200 orkes' 7", orkes("GET", "/two/prompts/7"));
        assertEquals("200 tether saves 7 of 2", tether("POST", "/two/prompts/7"));
        assertEquals("200 orkes saves 7 of 2", orkes("POST", "/two/prompts/7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Bearer x", "vsk_"})
    void whateverTheHeaderHoldsItIsThere(String value) throws Exception {
        assertEquals(
                "orkes' 7",
                send("GET", "/two/prompts/7", "x-authorization", value).body());
    }

    @Test
    void anAuthorizationHeaderIsTethers() throws Exception {
        assertEquals(
                "tether's 7",
                send("GET", "/two/prompts/7", "Authorization", "Bearer x").body());
    }

    @Test
    void aWordOfOneDoorIsANameAtTheOther() throws Exception {
        assertEquals("200 tether's list", tether("GET", "/two/prompts/user"));
        assertEquals("200 orkes' user", orkes("GET", "/two/prompts/user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/plain, */*", "*/*"})
    void whatOneDoorProducesOrConsumesDoesNotDrawRequestsFromTheOther(String types) throws Exception {
        assertEquals(
                "orkes' 7",
                send("GET", "/two/prompts/7", SharedPath.HEADER, "x", "Accept", types)
                        .body());
        assertEquals(
                "tether's 7", send("GET", "/two/prompts/7", "Accept", types).body());
    }

    @Test
    void whatOnlyTheOtherDoorHasIsNotFoundInThisDoorsWords() throws Exception {
        assertEquals("404 {\"tether\":\"NO_ROUTE\"}", tether("GET", "/two/prompts/7/tags"));
        assertEquals("200 orkes' tags of 7", orkes("GET", "/two/prompts/7/tags"));
        assertEquals("404 ", tether("HEAD", "/two/prompts/7/tags"));
        assertEquals("200 ", orkes("HEAD", "/two/prompts/7/tags"));
    }

    @Test
    void aMethodThatOnlyTheOtherDoorHasIsRefusedWithTheMethodsOfThisOne() throws Exception {
        HttpResponse<String> atTether = send("PUT", "/two/prompts/7");
        HttpResponse<String> atOrkes = send("DELETE", "/two/prompts/7", SharedPath.HEADER, "x");
        assertEquals("405 {\"tether\":\"METHOD\"}", said(atTether));
        assertEquals("405 {\"orkes\":\"METHOD\"}", said(atOrkes));
        assertEquals(Set.of("DELETE", "GET", "HEAD", "POST"), allowed(atTether));
        assertEquals(Set.of("GET", "HEAD", "POST", "PUT"), allowed(atOrkes));
    }

    @Test
    void typesAreRefusedByTheDoorThatDoesNotHaveThem() throws Exception {
        assertEquals(
                "415 {\"tether\":\"MEDIA_TYPE\"}", said(send("POST", "/two/prompts/7", "Content-Type", "text/plain")));
        assertEquals(
                "200 orkes saves 7 of 2",
                said(send("POST", "/two/prompts/7", "Content-Type", "text/plain", SharedPath.HEADER, "x")));
        assertEquals(
                "406 {\"orkes\":\"NOT_ACCEPTABLE\"}",
                said(send("GET", "/two/prompts/7/versions", "Accept", "image/png", SharedPath.HEADER, "x")));
    }

    @ParameterizedTest
    @CsvSource({
        "/two/prompts/1/2/3, tether, orkes",
        "/two/prompts, tether, orkes",
        "/two/promptsandmore, orkes, orkes",
        "/two/else, orkes, orkes",
        "/two, orkes, orkes"
    })
    void anUnknownPathIsWordedByItsDoorWhereItIsSharedAndElseByWhoeverIsAboveIt(
            String path, String without, String with) throws Exception {
        assertEquals("404 {\"" + without + "\":\"NO_ROUTE\"}", tether("GET", path));
        assertEquals("404 {\"" + with + "\":\"NO_ROUTE\"}", orkes("GET", path));
    }

    @Test
    void anUnknownPathBelowNoDoorIsTheHousesWithAndWithoutTheHeader() throws Exception {
        assertEquals(said(send("GET", "/twofold")), said(send("GET", "/twofold", SharedPath.HEADER, "x")));
        assertEquals("404", orkes("GET", "/twofold").substring(0, 3));
        assertFalse(orkes("GET", "/twofold").contains("orkes"));
    }

    @Test
    void whoMayCallIsStillAskedAtBothDoors() throws Exception {
        assertEquals("401 {\"tether\":\"UNAUTHENTICATED\"}", tether("GET", "/two/prompts/7/versions"));
        assertEquals("401 {\"orkes\":\"UNAUTHENTICATED\"}", orkes("GET", "/two/prompts/7/versions"));
    }

    @Test
    void anExpiredTokenIsToldOfInTheWordsOfItsDoor() throws Exception {
        Caller ada = new Caller("ada", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of());
        TokenMint mint = server.getApplicationContext().getBean(TokenMint.class);
        String expired = mint.token(ada, Duration.ofMinutes(-5));
        String path = "/two/prompts/7/versions";
        assertEquals("401 {\"orkes\":\"TOKEN_EXPIRED\"}", said(send("GET", path, SharedPath.HEADER, expired)));
        assertEquals(
                "401 {\"tether\":\"TOKEN_EXPIRED\"}", said(send("GET", path, "Authorization", "Bearer " + expired)));
    }

    @Test
    void thereIsOneRouter() {
        assertEquals(
                List.of(DefaultRouter.class),
                server.getApplicationContext().getBeansOfType(Router.class).stream()
                        .map(Object::getClass)
                        .toList());
    }

    private static String tether(String method, String path) throws IOException, InterruptedException {
        return said(send(method, path));
    }

    private static String orkes(String method, String path) throws IOException, InterruptedException {
        return said(send(method, path, SharedPath.HEADER, "x"));
    }

    private static String said(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }

    private static Set<String> allowed(HttpResponse<String> answer) {
        Set<String> methods = new TreeSet<>();
        answer.headers().allValues("Allow").forEach(line -> methods.addAll(List.of(line.split(",\\s*"))));
        return methods;
    }

    private static HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path))
                .setHeader("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}"));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
