package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics, read as Prometheus reads them. */
class PrometheusTest {
    private static final String PATH = "/prometheus";
    private static final String CHECKPOINTS = "versicle_checkpoints_seconds_count";
    private static final String REQUESTS = "http_server_requests_seconds_count";
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final String TEXT = "a text of nobody's business";
    /** What a Prometheus server sends. */
    private static final String ACCEPT_OF_PROMETHEUS = "application/openmetrics-text;version=1.0.0;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.3";

    @TempDir
    private Path data;

    private TestServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private Scrape scrape() {
        return Scrape.text(anonymously().being(200).text());
    }

    private Api.Answer anonymously(String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "none";
        return api.send("GET", PATH, BodyPublishers.noBody(), all);
    }

    @Test
    void versionsAreCountedByWhatTheirMakingCameTo() {
        Scrape before = scrape();

        String prompt = api.create("counted", "one");
        String first =
                api.get(Api.versions(prompt)).json().at("/versions/0/_id").asText();
        api.save(prompt, "two").being(201);
        api.save(prompt, "three").being(201);
        api.post(Api.versions(prompt) + "/" + first + "/restore", Map.of()).being(201);
        api.save(prompt, "one").being(201);
        api.save(prompt, "four", "If-Match", "\"" + UNKNOWN + "\"").being(412);
        api.post(Api.versions(prompt) + "/" + UNKNOWN + "/restore", Map.of()).being(404);

        Scrape after = scrape();
        Map<String, Long> made = Map.of(
                "created", 1L, "saved", 3L, "unchanged", 1L, "stale", 1L, "refused", 1L, "contended", 0L, "failed", 0L);
        made.forEach((outcome, count) -> assertEquals(
                count.longValue(),
                after.sum(CHECKPOINTS, "outcome=" + outcome) - before.sum(CHECKPOINTS, "outcome=" + outcome),
                outcome));
        assertEquals(
                made.keySet(),
                after.samples().keySet().stream()
                        .filter(key -> key.startsWith(CHECKPOINTS))
                        .map(key -> key.substring(key.indexOf('=') + 1, key.length() - 1))
                        .collect(Collectors.toSet()));
        requireBuckets(after, "versicle_checkpoints_seconds_bucket", "outcome=saved");
    }

    @Test
    void theHouseShowsWhatItHolds() {
        Scrape before = scrape();
        String prompt = api.create("held", TEXT);
        String version = api.save(prompt, TEXT + ", again").get("versionId");
        api.version(prompt, version);
        Scrape between = scrape();
        api.version(prompt, version);
        Scrape after = scrape();

        assertEquals(1, after.value("versicle_prompts") - before.value("versicle_prompts"));
        assertTrue(after.sum("versicle_cache_requests_total", "result=hit")
                > between.sum("versicle_cache_requests_total", "result=hit"));
        assertEquals(
                0,
                after.sum("versicle_cache_requests_total", "result=miss")
                        - between.sum("versicle_cache_requests_total", "result=miss"));
        assertTrue(after.value("versicle_cache_bytes") >= TEXT.length());
        assertTrue(after.value("versicle_repositories_open") >= 1);
        for (String name : List.of(
                "process_uptime_seconds",
                "process_cpu_usage",
                "system_cpu_count",
                "process_files_open_files",
                "jvm_threads_live_threads",
                "jvm_threads_virtual_carriers",
                "jvm_threads_virtual_mounted",
                "jvm_threads_virtual_queued")) {
            assertTrue(after.value(name) >= 0, name);
        }
        assertTrue(after.sum("jvm_memory_used_bytes", "area=heap") > 0);
        assertTrue(after.samples().containsKey("logback_events_total{level=error}"));
        assertTrue(after.samples().keySet().stream().anyMatch(key -> key.startsWith("jvm_gc_")));
    }

    @Test
    void requestsAreCountedByTheirRouteAndStatus() {
        String prompt = api.create("asked", "one");
        String template = "uri=/api/prompts/{promptId}";
        Scrape before = scrape();

        api.get(Api.PROMPTS + "/" + prompt).being(200);
        api.get(Api.PROMPTS + "/" + prompt).being(200);
        api.send("GET", Api.PROMPTS + "/" + prompt, BodyPublishers.noBody(), "Authorization", "Bearer x")
                .being(401);
        api.save(prompt, "two").being(201);

        Map<String, Long> asked = Map.of("200", 2L, "401", 1L);
        Scrape after = scrape();
        // A request is counted when its answer has been sent, which may be a moment after it came.
        while (!gained(before, after, template).equals(asked)) {
            after = scrape();
        }
        requireBuckets(after, "http_server_requests_seconds_bucket", template);
    }

    private static Map<String, Long> gained(Scrape before, Scrape after, String template) {
        return Stream.of("200", "401")
                .collect(Collectors.toMap(
                        status -> status,
                        status -> after.sum(REQUESTS, "method=GET", "status=" + status, template)
                                - before.sum(REQUESTS, "method=GET", "status=" + status, template)));
    }

    private static void requireBuckets(Scrape scrape, String name, String label) {
        List<String> buckets = scrape.samples().keySet().stream()
                .filter(key -> key.startsWith(name + "{") && key.contains(label) && !key.contains("status=4"))
                .map(key -> key.replaceAll(".*[{ ]le=([^,}]*).*", "$1"))
                .distinct()
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "+Inf", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0",
                        "10.0", "2.5", "5.0"),
                buckets);
    }

    @Test
    void noLabelHasAValueThatACallerTyped() throws IOException {
        strange("zeroth");
        scrape();
        strange("first");
        Set<String> before = scrape().samples().keySet();

        strange("second");
        strange("third");
        Set<String> after = scrape().samples().keySet();

        assertEquals(requests(before), requests(after));
        assertTrue(requests(after).size() > 5, requests(after).toString());
        assertFalse(after.stream().anyMatch(key -> key.contains("first") || key.contains("third")), after.toString());
    }

    private static Set<String> requests(Set<String> samples) {
        return samples.stream().filter(key -> key.startsWith(REQUESTS)).collect(Collectors.toSet());
    }

    private void strange(String word) throws IOException {
        String prompt = api.create(word, word);
        for (String path : List.of(
                "/" + word,
                Api.PROMPTS + "/" + word,
                Api.PROMPTS + "/" + prompt + "?" + word + "=" + word,
                Api.PROMPTS + "/a/b/c/" + word,
                Api.versions(prompt) + "/" + word,
                Api.versions(prompt) + "?page=" + word,
                "/health/" + word)) {
            api.get(path);
            api.send("PUT", path, BodyPublishers.ofString(word));
            api.send(word.toUpperCase(Locale.ROOT), path, BodyPublishers.noBody());
            api.send("GET", path, BodyPublishers.noBody(), "Accept", "image/" + word, "Authorization", word);
        }
        api.save(prompt, word, "If-Match", word).being(400);
        raw("GET /%zz" + word);
        raw("GET /api/prompts/user?page=%zz" + word);
        raw(word);
    }

    private void raw(String line) throws IOException {
        URI address = server.uri("");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertTrue(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).startsWith("HTTP/1."));
        }
    }

    @Test
    void nothingSecretIsInThem() {
        String prompt = api.create("named", TEXT);
        api.save(prompt, TEXT + "!").being(201);

        String body = anonymously().being(200).text();

        for (String word : List.of("named", TEXT, prompt, Api.key(data), data.toString(), "admin")) {
            assertFalse(body.contains(word), word);
        }
    }

    @Test
    void aPrometheusServerGetsOpenMetrics() {
        Api.Answer asked = anonymously("Accept", ACCEPT_OF_PROMETHEUS).being(200);
        Api.Answer only = anonymously("Accept", "application/openmetrics-text").being(200);
        Api.Answer plain = anonymously("Accept", "text/plain").being(200);

        for (Api.Answer answer : List.of(asked, only)) {
            assertTrue(type(answer.http()).startsWith("application/openmetrics-text; version=1.0.0"));
            assertTrue(Scrape.openMetrics(answer.text()).samples().containsKey("versicle_prompts{}"));
        }
        assertTrue(type(plain.http()).startsWith("text/plain; version=0.0.4"));
        assertEquals(406, anonymously("Accept", "image/png").status());
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElseThrow();
    }

    @Test
    void theSettingClosesThemToWhoeverIsUnknown() {
        try (Server closed = Server.start(Map.of(
                        "versicle.data",
                        data.resolve("closed").toString(),
                        "versicle.port",
                        0,
                        "versicle.samples",
                        false,
                        "versicle.metrics-secured",
                        true));
                Api known = Api.of(closed.address(), data.resolve("closed"))) {
            assertEquals(200, known.get(PATH).status());
            for (String authorization : List.of("none", "Bearer vsk_0123456789ab_" + "0".repeat(64))) {
                Api.Answer refused = known.send("GET", PATH, BodyPublishers.noBody(), "Authorization", authorization);
                assertEquals("401 UNAUTHORIZED", refused.status() + " " + refused.get("error"));
            }
        }
    }
}
