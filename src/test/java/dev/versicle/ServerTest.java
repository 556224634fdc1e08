package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.storage.local.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    private Path directory;

    private Map<String, Object> settings(String data) {
        return Map.of(
                "versicle.data",
                directory.resolve(data).toString(),
                "versicle.port",
                0,
                "versicle.samples",
                false,
                RoomForTests.SETTING,
                true);
    }

    @Test
    void twoServersRunInOneProcess() {
        try (Server first = Server.start(settings("a"));
                Server second = Server.start(settings("b"));
                Client toFirst = Client.of(first);
                Client toSecond = Client.of(second)) {
            assertNotEquals(first.address(), second.address());
            assertEquals(200, toFirst.get("/health").statusCode());
            assertEquals(200, toSecond.get("/health").statusCode());
        }
    }

    @Test
    void aSecondServerOnTheSameDataIsRefusedWithASentence() {
        try (Server first = Server.start(settings("a"))) {
            StartRefused refused = assertThrows(StartRefused.class, () -> Server.start(settings("a")));
            assertEquals(
                    "Another server is running on the data directory " + directory.resolve("a") + ".",
                    refused.getMessage());
            assertEquals("127.0.0.1", first.address().getHost());
        }
    }

    @Test
    void aServerThatStoppedLeavesItsDataToTheNext() {
        Server.start(settings("a")).close();
        Server.start(settings("a")).close();
    }

    @Test
    void aPortThatIsTakenIsRefusedWithASentence() {
        try (Server first = Server.start(settings("a"))) {
            Map<String, Object> same = new HashMap<>(settings("b"));
            same.put("versicle.port", first.address().getPort());
            StartRefused refused = assertThrows(StartRefused.class, () -> Server.start(same));
            assertEquals(
                    "Cannot listen where VERSICLE_HOST and VERSICLE_PORT say: Address already in use.",
                    refused.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port | 65536 | VERSICLE_PORT must be 0 to 65535.",
                "port | -1 | VERSICLE_PORT must be 0 to 65535.",
                "port | http | VERSICLE_PORT must be a whole number.",
                "trash-days | 1e9 | VERSICLE_TRASH_DAYS must be a whole number.",
                "host | 192.0.2.1 | Cannot listen where VERSICLE_HOST and VERSICLE_PORT say:"
                        + " Cannot assign requested address.",
                "host | no.such.host.invalid | VERSICLE_HOST is no address of this machine.",
                "token-minutes | 0 | VERSICLE_TOKEN_MINUTES must be 1 to 10080.",
                "token-minutes | 10081 | VERSICLE_TOKEN_MINUTES must be 1 to 10080.",
                "cache-mib | 0 | VERSICLE_CACHE_MIB must be 1 to 1048576.",
                "open-repositories | 0 | VERSICLE_OPEN_REPOSITORIES must be 1 to 1000000.",
                "trash-days | -1 | VERSICLE_TRASH_DAYS must be 0 to 36500.",
                "event-days | -1 | VERSICLE_EVENT_DAYS must be 0 to 36500.",
                "webhooks-allow | 10.0.0.1/8 | VERSICLE_WEBHOOKS_ALLOW must be ranges of addresses such as 10.0.0.0/8"
                        + " or fd00::/8, divided by commas.",
                "webhooks-allow | localhost | VERSICLE_WEBHOOKS_ALLOW must be ranges of addresses such as 10.0.0.0/8"
                        + " or fd00::/8, divided by commas.",
                "log-format | xml | VERSICLE_LOG_FORMAT must be text or json.",
                "log-format | JSON | VERSICLE_LOG_FORMAT must be text or json.",
                "jwks-url | file:///etc/passwd | VERSICLE_JWKS_URL must be an http or https URL.",
                "jwks-url | keys | VERSICLE_JWKS_URL must be an http or https URL.",
                "jwks-url | h ttp: | VERSICLE_JWKS_URL must be an http or https URL.",
                "jwt-issuer | me | VERSICLE_JWT_ISSUER needs VERSICLE_JWKS_URL to be set, too."
            })
    void aWrongSettingIsRefusedWithASentence(String name, String value, String sentence) {
        Map<String, Object> wrong = new HashMap<>(settings("a"));
        wrong.put("versicle." + name, value);
        StartRefused refused = assertThrows(StartRefused.class, () -> Server.start(wrong));
        assertEquals(sentence, refused.getMessage());
    }

    @Test
    void aStopLetsARequestUnderWayEndAndTakesNoNewOne()
            throws InterruptedException, ExecutionException, TimeoutException {
        Server server = Server.start(settings("a"));
        RoomForTests.Gate gate = server.part(RoomForTests.Gate.class);
        URI address = server.address();
        try (Client client = Client.of(server)) {
            CompletableFuture<HttpResponse<String>> under =
                    CompletableFuture.supplyAsync(() -> client.get("/test/slow"));
            gate.entered().await();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            refusesBefore(address, stopped);
            gate.opened().countDown();
            assertEquals(
                    "ended in order",
                    under.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body());
            stopped.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Connects until nobody listens any more, while the stop still waits for the request under way. Who was connecting
     * in that very moment is reset, who comes later refused.
     */
    private static void refusesBefore(URI address, CompletableFuture<Void> stopped) {
        assertThrows(SocketException.class, () -> {
            while (!stopped.isDone()) {
                new Socket(address.getHost(), address.getPort()).close();
            }
        });
        assertFalse(stopped.isDone());
    }

    @Test
    void healthIsDownFromTheFirstFailedWriteOn() throws IOException {
        try (Server server = Server.start(settings("a"));
                Client client = Client.of(server)) {
            assertEquals(200, client.get("/health").statusCode());
            Files.move(directory.resolve("a"), directory.resolve("gone"));
            DataDirectory data = server.part(DataDirectory.class);

            assertThrows(UncheckedIOException.class, () -> data.writeDurably(directory.resolve("secret"), "x"));

            assertEquals(503, client.get("/health").statusCode());
            assertTrue(client.get("/health").body().contains("nothing is written until a restart"));
            Files.move(directory.resolve("gone"), directory.resolve("a"));
            assertEquals(503, client.get("/health").statusCode());
        }
    }
}
