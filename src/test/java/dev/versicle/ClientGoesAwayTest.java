package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.http.Pipe;
import dev.versicle.prompt.PromptText;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whoever goes away in the midst of a long answer leaves nobody at work on it. */
@Isolated("reads what the whole process logs")
class ClientGoesAwayTest {
    private static final int CLIENTS = 5;
    /** Together more than any buffer between the server and a client that does not read. */
    private static final int PROMPTS = 40;

    private static final long PATIENCE_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 20;

    @TempDir
    private Path data;

    @Test
    void theThreadThatWritesAnExportEnds() throws Exception {
        try (TestServer server = TestServer.start(data);
                Api api = Api.of(server.uri(""), data);
                ServersLog log = ServersLog.turnedUp(Pipe.class.getName())) {
            for (int i = 0; i < PROMPTS; i++) {
                api.create("prompt " + i, noise(i));
            }

            for (int i = 0; i < CLIENTS; i++) {
                goAway(server);
            }

            long end = System.currentTimeMillis() + PATIENCE_MILLIS;
            while (left(log) < CLIENTS && System.currentTimeMillis() < end) {
                Thread.sleep(LOOK_MILLIS);
            }
            assertEquals(CLIENTS, left(log));
        }
    }

    private static long left(ServersLog log) {
        return log.events().stream()
                .filter(event -> event.getFormattedMessage().equals("An answer was left by its client"))
                .count();
    }

    private static void goAway(TestServer server) throws IOException {
        try (Socket socket = new Socket(server.uri("").getHost(), server.uri("").getPort())) {
            String request =
                    "GET /v1/export HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.adminKey() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertEquals('H', socket.getInputStream().read());
        }
    }

    private static String noise(int seed) {
        byte[] noise = new byte[PromptText.BYTES_MAX / 2 - 1];
        new Random(seed).nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }
}
