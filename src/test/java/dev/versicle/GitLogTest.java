package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the log says of Git clients. */
@Isolated("reads what the whole process logs")
class GitLogTest {
    private static final String REQUESTS = "dev.versicle.http.Requests";
    private static final String ROUTE = "/git/{namespace}/{name}";

    @TempDir
    private Path data;

    private static List<String> lines(ServersLog log, int count) {
        List<String> lines = List.of();
        while (lines.size() < count) {
            Thread.onSpinWait();
            lines = log.events().stream()
                    .filter(event -> event.getLoggerName().equals(REQUESTS))
                    .map(ILoggingEvent::getFormattedMessage)
                    .map(line -> line.replaceAll(" \\d+ ms$", ""))
                    .toList();
        }
        return lines;
    }

    private static String raw(TestServer server, String request) throws IOException {
        try (Socket socket = new Socket(server.uri("").getHost(), server.uri("").getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void noTokenReachesTheLogHoweverItComes() throws IOException {
        try (TestServer server = TestServer.start(data);
                Api api = Api.of(server.uri(""), data);
                ServersLog log = ServersLog.allTurnedUp()) {
            api.create("seen", "text");
            String key = server.adminKey();
            for (String pair : List.of("x:" + key, key + ":", key + ":x-oauth-basic", "x:wrong" + key)) {
                String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
                String answer = raw(
                        server,
                        "GET /git/default/seen.git/info/refs?service=git-upload-pack HTTP/1.1\r\nHost: x\r\n"
                                + "Connection: close\r\nAuthorization: Basic " + basic + "\r\n\r\n");
                assertTrue(answer.matches("(?s)HTTP/1.1 (200|401) .*"), answer);
                assertEquals(List.of(), leaking(log, basic));
            }
            assertEquals(List.of(), leaking(log, key));
            assertEquals("GET " + ROUTE + "/info/refs 200", lines(log, 5).get(1));
        }
    }

    private static List<String> leaking(ServersLog log, String secret) {
        return log.events().stream()
                .map(ServersLog::line)
                .filter(line -> line.contains(secret))
                .toList();
    }

    @Test
    void aRequestWhoseAnswerBreaksOffIsLoggedOnce() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of("versicle.git-seconds", 1));
                Api api = Api.of(server.uri(""), data)) {
            api.create("broken", "text");
            try (ServersLog log = ServersLog.turnedUp()) {
                String head =
                        "POST /git/default/broken.git/git-upload-pack HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Authorization: Bearer " + server.adminKey() + "\r\nContent-Length: 100\r\n"
                                + "Content-Type: application/x-git-upload-pack-request\r\n\r\n";
                try (Socket socket =
                        new Socket(server.uri("").getHost(), server.uri("").getPort())) {
                    socket.getOutputStream().write((head + "0").getBytes(StandardCharsets.UTF_8));
                    assertEquals('H', socket.getInputStream().read());
                }
                raw(server, "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                raw(server, "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

                List<String> lines = lines(log, 2);

                assertEquals(
                        1, lines.stream().filter(line -> line.contains(ROUTE)).count(), lines.toString());
                assertEquals(List.of(), leaking(log, "ERROR"));
            }
        }
    }
}
