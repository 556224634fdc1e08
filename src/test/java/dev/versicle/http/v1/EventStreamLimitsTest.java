package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.http.v1.EventLines.Told;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.EventLimits;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many change streams there are, and what ends one. */
class EventStreamLimitsTest {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 20;
    private static final Caller ANN = TestServer.caller("ann");
    private static final Caller BOB = TestServer.caller("bob");

    @TempDir
    private Path data;

    private static void awaitStreams(TestServer server, int count) throws InterruptedException {
        EventStreams streams = server.part(EventStreams.class);
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (streams.underWay() != count && System.currentTimeMillis() < end) {
            Thread.sleep(LOOK_MILLIS);
        }
        assertEquals(count, streams.underWay());
    }

    @Test
    void aCallerHasSoManyStreamsAndNoMore() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of("versicle.event-streams-of-caller", 2));
                V1Client client = V1Client.of(server, ANN);
                Listener other = Listener.of(server, server.token(BOB), "");
                Listener first = Listener.of(server, server.token(ANN), "")) {
            Listener second = Listener.of(server, server.token(ANN), "");
            V1Client.Answer refused = client.get("/events").being(429);
            second.close();
            awaitStreams(server, 2);
            try (Listener again = Listener.of(server, server.token(ANN), "")) {
                assertEquals(200, again.status());
            }
            assertEquals(200, other.status());
            assertEquals(200, first.status());
            assertEquals("RATE_LIMITED", refused.get("error"));
            assertTrue(refused.get("message").startsWith("As many change streams"), refused.text());
            assertEquals(Optional.of("5"), refused.header("Retry-After"));
        }
    }

    @Test
    void thereAreSoManyStreamsInAll() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of("versicle.event-streams", 2));
                V1Client nobody = V1Client.nobody(server);
                Listener first = Listener.of(server, server.token(ANN), "")) {
            Listener second = Listener.of(server, server.token(BOB), "");
            nobody.get("/events").being(429);
            second.close();
            awaitStreams(server, 1);
            try (Listener again = Listener.of(server, "", "")) {
                assertEquals(200, again.status());
            }
            assertEquals(200, first.status());
        }
    }

    @Test
    void aRefusedStreamTakesNoTurn() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of("versicle.event-streams-of-caller", 1));
                V1Client client = V1Client.of(server, ANN)) {
            client.get("/events?kind=x").being(422);
            client.get("/events?prompt=0123456789abcdef01234567").being(404);
            awaitStreams(server, 0);
            try (Listener listener = Listener.of(server, server.token(ANN), "")) {
                assertEquals(200, listener.status());
            }
        }
    }

    @Test
    void theLimitsAreTheDocumentedOnesByDefault() {
        try (TestServer server = TestServer.start(data)) {
            assertEquals(new EventLimits(1_000, 100), server.part(EventLimits.class));
        }
    }

    @Test
    void aClientThatGoesAwayLeavesNoStreamBehind() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                sockets.add(connect(server));
            }
            awaitStreams(server, 10);
            for (Socket socket : sockets) {
                socket.close();
            }
            awaitStreams(server, 0);
        }
    }

    /** Begins a stream, and reads the first letter of it. */
    private static Socket connect(TestServer server) throws IOException {
        Socket socket = new Socket(server.uri("").getHost(), server.uri("").getPort());
        socket.getOutputStream()
                .write("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
        return socket;
    }

    @Test
    void aStreamEndsWithItsToken() throws Exception {
        try (TestServer server = TestServer.start(data);
                Listener bearer = Listener.of(server, server.token(ANN), "");
                Listener nobody = Listener.of(server, "", "")) {
            server.pass(Duration.ofHours(1));

            bearer.awaitEnd();

            assertTrue(bearer.text().endsWith(": the token does not hold any more\n"), bearer.text());
            awaitStreams(server, 1);
            assertEquals(200, nobody.status());
        }
    }

    @Test
    void aStreamEndsWithItsKey() throws Exception {
        try (TestServer server = TestServer.start(data);
                V1Client admin = V1Client.bearing(server, server.adminKey())) {
            V1Client.Answer key = admin.post("/keys", Map.of("name", "sdk")).being(201);
            try (Listener listener = Listener.of(server, key.get("key"), "")) {
                admin.delete("/keys/" + key.get("id")).being(204);

                listener.awaitEnd();

                assertTrue(listener.text().endsWith(": the token does not hold any more\n"), listener.text());
            }
        }
    }

    @Test
    void aStreamEndsInOrderWhenTheServerStops() {
        Listener idle;
        Listener busy;
        List<String> told;
        try (TestServer server = TestServer.start(data);
                V1Client admin = V1Client.bearing(server, server.adminKey())) {
            idle = Listener.of(server, "", "");
            busy = Listener.of(server, server.adminKey(), "");
            admin.create("prompt", "one");
            told = busy.await(3).stream().map(Told::event).toList();
        }
        try (idle;
                busy) {
            busy.awaitEnd();
            idle.awaitEnd();

            assertTrue(busy.text().endsWith(": the server stops\n"), busy.text());
            assertTrue(idle.text().endsWith(": the server stops\n"), idle.text());
            assertEquals(List.of("prompt.created", "push", "version.created"), told);
        }
    }

    @Test
    void aSlowReaderHoldsUpNobody() throws Exception {
        try (TestServer server = TestServer.start(data);
                V1Client admin = V1Client.bearing(server, server.adminKey());
                Socket slow = connect(server);
                Listener quick = Listener.of(server, "", "?kind=environment.moved")) {
            String id = admin.post("/prompts", Map.of("name", "prompt", "visibility", "public"))
                    .being(201)
                    .get("id");
            admin.save(id, "one");
            Map<String, Object> move = Map.of("rev", "1", "message", "漢".repeat(1_000));
            for (int i = 0; i < 50; i++) {
                admin.put("/prompts/" + id + "/environments/e" + i, move).being(201);
            }

            assertEquals(50, quick.await(50).size());
            awaitStreams(server, 2);
            assertEquals('T', slow.getInputStream().read());
        }
    }
}
