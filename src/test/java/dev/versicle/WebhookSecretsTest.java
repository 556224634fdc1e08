package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What deliveries are signed with is known to the receiver and to whoever said it, and to nobody else. */
@Isolated("reads what the whole process logs")
class WebhookSecretsTest {
    private static final String SECRET = "wh-5ec3e75ec3e75ec3e7";
    private static final String WANTED = """
            {"url": "http://127.0.0.1:1/hook", "secret": "%s", "events": ["push"]}""".formatted(SECRET);

    @TempDir
    private Path data;

    @Test
    void itIsInNoAnswerNoLogAndNoFile() throws IOException {
        StringBuilder said = new StringBuilder();
        List<ILoggingEvent> events;
        try (TestServer server = TestServer.start(data, Map.of("versicle.webhooks-allow", "127.0.0.1"));
                Api api = Api.of(server.uri(""), data);
                ServersLog log = ServersLog.allTurnedUp()) {
            for (String body :
                    List.of(WANTED, WANTED, WANTED.replace("push", SECRET), WANTED.replace("http:", "ftp:"))) {
                said.append(api.send(
                                "POST",
                                "/v1/webhooks",
                                BodyPublishers.ofString(body),
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                "key-" + body.hashCode(),
                                "Authorization",
                                "Bearer " + Api.key(data))
                        .text());
            }
            String list = api.get("/v1/webhooks").being(200).text();
            String id = list.replaceFirst(".*\"id\":\"([0-9a-f]{12})\".*", "$1");
            said.append(list)
                    .append(api.get("/v1/webhooks/" + id).being(200).text())
                    .append(api.post("/v1/webhooks/" + id + "/ping", Map.of())
                            .being(202)
                            .text())
                    .append(api.get("/v1/webhooks/" + id + "/deliveries")
                            .being(200)
                            .text());
            events = log.events();
        }

        // The one place is the refusal of an event of this very name, which whoever sent it reads.
        assertEquals(said.indexOf(SECRET), said.indexOf("has none named " + SECRET) + "has none named ".length());
        assertEquals(said.indexOf(SECRET), said.lastIndexOf(SECRET));
        assertTrue(events.stream().anyMatch(event -> event.getLevel() == Level.TRACE), "the log was turned up");
        assertEquals(
                List.of(),
                events.stream()
                        .map(ServersLog::line)
                        .filter(line -> line.contains(SECRET))
                        .toList());
        assertEquals(List.of(), filesWith(SECRET));
        String objects = new String(
                new Git(data.resolve("system.git")).bytes("cat-file", "--batch-all-objects", "--batch"),
                StandardCharsets.ISO_8859_1);
        assertTrue(objects.contains("secret_sealed"), "the webhook is among the objects");
        assertFalse(objects.contains(SECRET));
    }

    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
