package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.versicle.prompt.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Each request leaves one line, and every line about it says which request it was and who asked. */
@Isolated("reads what the whole process logs")
class RequestLogTest {
    private static final String REQUESTS = "dev.versicle.http.Requests";
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final String PROMPT = Api.PROMPTS + "/{promptId}";
    private static final String TYPED = "typed-by-a-caller";
    private static final int BODY_BYTES_MAX = 8 << 20;
    private static final Pattern REQUEST_ID = Pattern.compile("(?im)^x-request-id: (\\S+)");

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

    /** What the log says about one request: its only line of the access log, without the milliseconds. */
    private static String line(ServersLog log, String id) {
        List<String> lines = accessLines(log, id).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().matches(".* \\d+ ms"), lines.getFirst());
        return lines.getFirst().replaceAll(" \\d+ ms$", "");
    }

    /** They may come a moment after the answer, since they say when it had been sent. */
    private static List<ILoggingEvent> accessLines(ServersLog log, String id) {
        while (true) {
            List<ILoggingEvent> lines = log.events().stream()
                    .filter(event -> event.getLoggerName().equals(REQUESTS))
                    .filter(event -> id.equals(event.getMDCPropertyMap().get("request")))
                    .toList();
            if (!lines.isEmpty()) {
                return lines;
            }
            Thread.onSpinWait();
        }
    }

    private static String id(Api.Answer answer) {
        return answer.header("X-Request-Id").orElseThrow();
    }

    @Test
    void everyRequestLeavesOneLineUnderItsAnswersIdAndNothingThatWasTyped() throws IOException {
        String prompt = api.create("logged", "text");
        String broken = api.create("broken", "text");
        restart();
        deleteTree(server.repository(broken).resolve("objects"));
        try (ServersLog log = ServersLog.turnedUp()) {
            String versions = Api.versions(prompt);
            Map<Api.Answer, String> expected = Map.of(
                    api.save(prompt, "more"), "POST " + PROMPT + "/versions 201",
                    api.get(versions + "/" + UNKNOWN + "?" + TYPED), "GET " + PROMPT + "/versions/{versionId} 404",
                    api.get("/" + TYPED), "GET unknown 404",
                    api.send("PUT", versions, BodyPublishers.ofString("{}")), "PUT unknown 405",
                    api.send("GET", versions, BodyPublishers.noBody(), "Authorization", "Bearer " + TYPED),
                            "GET " + PROMPT + "/versions 401",
                    api.send("POST", versions, BodyPublishers.ofByteArray(new byte[BODY_BYTES_MAX + 1])),
                            "POST " + PROMPT + "/versions 413",
                    api.send("POST", versions, BodyPublishers.ofString("{")), "POST " + PROMPT + "/versions 400",
                    api.get(Api.PROMPTS + "/" + broken), "GET " + PROMPT + " 500",
                    api.send("TYPED", versions, BodyPublishers.noBody()), "CUSTOM unknown 405");
            for (Map.Entry<Api.Answer, String> request : expected.entrySet()) {
                assertEquals(request.getValue(), line(log, id(request.getKey())));
            }
            for (String malformed : List.of("GET /%zz" + TYPED, "GET /api/prompts/user?page=%zz" + TYPED, TYPED)) {
                Matcher id = REQUEST_ID.matcher(raw(malformed));
                assertTrue(id.find(), malformed);
                assertTrue(line(log, id.group(1)).endsWith(" 400"), malformed);
            }
            assertEquals(
                    List.of(),
                    log.events().stream()
                            .map(ServersLog::line)
                            .filter(text -> text.contains(TYPED))
                            .toList());
        }
    }

    private void restart() {
        api.close();
        server.close();
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
    }

    @Test
    void whatMachinesAskEveryFewSecondsIsQuiet() {
        try (ServersLog log = ServersLog.turnedUp("dev.versicle")) {
            for (String path : List.of("/health", "/health/liveness", "/health/readiness", "/prometheus")) {
                String id = id(api.get(path).being(200));
                assertEquals(Level.DEBUG, accessLines(log, id).getFirst().getLevel(), path);
            }
            String id = id(api.get(Api.PROMPTS + "/user").being(200));
            assertEquals(Level.INFO, accessLines(log, id).getFirst().getLevel());
        }
    }

    /** One client, one request at a time: whatever is logged between is about it. */
    @Test
    void everyLineOfARequestSaysWhichItWasAndWhoAsked() throws IOException {
        String sound = api.create("sound", "text");
        String broken = api.create("broken", "text");
        restart();
        deleteTree(server.repository(broken).resolve("objects"));
        String token = server.token(TestServer.caller("ada lovelace", Role.ADMIN));
        for (String path : List.of(
                Api.PROMPTS + "/" + sound, Api.PROMPTS + "/" + broken, Api.PROMPTS + "/" + UNKNOWN, "/prometheus")) {
            try (ServersLog log = ServersLog.turnedUp("dev.versicle")) {
                String wanted = "asked-" + path.length();
                String id = id(api.send(
                        "GET",
                        path,
                        BodyPublishers.noBody(),
                        "Authorization",
                        "Bearer " + token,
                        "X-Request-Id",
                        wanted));
                assertEquals(wanted, id);
                assertEquals(1, accessLines(log, id).size());
                for (ILoggingEvent event : log.events()) {
                    assertEquals(id, event.getMDCPropertyMap().get("request"), ServersLog.line(event));
                    assertEquals("ada lovelace", event.getMDCPropertyMap().get("caller"), ServersLog.line(event));
                }
                assertEquals(
                        path.contains(broken),
                        log.events().stream().anyMatch(event -> event.getLevel() == Level.ERROR),
                        path);
            }
        }
    }

    @Test
    void whoeverIsUnknownHasNoNameAndLeavesNone() {
        api.get(Api.PROMPTS + "/user").being(200);
        try (ServersLog log = ServersLog.turnedUp("dev.versicle")) {
            Api.Answer refused =
                    api.send("GET", Api.PROMPTS + "/user", BodyPublishers.noBody(), "Authorization", "Bearer " + TYPED);
            assertFalse(
                    accessLines(log, id(refused)).getFirst().getMDCPropertyMap().containsKey("caller"));
        }
    }

    private String raw(String line) throws IOException {
        URI address = server.uri("");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
