package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Visibility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP says at Git's door: who may come in, and in which words nobody may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {
    private static final String REFS = ".git/info/refs?service=git-upload-pack";
    private static final String PUSH_REFS = ".git/info/refs?service=git-receive-pack";
    private static final String LS_REFS = "0014command=ls-refs\n00010009peel\n000csymrefs\n0000";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Remote remote;
    private String main;

    @BeforeAll
    void start(@TempDir Path directory) {
        remote = Remote.start(directory, Map.of("versicle.git-request-mib", 1));
        PromptId id = remote.create("private", "one\n", "two\n");
        main = remote.bare(id).run("rev-parse", "main");
        PromptId open = remote.create("open", Visibility.PUBLIC);
        remote.save(open, Draft.checkpoint(Remote.body("open\n")));
    }

    @AfterAll
    void stop() {
        http.close();
        remote.close();
    }

    private HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    private HttpResponse<String> post(String name, BodyPublisher body, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "Content-Type";
        all[1] = "application/x-git-upload-pack-request";
        all[2] = "Authorization";
        all[3] = bearer(Remote.READER);
        System.arraycopy(headers, 0, all, 4, headers.length);
        return send("POST", "/git/default/" + name + ".git/git-upload-pack", body, all);
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(remote.server.uri(path)).method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String bearer(Caller caller) {
        return "Bearer " + remote.server.token(caller);
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static void assertNotAuthenticated(HttpResponse<String> answer) {
        assertEquals(401, answer.statusCode());
        assertTrue(answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic realm="));
        assertEquals("Send a valid token or API key.\n", answer.body());
        assertEquals(Optional.of("text/plain"), answer.headers().firstValue("Content-Type"));
        assertEquals(Optional.of("no-cache"), answer.headers().firstValue("Cache-Control"));
    }

    private static void assertNotFound(HttpResponse<String> answer) {
        assertEquals(404, answer.statusCode());
        assertEquals("There is no such repository that you may read.\n", answer.body());
        assertEquals(Optional.of("text/plain"), answer.headers().firstValue("Content-Type"));
        assertEquals(Optional.of("no-cache"), answer.headers().firstValue("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default/private",
                "default/unknown",
                "nowhere/private",
                "NO-namespace/private",
                "default/%FF",
                "default/%00",
                "default/..",
                "default/%20",
                "default/a%0Ab",
                "default//"
            })
    void whatIsHiddenWhatIsNotThereAndWhatCannotBeAreTheSame(String path) {
        for (String rest : List.of(REFS, PUSH_REFS)) {
            assertNotAuthenticated(get("/git/" + path + rest));
            assertNotFound(get("/git/" + path + rest, "Authorization", bearer(Remote.STRANGER)));
        }
        for (String service : List.of("git-upload-pack", "git-receive-pack")) {
            String url = "/git/" + path + ".git/" + service;
            String type = "application/x-" + service + "-request";
            BodyPublisher body = BodyPublishers.ofString("0000");
            assertNotAuthenticated(send("POST", url, body, "Content-Type", type));
            assertNotFound(send("POST", url, body, "Content-Type", type, "Authorization", bearer(Remote.STRANGER)));
        }
    }

    @Test
    void whoMayReadAndNotChangeIsToldSoAtPush() {
        HttpResponse<String> answer = get("/git/default/private" + PUSH_REFS, "Authorization", bearer(Remote.READER));

        assertEquals(403, answer.statusCode());
        assertEquals("You may read this repository, and may not push to it.\n", answer.body());
        assertEquals(
                200,
                get("/git/default/private" + PUSH_REFS, "Authorization", bearer(Remote.OWNER))
                        .statusCode());
    }

    @Test
    void aPublicPromptIsReadWithoutATokenAndNotPushedTo() {
        assertEquals(200, get("/git/default/open" + REFS).statusCode());
        assertNotAuthenticated(get("/git/default/open" + PUSH_REFS));
    }

    @Test
    void aTokenComesAsPasswordAsUserOrByItself() {
        String token = remote.server.token(Remote.READER);
        for (String credentials : List.of(
                basic("anybody", token),
                basic("", token),
                basic(token, ""),
                basic(token, "x-oauth-basic"),
                "basic " + basic("x", remote.server.adminKey()).substring(6),
                "Bearer " + token)) {
            assertEquals(
                    200,
                    get("/git/default/private" + REFS, "Authorization", credentials)
                            .statusCode());
        }
    }

    @Test
    void aWrongTokenIsRefusedWhereNoneIsNeeded() {
        for (String credentials : List.of(
                basic("x", "wrong"),
                basic("", ""),
                "Basic !",
                "Basic",
                "Bearer wrong",
                "Digest x",
                basic("wrong", ""))) {
            assertNotAuthenticated(get("/git/default/open" + REFS, "Authorization", credentials));
        }
    }

    @Test
    void anExpiredTokenIsCalledSo() {
        HttpResponse<String> answer =
                get("/git/default/open" + REFS, "Authorization", basic("x", remote.server.expired(Remote.READER)));

        assertEquals(401, answer.statusCode());
        assertEquals("The token or API key has expired. Send a new one.\n", answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/prompts/user", "/v1/prompts", "/git/../v1/prompts", "/gitx/../v1/prompts"})
    void basicCountsAtNoOtherDoor(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                + basic("x", remote.server.adminKey()) + "\r\n\r\n");

        assertTrue(answer.matches("(?s)HTTP/1.1 (200|401|404) .*"), answer);
        // The prompt's name, not what a header says of keeping the answer.
        String body = answer.substring(answer.indexOf("\r\n\r\n"));
        assertTrue(!body.contains("private"), answer);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(
                remote.server.uri("").getHost(), remote.server.uri("").getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theDumbProtocolIsRefusedInWords() {
        for (String rest : List.of(".git/info/refs", ".git/info/refs?service=git-upload-archive")) {
            HttpResponse<String> answer = get("/git/default/open" + rest);
            assertEquals(403, answer.statusCode());
            assertEquals(
                    "Only Git's smart protocol is spoken here, for git-upload-pack and git-receive-pack.\n",
                    answer.body());
        }
        for (String rest :
                List.of(".git/HEAD", ".git/objects/info/packs", ".git", "", "/objects/00/" + "0".repeat(38))) {
            HttpResponse<String> answer = get("/git/default/open" + rest);
            assertEquals(404, answer.statusCode());
            assertEquals("There is nothing at this address.\n", answer.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default/private.git", "default/private"})
    void nothingRedirects(String path) {
        HttpResponse<String> answer =
                get("/git/" + path + "/info/refs?service=git-upload-pack", "Authorization", bearer(Remote.READER));

        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("001e# service=git-upload-pack\n0000"), answer.body());
        assertTrue(answer.body().contains(main + " refs/heads/main"), answer.body());
        assertEquals(
                Optional.of("application/x-git-upload-pack-advertisement"),
                answer.headers().firstValue("Content-Type"));
        assertEquals(Optional.of("no-cache"), answer.headers().firstValue("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version=2", "version=2:unknown", "x=y:version=2", ":::version=2:"})
    void keysThatNobodyKnowsAreIgnored(String protocol) {
        HttpResponse<String> answer =
                get("/git/default/private" + REFS, "Authorization", bearer(Remote.READER), "Git-Protocol", protocol);

        assertTrue(answer.body().startsWith("000eversion 2\n"), answer.body());
        assertTrue(answer.body().contains("ls-refs=unborn"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"version=0", "version=1", "version=3", "", "nonsense"})
    void anyOtherVersionIsTheFirst(String protocol) {
        HttpResponse<String> answer =
                get("/git/default/private" + REFS, "Authorization", bearer(Remote.READER), "Git-Protocol", protocol);

        assertTrue(answer.body().contains("symref=HEAD:refs/heads/main"), answer.body());
    }

    @Test
    void theProbeIsAnsweredWithNothing() {
        for (String protocol : List.of("version=0", "version=2")) {
            HttpResponse<String> answer = post("private", BodyPublishers.ofString("0000"), "Git-Protocol", protocol);
            assertEquals(200, answer.statusCode());
            assertEquals("", answer.body());
            assertEquals(
                    Optional.of("application/x-git-upload-pack-result"),
                    answer.headers().firstValue("Content-Type"));
        }
        assertEquals(200, post("private", BodyPublishers.noBody()).statusCode());
    }

    @Test
    void aRequestMayComeCompressedOrInChunks() {
        byte[] request = LS_REFS.getBytes(StandardCharsets.UTF_8);
        BodyPublisher compressed = BodyPublishers.ofByteArray(gzip(request));
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(request));

        for (String coding : List.of("gzip", "x-gzip")) {
            HttpResponse<String> answer =
                    post("private", compressed, "Git-Protocol", "version=2", "Content-Encoding", coding);
            assertTrue(answer.body().contains(main + " refs/heads/main"), answer.body());
        }
        HttpResponse<String> answer = post("private", chunked, "Git-Protocol", "version=2");
        assertTrue(answer.body().contains(main + " HEAD symref-target:refs/heads/main"), answer.body());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        String head = "POST /git/default/private.git/git-upload-pack HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: " + bearer(Remote.READER) + "\r\nGit-Protocol: version=2\r\n"
                + "Content-Type: application/x-git-upload-pack-request\r\nExpect: 100-continue\r\n"
                + "Content-Length: " + LS_REFS.length() + "\r\n\r\n";
        try (Socket socket = new Socket(
                remote.server.uri("").getHost(), remote.server.uri("").getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            String first = new String(socket.getInputStream().readNBytes(25), StandardCharsets.UTF_8);
            socket.getOutputStream().write(LS_REFS.getBytes(StandardCharsets.UTF_8));
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", first);
            assertTrue(rest.startsWith("HTTP/1.1 200 OK") && rest.contains(main), rest);
        }
    }

    @Test
    void otherTypesAndCodingsAreRefused() {
        BodyPublisher body = BodyPublishers.ofString("0000");
        String url = "/git/default/open.git/git-upload-pack";
        for (HttpResponse<String> answer : List.of(
                send("POST", url, body),
                send("POST", url, body, "Content-Type", "application/json"),
                send("POST", url, body, "Content-Type", "application/x-git-receive-pack-request"),
                post("open", body, "Content-Encoding", "zstd"),
                post("open", body, "Content-Encoding", "br"))) {
            assertEquals(415, answer.statusCode());
            assertEquals(
                    "A request's Content-Type must be that of the service, and its Content-Encoding gzip or none.\n",
                    answer.body());
        }
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedHoweverItComes() {
        byte[] haves = ("0032have " + "1".repeat(40) + "\n").repeat(30_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("0032want " + main + "\n0000").getBytes(StandardCharsets.UTF_8));
        request.writeBytes(haves);
        byte[] all = request.toByteArray();

        HttpResponse<String> announced = post("private", BodyPublishers.ofByteArray(all));
        HttpResponse<String> bomb = post("private", BodyPublishers.ofByteArray(gzip(all)), "Content-Encoding", "gzip");

        assertEquals(413, announced.statusCode());
        assertEquals("The request must be at most 1048576 bytes.\n", announced.body());
        assertEquals(200, bomb.statusCode());
        assertTrue(
                bomb.body().endsWith("ERR The request is over 1048576 bytes, which is the server's limit.\n"),
                bomb.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zzzz",
                "0005",
                "0032want 123\n0000",
                "0010deepen 99999999999\n0000",
                "0012command=nonsense0000",
                "0014command=fetch0001000fwant nonsense0000",
                "0014command=fetch\n0001001adeepen-since 9999999999\n0000"
            })
    void whatIsNoRequestIsAnsweredInWords(String body) {
        for (String protocol : List.of("version=0", "version=2")) {
            HttpResponse<String> answer = post("private", BodyPublishers.ofString(body), "Git-Protocol", protocol);
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().matches("(?s)[0-9a-f]{4}ERR [A-Za-z].*\n"), answer.body());
            assertTrue(!answer.body().contains("server failed"), answer.body());
        }
    }

    @Test
    void theSizesOfObjectsAreToldNobody() {
        String hidden = remote.bare(remote.create("sizes", "x\n")).run("rev-parse", "refs/meta/prompt:prompt.json");
        String request = "0018command=object-info\n00010009size\n0031oid " + hidden + "\n0000";

        HttpResponse<String> answer = post("sizes", BodyPublishers.ofString(request), "Git-Protocol", "version=2");

        assertTrue(answer.body().contains("ERR This server does not serve object-info."), answer.body());
    }

    @Test
    void aPageInABrowserMayAskAndReadEveryAnswer() {
        HttpResponse<String> preflight = send(
                "OPTIONS",
                "/git/default/private.git/git-upload-pack",
                BodyPublishers.noBody(),
                "Origin",
                "https://example.org",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type,git-protocol");

        assertEquals(204, preflight.statusCode());
        assertEquals(
                "GET, POST",
                preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""));
        String allowed =
                preflight.headers().firstValue("Access-Control-Allow-Headers").orElse("");
        assertTrue(List.of(allowed.split(", ")).containsAll(List.of("Authorization", "Content-Type", "Git-Protocol")));
        for (HttpResponse<String> answer : List.of(
                preflight,
                get("/git/default/private" + REFS),
                get("/git/default/open" + REFS),
                get("/git/default/open.git/HEAD"),
                post("unknown", BodyPublishers.ofString("0000")))) {
            assertEquals(Optional.of("*"), answer.headers().firstValue("Access-Control-Allow-Origin"));
            assertEquals(Optional.empty(), answer.headers().firstValue("Access-Control-Allow-Credentials"));
        }
        assertEquals(
                Optional.empty(),
                get("/v1/prompts", "Origin", "https://example.org")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"));
    }

    @Test
    void everyAnswerNamesItsRequest() {
        HttpResponse<String> answer = get("/git/default/open" + REFS, "X-Request-Id", "mine");

        assertEquals(Optional.of("mine"), answer.headers().firstValue("X-Request-Id"));
    }
}
