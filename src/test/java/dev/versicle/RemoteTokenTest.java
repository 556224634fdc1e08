package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A token for another server is for that server alone. */
@Isolated("reads what the whole process logs")
class RemoteTokenTest {
    private static final String TOKEN = "ghp_5ec3e75ec3e75ec3e7";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("ada:" + TOKEN).getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path root;

    @Test
    void itIsInNoLogAndInNoAnswer() {
        List<ILoggingEvent> events;
        StringBuilder said = new StringBuilder();
        try (TestServer server =
                        TestServer.start(root.resolve("data"), Map.of("versicle.webhooks-allow", "127.0.0.1"));
                Api api = Api.of(server.uri(""), root.resolve("data"));
                TlsServer remote = TlsServer.start(root)
                        .answers("/", 500, Map.of("X-Echo", TOKEN), TOKEN)
                        .serves(root, "Basic " + BASIC);
                ServersLog log = ServersLog.allTurnedUp()) {
            for (String url : List.of(
                    remote.url("/git/nothing.git"),
                    remote.url("/broken.git"),
                    "https://127.0.0.1:1/a.git",
                    "http://127.0.0.1:1/a.git",
                    "https://10.0.0.1/a.git",
                    "no url")) {
                Map<String, String> body = Map.of("url", url, "token", TOKEN, "username", "ada", "name", "mine");
                said.append(api.post("/v1/prompts/import", body).text());
            }
            assertEquals(
                    "Basic " + BASIC,
                    remote.asked().getFirst().header("Authorization").orElseThrow());
            events = log.events();
        }
        assertTrue(said.toString().contains("no repository there"), said::toString);
        for (String word : List.of(TOKEN, BASIC)) {
            assertEquals(
                    List.of(),
                    events.stream()
                            .map(ServersLog::line)
                            .filter(line -> line.contains(word))
                            .toList());
            assertEquals(-1, said.indexOf(word));
        }
    }
}
