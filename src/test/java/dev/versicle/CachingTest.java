package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.CachedRoute.Kept;
import dev.versicle.prompt.Role;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every GET says what may be kept of its answers; see {@link CachedRoute}. */
class CachingTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory, Map.of("versicle.webhooks-allow", "127.0.0.0/8"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    static Stream<CachedRoute> tagged() {
        return CachedRoute.ALL.stream().filter(route -> route.kept() == Kept.TAGGED);
    }

    static Stream<CachedRoute> constant() {
        return CachedRoute.ALL.stream().filter(route -> route.kept() == Kept.CONSTANT);
    }

    static Stream<CachedRoute> immutable() {
        return CachedRoute.ALL.stream().filter(route -> route.kept() == Kept.IMMUTABLE);
    }

    /** A prompt with a release, a version more, an environment and a webhook; and an integration with a model. */
    private record World(String id, String name, String commit, String provider, String webhook) {
        static World make() {
            int number = NUMBER.incrementAndGet();
            String name = "cached-" + number;
            String id = post("/v1/prompts", "{\"name\": \"" + name + "\"}", "/id");
            String versions = "/v1/prompts/" + id + "/versions";
            String commit = post(versions, "{\"text\": \"Hello {{x}}\", \"release\": \"1.0.0\"}", "/commit");
            post(versions, "{\"text\": \"Hello you {{x}}\"}", "/commit");
            send("PUT", "/v1/prompts/" + id + "/environments/production", "{\"rev\": \"1\"}");
            send("POST", "/api/integrations/provider/p" + number, "{}", "X-Authorization");
            send("POST", "/api/integrations/provider/p" + number + "/integration/m", "{}", "X-Authorization");
            String webhook = post("/v1/webhooks", CachedRoute.WEBHOOK.replace("{id}", id), "/id");
            return new World(id, name, commit, "p" + number, webhook);
        }

        String in(String text) {
            return text.replace("{id}", id)
                    .replace("{name}", name)
                    .replace("{commit}", commit)
                    .replace("{provider}", provider)
                    .replace("{webhook}", webhook);
        }
    }

    private static String post(String path, String body, String pointer) {
        try {
            return MAPPER.readTree(send("POST", path, body).body()).at(pointer).asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "Authorization");
    }

    private static HttpResponse<String> send(String method, String path, String body, String token) {
        HttpRequest request = request(path, token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = answer(request);
        assertEquals(2, answer.statusCode() / 100, () -> answer + answer.body());
        return answer;
    }

    private static HttpRequest.Builder request(String path, String header) {
        String token = server.token(TestServer.caller("admin", Role.ADMIN));
        return HttpRequest.newBuilder(server.uri(path))
                .header(header, header.equals("Authorization") ? "Bearer " + token : token);
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(CachedRoute route, World world, String known) {
        return answer(request(world.in(route.path()), route.token())
                .header("If-None-Match", known)
                .build());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    @Test
    void everyRouteIsInTheTable() {
        List<String> routes = server.part(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethodName().equals("GET"))
                .map(CachingTest::address)
                .sorted()
                .toList();

        assertEquals(
                List.copyOf(new TreeSet<>(routes)),
                List.copyOf(CachedRoute.ALL.stream()
                        .map(CachedRoute::address)
                        .collect(Collectors.toCollection(TreeSet::new))));
        assertTrue(CachedRoute.ALL.stream().noneMatch(route -> route.change().isEmpty()));
    }

    private static String address(UriRouteInfo<?, ?> route) {
        return "GET " + route.getUriMatchTemplate().toPathString().replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }

    @ParameterizedTest
    @MethodSource({"tagged", "constant"})
    void whoHasItAlreadyIsToldSo(CachedRoute route) {
        World world = World.make();
        HttpResponse<String> whole = get(route, world, "\"another\"");
        String etag = header(whole, "ETag");
        List<String> known = List.of(etag, "W/" + etag, "\"x\", W/\"y\"," + etag, "*");

        assertEquals(200, whole.statusCode(), whole::body);
        assertFalse(whole.body().isEmpty());
        for (String condition : known) {
            HttpResponse<String> answer = get(route, world, condition);
            assertEquals(304, answer.statusCode(), () -> condition + answer.body());
            assertEquals("", answer.body());
            assertEquals(etag, header(answer, "ETag"));
            assertEquals(header(whole, "Cache-Control"), header(answer, "Cache-Control"));
            assertEquals(header(whole, "Vary"), header(answer, "Vary"));
        }
    }

    /** The tag of what is not sent is not always known. */
    @ParameterizedTest
    @MethodSource({"tagged", "constant"})
    void whoAsksForTheHeadAloneIsToldTheSameOfKeepingIt(CachedRoute route) {
        World world = World.make();
        HttpRequest head = request(world.in(route.path()), route.token())
                .method("HEAD", BodyPublishers.noBody())
                .build();

        HttpResponse<String> whole = get(route, world, "\"another\"");

        assertEquals(header(whole, "Cache-Control"), header(answer(head), "Cache-Control"));
        assertEquals(header(whole, "Vary"), header(answer(head), "Vary"));
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void itIsSentAgainAfterAChange(CachedRoute route) {
        World world = World.make();
        HttpResponse<String> before = get(route, world, "\"another\"");
        String[] change = world.in(route.change()).split(" ", 2);

        send(change[0], change[1], world.in(route.body()), route.token());

        HttpResponse<String> after = get(route, world, header(before, "ETag"));
        assertEquals(200, after.statusCode());
        assertNotEquals(before.body(), after.body());
        assertNotEquals(header(before, "ETag"), header(after, "ETag"));
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void itIsKeptForTheOneWhoAskedAndNeverUsedUnasked(CachedRoute route) {
        HttpResponse<String> answer = get(route, World.make(), "\"another\"");

        assertEquals("private, no-cache", header(answer, "Cache-Control"));
        assertTrue(header(answer, "Vary").startsWith("Authorization, X-Authorization"), header(answer, "Vary"));
    }

    @ParameterizedTest
    @MethodSource("immutable")
    void whatNeverChangesIsKeptForTheOneWhoAsked(CachedRoute route) {
        HttpResponse<String> answer = get(route, World.make(), "\"another\"");

        assertEquals("private, max-age=31536000, immutable", header(answer, "Cache-Control"));
        assertTrue(header(answer, "Vary").startsWith("Authorization, X-Authorization"), header(answer, "Vary"));
    }

    /** A cache may keep what it is not told about: that nothing is there may be otherwise in a moment. */
    @Test
    void refusalsAreNotKeptEither() {
        HttpRequest nowhere =
                request("/v1/prompts/0123456789abcdef01234567", "Authorization").build();
        HttpRequest nobody = HttpRequest.newBuilder(server.uri("/v1/keys")).build();

        assertEquals("404 private, no-cache", statusAndRule(nowhere));
        assertEquals("401 private, no-cache", statusAndRule(nobody));
    }

    private static String statusAndRule(HttpRequest request) {
        HttpResponse<String> answer = answer(request);
        return answer.statusCode() + " " + header(answer, "Cache-Control");
    }

    @Test
    void aDifferenceIsTaggedByItsForm() {
        World world = World.make();
        HttpRequest.Builder diff = request("/v1/prompts/" + world.id() + "/diff?from=1&to=2", "Authorization");

        HttpResponse<String> json = answer(diff.build());
        HttpResponse<String> patch = answer(diff.header("Accept", "text/x-diff").build());

        assertNotEquals(header(json, "ETag"), header(patch, "ETag"));
        assertEquals("Authorization, X-Authorization, Accept", header(patch, "Vary"));
    }

    @Test
    void whoHasAnythingOfWhatIsNotThereIsToldThatItIsNot() {
        World world = World.make();
        String path = "/v1/prompts/" + world.id() + "/environments/never/history";

        assertEquals(
                404,
                answer(request(path, "Authorization")
                                .header("If-None-Match", "*")
                                .build())
                        .statusCode());
    }
}
