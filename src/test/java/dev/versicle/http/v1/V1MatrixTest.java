package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import io.micronaut.web.router.Router;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of this door for every kind of caller, on a prompt that is private: anonymous, a reader and an updater by
 * grant, the owner, an owner in another namespace, an administrator.
 */
class V1MatrixTest {
    /** In this order in {@link #TABLE}. */
    private static final List<String> CALLERS =
            List.of("anonymous", "reader", "updater", "owner", "stranger", "administrator");

    private static final String TEXT = "{\"text\": \"Hello ${name}\"}";

    /** Of nobody who answers, so what is told waits there. */
    private static final String HOOK = """
            {"url": "http://127.0.0.1:1/", "secret": "0123456789abcdef", "events": ["push"], "prompt": "{id}"}""";

    /** The statuses that each caller gets, and a body that is right; {@code form} is an upload. */
    private static final List<Row> TABLE = List.of(
            row("POST /v1/prompts", "401 201 201 201 201 201", "{\"name\": \"{unique}\"}"),
            row("GET /v1/prompts", "200 200 200 200 200 200", ""),
            // Everybody but a mere reader may; this body names no URL.
            row("POST /v1/prompts/import", "401 422 422 422 422 422", "{}"),
            row("GET /v1/prompts/{id}", "401 200 200 200 403 200", ""),
            row("PATCH /v1/prompts/{id}", "401 403 200 200 403 200", "{\"description\": \"d\"}"),
            row("DELETE /v1/prompts/{id}", "401 403 403 204 403 204", ""),
            row("POST /v1/prompts/{id}/versions", "401 403 201 201 403 201", TEXT),
            row("POST /v1/prompts/{id}/versions multipart", "401 403 403 201 403 201", "form"),
            row("GET /v1/prompts/{id}/versions/{rev}", "401 200 200 200 403 200", ""),
            row("PATCH /v1/prompts/{id}/versions/{rev}", "401 403 200 200 403 200", "{\"title\": \"t\"}"),
            row("GET /v1/prompts/{id}/versions/{rev}/files/{path}", "401 200 200 200 403 200", ""),
            row("POST /v1/prompts/{id}/versions/{rev}/render", "401 200 200 200 403 200", "{\"variables\": {}}"),
            row("GET /v1/prompts/{id}/log", "401 200 200 200 403 200", ""),
            row("GET /v1/prompts/{id}/diff?from=1&to=latest", "401 200 200 200 403 200", ""),
            row("GET /v1/prompts/{id}/blame", "401 200 200 200 403 200", ""),
            row("POST /v1/prompts/{id}/restore", "401 403 200 200 403 200", "{\"rev\": \"1\"}"),
            row("GET /v1/prompts/{id}/branches", "401 200 200 200 403 200", ""),
            row("POST /v1/prompts/{id}/branches", "401 403 201 201 403 201", "{\"name\": \"topic\"}"),
            row("DELETE /v1/prompts/{id}/branches/{branch}", "401 403 204 204 403 204", ""),
            row("POST /v1/prompts/{id}/merge", "401 403 200 200 403 200", "{\"branch\": \"main\"}"),
            row("GET /v1/prompts/{id}/draft", "401 403 200 200 403 200", ""),
            row("PUT /v1/prompts/{id}/draft", "401 403 200 200 403 200", TEXT),
            row("DELETE /v1/prompts/{id}/draft", "401 403 204 204 403 204", ""),
            row("GET /v1/prompts/{id}/access", "401 403 200 200 403 200", ""),
            row("PUT /v1/prompts/{id}/access", "401 403 403 200 403 200", "{\"grants\": {}}"),
            row("GET /v1/prompts/{id}/environments", "401 200 200 200 403 200", ""),
            row("GET /v1/prompts/{id}/environments/{env}", "401 200 200 200 403 200", ""),
            row("PUT /v1/prompts/{id}/environments/{env}", "401 403 428 428 403 428", "{\"rev\": \"1\"}"),
            row("DELETE /v1/prompts/{id}/environments/{env}", "401 403 204 204 403 204", ""),
            row("GET /v1/prompts/{id}/environments/{env}/history", "401 200 200 200 403 200", ""),
            // A stream of what is public, for everybody; of one prompt, for who may read it.
            row("GET /v1/events?prompt={id}", "401 200 200 200 403 200", ""),
            row("GET /v1/prompts/{owner}/{name}", "404 200 200 200 404 200", ""),
            row("GET /v1/prompts/{owner}/{name}/versions", "404 200 200 200 404 200", ""),
            row("GET /v1/prompts/{owner}/{name}/versions/{version}/download", "404 200 200 200 404 200", ""),
            // The stranger has a role, in another namespace; the others have none.
            row("GET /v1/namespaces/{namespace}", "401 403 403 403 403 200", ""),
            row("PUT /v1/namespaces/{namespace}", "401 403 403 403 403 200", "{\"kustomization\": true}"),
            row("GET /v1/trash", "401 200 200 200 200 200", ""),
            row("POST /v1/trash/{trashed}/restore", "401 404 404 200 404 200", ""),
            row("GET /v1/keys", "401 200 200 200 200 200", ""),
            row("POST /v1/keys", "401 201 201 201 201 201", "{\"name\": \"{unique}\"}"),
            row("DELETE /v1/keys/{key}", "401 404 404 204 404 204", ""),
            row("GET /v1/webhooks", "401 200 200 200 200 200", ""),
            row("POST /v1/webhooks", "401 403 403 201 403 201", HOOK),
            row("GET /v1/webhooks/{hook}", "401 404 404 200 404 200", ""),
            row("DELETE /v1/webhooks/{hook}", "401 404 404 204 404 204", ""),
            row("GET /v1/webhooks/{hook}/deliveries", "401 404 404 200 404 200", ""),
            row("GET /v1/webhooks/{hook}/deliveries/{delivery}", "401 404 404 200 404 200", ""),
            row("POST /v1/webhooks/{hook}/deliveries/{delivery}/redeliver", "401 404 404 202 404 202", ""),
            row("POST /v1/webhooks/{hook}/ping", "401 404 404 202 404 202", ""),
            row("GET /v1/export?id={id}", "401 403 403 200 403 200", ""),
            // Everybody but a mere reader may import; this body is no export.
            row("POST /v1/import", "401 422 422 422 422 422", "{}"));

    /** Those that read what is public, so that with a public prompt nobody is turned away. */
    private static final Set<String> OPEN = Set.of(
            "GET /v1/prompts/{id}",
            "GET /v1/prompts/{id}/versions/{rev}",
            "GET /v1/prompts/{id}/versions/{rev}/files/{path}",
            "POST /v1/prompts/{id}/versions/{rev}/render",
            "GET /v1/prompts/{id}/branches",
            "GET /v1/prompts/{id}/log",
            "GET /v1/prompts/{id}/diff?from=1&to=latest",
            "GET /v1/prompts/{id}/blame",
            "GET /v1/prompts/{id}/environments",
            "GET /v1/prompts/{id}/environments/{env}",
            "GET /v1/prompts/{id}/environments/{env}/history",
            "GET /v1/events?prompt={id}",
            "GET /v1/prompts/{owner}/{name}",
            "GET /v1/prompts/{owner}/{name}/versions",
            "GET /v1/prompts/{owner}/{name}/versions/{version}/download");

    @TempDir
    private static Path data;

    private static TestServer server;
    private static final Map<String, V1Client> CLIENTS = new LinkedHashMap<>();
    /** By visibility. */
    private static final Map<String, Subject> READ = new HashMap<>();

    private static int made;

    record Row(String route, List<Integer> statuses, String body) {
        String method() {
            return route.split(" ", -1)[0];
        }

        String path() {
            return route.split(" ", -1)[1];
        }

        boolean reads() {
            return method().equals("GET") && !path().contains("{hook}");
        }

        /** As the router has it. */
        String address() {
            String path = path().replaceAll("\\?.*", "")
                    .replaceAll("\\{(trashed|key|hook)\\}", "{id}")
                    .replace("{branch}", "{name}");
            return method() + " " + path;
        }
    }

    private static Row row(String route, String statuses, String body) {
        return new Row(
                route, Stream.of(statuses.split(" ", -1)).map(Integer::valueOf).toList(), body);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(data, Map.of("versicle.webhooks-allow", "127.0.0.1"));
        CLIENTS.put("anonymous", V1Client.nobody(server));
        CLIENTS.put("reader", V1Client.of(server, TestServer.caller("reader")));
        CLIENTS.put("updater", V1Client.of(server, TestServer.caller("updater")));
        CLIENTS.put("owner", V1Client.of(server, TestServer.caller("owner")));
        Caller stranger = new Caller(
                "stranger", Optional.empty(), Optional.empty(), new Namespace("elsewhere"), Set.of(Role.WRITER));
        CLIENTS.put("stranger", V1Client.of(server, stranger));
        CLIENTS.put("administrator", V1Client.bearing(server, server.adminKey()));
    }

    @AfterAll
    static void stop() {
        CLIENTS.values().forEach(V1Client::close);
        server.close();
    }

    /** A route that is not in the table would be one for which nobody has said who may call it. */
    @Test
    void everyRouteIsInTheTable() {
        Set<String> routes = server.part(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString().replaceAll("\\{(\\w+):[^}]*}", "{$1}"))
                .filter(address -> address.contains(" /v1/"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(routes, TABLE.stream().map(Row::address).collect(Collectors.toCollection(TreeSet::new)));
    }

    static Stream<Arguments> cells() {
        return TABLE.stream().flatMap(row -> CALLERS.stream().map(caller -> Arguments.of(row, caller)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aPrivatePromptIsForWhomItIs(Row row, String caller) {
        assertEquals(row.statuses().get(CALLERS.indexOf(caller)), ask(row, caller, "private"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aPublicPromptIsReadByEverybodyAndChangedByNobodyElse(Row row, String caller) {
        int alone = row.statuses().get(CALLERS.indexOf(caller));
        assertEquals(OPEN.contains(row.route()) ? 200 : alone, ask(row, caller, "public"));
    }

    /** What is asked for: the readers' share one, everybody else has one of their own, as some take it away. */
    private record Subject(String name, String id) {}

    private static int ask(Row row, String caller, String visibility) {
        Subject subject = row.reads() ? READ.computeIfAbsent(visibility, V1MatrixTest::made) : made(visibility);
        String path = row.path()
                .replace("/v1", "")
                .replace("{env}", "production")
                .replace("{id}", subject.id())
                .replace("{owner}", "default")
                .replace("{namespace}", "default")
                .replace("{name}", subject.name())
                .replace("{rev}", "latest")
                .replace("{path}", "prompt.md")
                .replace("{version}", "1.0.0");
        return status(row, client(caller), filled(path, subject.id()), subject.id());
    }

    private static Subject made(String visibility) {
        made++;
        String name = "prompt-" + made;
        V1Client owner = client("owner");
        String id = owner.post("/prompts", Map.of("name", name, "visibility", visibility))
                .being(201)
                .get("id");
        owner.form("/prompts/" + id + "/versions", Form.of("1.0.0", Form.tarball("prompt.md", "Hello\n")));
        owner.put("/prompts/" + id + "/access", Map.of("grants", Map.of("reader", "READ", "updater", "UPDATE")))
                .being(200);
        owner.put("/prompts/" + id + "/environments/production", Map.of("rev", "1"))
                .being(201);
        return new Subject(name, id);
    }

    private static V1Client client(String caller) {
        return Optional.ofNullable(CLIENTS.get(caller)).orElseThrow();
    }

    /** With what a row alone needs. */
    private static String filled(String path, String id) {
        V1Client owner = client("owner");
        if (path.contains("{trashed}")) {
            owner.delete("/prompts/" + id).being(204);
            return path.replace("{trashed}", id);
        }
        if (path.contains("{branch}")) {
            owner.post("/prompts/" + id + "/branches", Map.of("name", "topic")).being(201);
            return path.replace("{branch}", "topic");
        }
        if (path.contains("{hook}")) {
            String hook = owner.body("POST", "/webhooks", V1Client.bytes(HOOK.replace("{id}", id)))
                    .being(201)
                    .get("id");
            String ping = owner.get("/webhooks/" + hook + "/deliveries")
                    .being(200)
                    .at("/items/0/id")
                    .asText();
            return path.replace("{hook}", hook).replace("{delivery}", ping);
        }
        if (path.contains("{key}")) {
            String key =
                    owner.post("/keys", Map.of("name", "owner's")).being(201).get("id");
            return path.replace("{key}", key);
        }
        return path;
    }

    private static int status(Row row, V1Client client, String path, String id) {
        if (row.body().equals("form")) {
            return client.form(path, Form.of("2.0.0", Form.tarball("prompt.md", "Hello again\n")))
                    .statusCode();
        }
        if (path.startsWith("/events")) {
            // It has no end to wait for.
            try (Listener listener = Listener.of(server, client.token(), path.substring("/events".length()))) {
                return listener.status();
            }
        }
        if (path.endsWith("/download") || path.contains("/files/") || path.startsWith("/export")) {
            return client.bytes(row.method(), path).statusCode();
        }
        String body = row.body().replace("{unique}", "made-" + made).replace("{id}", id);
        return row.body().isEmpty() && !row.method().equals("POST")
                ? client.body(row.method(), path, new byte[0]).status()
                : client.body(row.method(), path, V1Client.bytes(body)).status();
    }
}
