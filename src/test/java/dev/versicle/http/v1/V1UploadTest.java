package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.Git;
import dev.versicle.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seed 004: uploads by {@code curl} as its examples have it, each refusal, and the order in which they come. */
class V1UploadTest {
    private static final int TARBALL_BYTES_MAX = 10 << 20;
    private static final String UUID_5 = "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @TempDir
    private static Path data;

    @TempDir
    private static Path files;

    private static TestServer server;
    private static V1Client alice;
    private static int made;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        alice = V1Client.of(server, TestServer.caller("alice"));
    }

    @AfterAll
    static void stop() {
        alice.close();
        server.close();
    }

    private static String prompt() {
        made++;
        return alice.create("my-prompt-" + made);
    }

    private static Path file(String name, byte[] bytes) throws IOException {
        return Files.write(files.resolve(name), bytes);
    }

    /** Random bytes in a tarball, which is a little longer than they are. */
    private static byte[] incompressible(int bytes) {
        byte[] content = new byte[bytes];
        new Random(4).nextBytes(content);
        return Form.tarball("random.bin", content);
    }

    private static Curl.Answer curl(String caller, String prompt, String... fields) {
        List<String> arguments = new ArrayList<>(List.of(
                "-X",
                "POST",
                server.uri("/v1/prompts/" + prompt + "/versions").toString(),
                "-H",
                "Authorization: Bearer " + server.token(TestServer.caller(caller))));
        Stream.of(fields).forEach(field -> arguments.addAll(List.of("-F", field)));
        return Curl.run(arguments);
    }

    private static void refused(int status, String code, Curl.Answer answer) {
        assertEquals(
                status + " application/json " + code,
                answer.status() + " " + answer.type() + " "
                        + answer.json().path("error").asText());
        assertEquals(List.of("error", "message", "details"), fields(answer.json()));
    }

    private static List<String> fields(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void theExampleAnswersAsItSays() throws IOException {
        String prompt = prompt();
        Path tarball = file("prompt.tar.gz", Form.tarball("prompt.md", "You help.\n"));

        Curl.Answer answer = curl("alice", prompt, "version=1.0.0", "tarball=@" + tarball);

        assertEquals(201, answer.status(), answer.body());
        assertEquals(List.of("id", "prompt_id", "version", "tarball_url", "created_at"), fields(answer.json()));
        assertTrue(answer.json().get("id").asText().matches(UUID_5), answer.body());
        assertEquals(prompt, answer.json().get("prompt_id").asText());
        assertEquals("1.0.0", answer.json().get("version").asText());
        assertEquals(
                "alice/my-prompt-" + made + "/1.0.0.tar.gz",
                answer.json().get("tarball_url").asText());
        assertTrue(answer.json()
                .get("created_at")
                .asText()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertEquals(
                "You help.\n",
                alice.get("/prompts/" + prompt + "/versions/1.0.0").get("text"));
    }

    /** The seed's page shows this one, too; it is no upload, and says what is wrong with its field. */
    @Test
    void theExampleWithoutAFormIsTold() {
        Curl.Answer answer = Curl.run(List.of(
                "--request",
                "POST",
                "--url",
                server.uri("/v1/prompts/" + prompt() + "/versions").toString(),
                "--header",
                "Content-Type: application/json",
                "--header",
                "Authorization: Bearer " + server.token(TestServer.caller("alice")),
                "--data",
                "\n{\n  \"version\": \"<string>\"\n}\n"));
        assertEquals(
                "{\"error\":\"VALIDATION_ERROR\",\"message\":\"validation failed\","
                        + "\"details\":{\"version\":\"must match ^\\\\d+\\\\.\\\\d+\\\\.\\\\d+$\"}}",
                answer.body());
        assertEquals(422, answer.status());
    }

    @Test
    void eachRefusalHasItsStatusAndEnvelope() throws IOException {
        String prompt = prompt();
        String tarball = "tarball=@" + file("some.tar.gz", Form.tarball("prompt.md", "some\n"));
        String big = "tarball=@" + file("big.tar.gz", incompressible(TARBALL_BYTES_MAX));

        refused(404, "NOT_FOUND", curl("alice", "abc123", "version=1.0.0", tarball));
        refused(404, "NOT_FOUND", curl("alice", "5f7b1c2e8a1d4e0012c3b4a5", "version=1.0.0", tarball));
        refused(403, "FORBIDDEN", curl("bob", prompt, "version=1.0.0", tarball));
        refused(422, "VALIDATION_ERROR", curl("alice", prompt, "version=1.0", tarball));
        refused(422, "VALIDATION_ERROR", curl("alice", prompt, "version=1.0.0"));
        refused(413, "PAYLOAD_TOO_LARGE", curl("alice", prompt, "version=1.0.0", big));
        assertEquals(201, curl("alice", prompt, "version=1.0.0", tarball).status());
        refused(409, "CONFLICT", curl("alice", prompt, "version=1.0.0", tarball));
        Curl.Answer nobody = Curl.run(
                List.of(server.uri("/v1/prompts/abc123/versions").toString(), "-F", "version=1.0.0", "-F", tarball));
        refused(401, "UNAUTHORIZED", nobody);
        assertEquals(1, alice.get("/prompts/" + prompt + "/log").at("/items").size());
    }

    @Test
    void whatIsNeitherFormNorJsonIsNotRead() {
        String versions = server.uri("/v1/prompts/" + prompt() + "/versions").toString();
        String token = "Authorization: Bearer " + server.token(TestServer.caller("alice"));
        refused(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                Curl.run(List.of(versions, "-H", token, "-H", "Content-Type: text/plain", "-d", "x")));
        Curl.Answer empty = Curl.run(List.of("-X", "POST", versions, "-H", token));
        refused(400, "BAD_REQUEST", empty);
    }

    @Test
    void whatIsWrongIsToldInTheContractsOrder() {
        String prompt = prompt();
        String versions = "/prompts/" + prompt + "/versions";
        byte[] big = incompressible(TARBALL_BYTES_MAX);
        byte[] bad = "no gzip".getBytes(StandardCharsets.US_ASCII);
        alice.form(versions, Form.of("1.0.0", Form.tarball("prompt.md", "one\n")));

        try (V1Client bob = V1Client.of(server, TestServer.caller("bob"));
                V1Client nobody = V1Client.nobody(server)) {
            assertEquals(
                    401,
                    nobody.form("/prompts/abc123/versions", Form.of("x", bad)).statusCode());
            assertEquals(
                    404, bob.form("/prompts/abc123/versions", Form.of("x", bad)).statusCode());
            assertEquals(403, bob.form(versions, Form.of("x", bad)).statusCode());
        }
        assertRule("version", alice.form(versions, Form.of("x", bad)));
        assertRule("version", alice.form(versions, Form.empty().with("tarball", bad)));
        assertEquals(409, alice.form(versions, Form.of("1.0.0", bad)).statusCode());
        assertEquals(409, alice.form(versions, Form.of("1.0.0", big)).statusCode());
        assertRule(
                "tarball",
                alice.form(versions, Form.empty().with("version", "2.0.0".getBytes(StandardCharsets.US_ASCII))));
        assertRule("tarball", alice.form(versions, Form.of("2.0.0", new byte[TARBALL_BYTES_MAX + 1])));
        assertEquals(413, alice.form(versions, Form.of("2.0.0", big)).statusCode());
    }

    private static void assertRule(String field, HttpResponse<String> answer) {
        assertEquals(422, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"details\":{\"" + field + "\":\""), answer.body());
    }

    @Test
    void theFieldsComeInAnyOrderAmongOthers() {
        String versions = "/prompts/" + prompt() + "/versions";
        byte[] one = "1.0.0".getBytes(StandardCharsets.US_ASCII);
        Form turned = Form.empty()
                .with("note", new byte[100_000])
                .with("tarball", Form.tarball("prompt.md", "one\n"))
                .with("version", one);
        assertEquals(201, alice.form(versions, turned).statusCode());
        assertRule("version", alice.form(versions, turned.with("version", one)));
        assertRule("tarball", alice.form(versions, turned.with("tarball", new byte[0])));
        assertRule("version", alice.form(versions, Form.empty()));
        assertRule("body", alice.form(versions, new Form(new byte[] {'x'})));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1.0.0",
                "1.0.0\n",
                "v1.0.0",
                "1.0.0-rc1",
                "1.0",
                "1.0.0.0",
                "-1.0.0",
                "2147483648.0.0",
                "１.0.0"
            })
    void aVersionIsThreeNumbers(String version) {
        assertRule("version", alice.form("/prompts/" + prompt() + "/versions", Form.of(version, new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                ".git/config",
                "a/.GIT/config",
                "git~1/config",
                ".g\u200cit/config",
                "a//x",
                "d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/x"
            })
    void aHostileTarballIsNamedAndLeavesNothingBehind(String path) throws IOException {
        String prompt = prompt();
        alice.form("/prompts/" + prompt + "/versions", Form.of("1.0.0", Form.tarball("prompt.md", "good\n")));
        long objects = objects(prompt);

        HttpResponse<String> answer =
                alice.form("/prompts/" + prompt + "/versions", Form.of("1.0.1", Form.tarball(path, "bad\n")));

        assertRule("tarball", answer);
        String entry = path.replace("\u200c", "\\\\u200c");
        assertTrue(answer.body().contains("entry '" + entry + "'"), answer.body());
        assertEquals(objects, objects(prompt));
        assertEquals(List.of("1.0.0"), new Git(server.repository(prompt)).lines("tag"));
        try (Stream<Path> left = Files.list(data.resolve("new"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static long objects(String prompt) throws IOException {
        try (Stream<Path> all = Files.walk(server.repository(prompt).resolve("objects"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void theWholeFormHasALimit() throws IOException {
        String prompt = prompt();
        Form endless = Form.empty().with("tarball", incompressible(12 << 20));
        assertEquals(
                413, alice.form("/prompts/" + prompt + "/versions", endless).statusCode());
        Form late = endless.with("version", "1.0".getBytes(StandardCharsets.US_ASCII));
        assertEquals(413, alice.form("/prompts/" + prompt + "/versions", late).statusCode());
        Form early = Form.of("1.0", incompressible(12 << 20));
        assertRule("version", alice.form("/prompts/" + prompt + "/versions", early));
        try (Stream<Path> left = Files.list(data.resolve("new"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void filesEqualToTheLatestMakeATagAndNoVersion() {
        String prompt = prompt();
        byte[] tarball = Form.tarball("prompt.md", "same\n");
        assertEquals(
                201,
                alice.form("/prompts/" + prompt + "/versions", Form.of("1.0.0", tarball))
                        .statusCode());
        assertEquals(
                201,
                alice.form("/prompts/" + prompt + "/versions", Form.of("1.1.0", tarball))
                        .statusCode());
        assertEquals(
                "[\"1.0.0\",\"1.1.0\"]",
                alice.get("/prompts/" + prompt + "/versions/1").at("/releases").toString());
        assertEquals(1, alice.get("/prompts/" + prompt + "/log").at("/items").size());
        V1Client.Answer list =
                alice.get("/prompts/default/my-prompt-" + made + "/versions").being(200);
        assertEquals("1.1.0", list.at("/items/0/version").asText());
        assertEquals(2, list.at("/total").asInt());
    }

    @Test
    void oneVersionIsUploadedByOneOfMany() {
        String versions = "/prompts/" + prompt() + "/versions";
        Map<Integer, Integer> statuses =
                together(32, member -> Form.of("1.0.0", Form.tarball("prompt.md", "by " + member + "\n")), versions);
        assertEquals(Map.of(201, 1, 409, 31), statuses);
    }

    @Test
    void differentVersionsAreAllUploaded() {
        String versions = "/prompts/" + prompt() + "/versions";
        Map<Integer, Integer> statuses = together(
                32, member -> Form.of("1.0." + member, Form.tarball("prompt.md", "by " + member + "\n")), versions);
        assertEquals(Map.of(201, 32), statuses);
    }

    private static Map<Integer, Integer> together(int members, IntFunction<Form> form, String path) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, members)
                    .mapToObj(member -> threads.submit(
                            () -> alice.form(path, form.apply(member)).statusCode()))
                    .toList();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
            return statuses;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasUploadedIsDownloadedAndAlwaysTheSame() {
        String prompt = prompt();
        byte[] tarball = Form.tarball("top/prompt.md", "Fetch me ✓\n");
        alice.form("/prompts/" + prompt + "/versions", Form.of("1.0.0", tarball));
        String download = "/prompts/default/my-prompt-" + made + "/versions/1.0.0/download";

        HttpResponse<byte[]> first = alice.bytes("GET", download);
        HttpResponse<byte[]> head = alice.bytes("HEAD", download);
        HttpResponse<byte[]> again = alice.bytes("GET", download);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> known = alice.bytes("GET", download, "If-None-Match", etag);

        assertEquals(200, first.statusCode());
        assertArrayEquals(first.body(), again.body());
        assertEquals(
                "application/gzip", first.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                first.body().length,
                first.headers().firstValueAsLong("Content-Length").orElseThrow());
        assertEquals(
                first.body().length,
                head.headers().firstValueAsLong("Content-Length").orElseThrow());
        assertEquals(
                "private, max-age=31536000, immutable",
                first.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(
                "attachment; filename=\"my-prompt-N-1.0.0.tar.gz\"; filename*=UTF-8''my-prompt-N-1.0.0.tar.gz"
                        .replace("N", String.valueOf(made)),
                first.headers().firstValue("Content-Disposition").orElseThrow());
        assertEquals(304, known.statusCode());
        assertEquals(0, known.body().length);
        assertEquals(2, alice.get("/prompts/" + prompt).at("/download_count").asInt());
        alice.patch("/prompts/" + prompt, Map.of("visibility", "public")).being(200);
        assertEquals(
                "public, max-age=31536000, immutable",
                alice.bytes("GET", download)
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow());
        assertEquals(404, alice.bytes("GET", download.replace("1.0.0", "2.0.0")).statusCode());
        assertEquals(
                422, alice.bytes("GET", download.replace("1.0.0", "latest")).statusCode());
    }

    /** Temporary files have no name once they are open, so they are looked for among what the process has open. */
    @Test
    void whatWasSentLeavesNothingOpen() throws Exception {
        String prompt = prompt();
        alice.form(
                "/prompts/" + prompt + "/versions", Form.of("1.0.0", Form.tarball("prompt.md", "x".repeat(900_000))));
        String download = "/prompts/default/my-prompt-" + made + "/versions/1.0.0/download";
        for (String method : List.of("GET", "HEAD", "GET", "HEAD")) {
            assertEquals(200, alice.bytes(method, download).statusCode());
            assertEquals(
                    200,
                    alice.bytes(method, "/prompts/" + prompt + "/versions/latest/files/prompt.md")
                            .statusCode());
            assertEquals(
                    304, alice.bytes(method, download, "If-None-Match", "*").statusCode());
        }
        for (int wait = 0; wait < 100 && spooled() > 0; wait++) {
            Thread.sleep(100);
        }
        assertEquals(0, spooled());
    }

    private static long spooled() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Files::isSymbolicLink)
                    .filter(link -> target(link).contains("/new/spool-"))
                    .count();
        }
    }

    /** Where it leads; nowhere where it was closed in between. */
    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
