package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.http.v1.EventLines.Told;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.EventLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes again with the last id misses nothing and is told nothing twice. */
class EventResumeTest {
    private static final int TIMES = 50;
    private static final int WRITERS = 4;
    private static final int EVENTS_AT_ONCE = 12;

    @TempDir
    private Path data;

    private static List<Long> numbers(List<Told> told) {
        return told.stream()
                .map(event -> Long.parseLong(event.id().substring(event.id().indexOf('-') + 1)))
                .toList();
    }

    /** The numbers of all events that callers are told of, as the log has them. */
    private static List<Long> recorded(TestServer server) {
        List<Event> all = server.part(EventLog.class).after(0, Integer.MAX_VALUE);
        return all.stream()
                .filter(event -> event.kind().told())
                .map(Event::number)
                .toList();
    }

    private static void write(V1Client client, String id, AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i++) {
            client.save(id, "text " + i);
        }
    }

    private static Listener listen(TestServer server, String query, String lastId) {
        return Listener.of(server, server.adminKey(), query, "Last-Event-ID", lastId);
    }

    private static String now(TestServer server) {
        return server.part(EventFeed.class).epoch() + "-0";
    }

    @Test
    void nothingIsMissingAndNothingIsToldTwiceHoweverOftenAClientGoesAway() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Told> heard = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey())) {
            String lastId = now(server);
            try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < WRITERS; i++) {
                    String id = client.create("prompt-" + i);
                    writers.execute(() -> write(client, id, stop));
                }
                for (int i = 0; i < TIMES; i++) {
                    lastId = hear(server, lastId, random.nextInt(EVENTS_AT_ONCE), heard);
                }
                stop.set(true);
            }
            List<Long> recorded = recorded(server);
            try (Listener last = listen(server, "", lastId)) {
                heard.addAll(last.await(recorded.size() - heard.size()));
            }

            assertEquals(recorded, numbers(heard), () -> "seed " + seed);
            assertTrue(recorded.size() > TIMES, recorded::toString);
        }
    }

    /** Goes away at some moment behind so many events; gives what it would come again with. */
    private static String hear(TestServer server, String lastId, int count, List<Told> heard) {
        Listener listener = listen(server, "", lastId);
        listener.await(count);
        listener.close();
        heard.addAll(listener.told());
        return listener.lastId();
    }

    @Test
    void aRestartOfTheServerIsNoGap() {
        String id;
        String lastId;
        List<Told> heard = new ArrayList<>();
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey());
                Listener listener = listen(server, "", now(server))) {
            id = client.create("prompt", "one");
            heard.addAll(listener.await(3));
            lastId = listener.lastId();
            client.save(id, "two");
        }
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey());
                Listener listener = listen(server, "", lastId)) {
            client.save(id, "three");
            heard.addAll(listener.await(4));

            assertEquals(recorded(server), numbers(heard));
        }
    }

    @Test
    void whoComesAgainWithAnIdOfALostCatalogIsToldToReadAgain() throws IOException {
        String id;
        String lastId;
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey());
                Listener listener = listen(server, "", now(server))) {
            id = client.create("prompt", "one");
            listener.await(3);
            lastId = listener.lastId();
        }
        deleteCatalog();
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey());
                Listener listener = listen(server, "", lastId)) {
            Told reset = listener.await(1).getFirst();
            client.save(id, "two");
            List<Told> after = listener.await(3).subList(1, 3);

            assertEquals("reset", reset.event());
            assertTrue(reset.at("/reason").asText().contains("Read again"), reset.data());
            assertNotEquals(
                    lastId.substring(0, lastId.indexOf('-')),
                    reset.id().substring(0, reset.id().indexOf('-')));
            assertEquals(
                    List.of("push", "version.created"),
                    after.stream().map(Told::event).toList());
            try (Listener again = listen(server, "", reset.id())) {
                assertEquals(numbers(after), numbers(again.await(2)));
            }
        }
    }

    private void deleteCatalog() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data, "catalog.db*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Test
    void whoComesAgainTooLateIsToldToReadAgain() {
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey())) {
            String id = client.create("prompt");
            for (int i = 0; i < 3; i++) {
                client.save(id, "text " + i);
            }
            EventLog log = server.part(EventLog.class);
            log.reached("somebody", Long.MAX_VALUE);
            // What the server does with events passes them soon.
            while (log.dropped() < 3) {
                log.drop(Instant.now().plusSeconds(60), 3 - (int) log.dropped());
            }
            assertEquals(3, log.dropped());
        }
        // Else the events would be in memory still.
        try (TestServer server = TestServer.start(data)) {
            String epoch = server.part(EventFeed.class).epoch();
            try (Listener late = listen(server, "", epoch + "-2");
                    Listener inTime = listen(server, "", epoch + "-3");
                    Listener early = listen(server, "", epoch + "-1000")) {
                assertEquals("reset", late.await(1).getFirst().event());
                assertEquals(recorded(server), numbers(inTime.await(4)));
                assertEquals("reset", early.await(1).getFirst().event());
                assertEquals(epoch + "-7", late.lastId());
            }
        }
    }

    @Test
    void theHeaderComesBeforeTheQueryAndABlankOneIsNone() throws InterruptedException {
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey())) {
            client.create("prompt", "one");
            assertTrue(server.part(EventFeed.class).await(2, Duration.ofMinutes(1)));
            String epoch = server.part(EventFeed.class).epoch();
            String token = server.adminKey();
            try (Listener query = Listener.of(server, token, "?last_event_id=" + epoch + "-1");
                    Listener both = listen(server, "?last_event_id=" + epoch + "-0", epoch + "-2");
                    Listener blank = Listener.of(server, token, "?last_event_id=", "Last-Event-ID", " ")) {
                client.create("fence");

                assertEquals(List.of(2L, 3L, 4L), numbers(query.await(3)));
                assertEquals(List.of(3L, 4L), numbers(both.await(2)));
                assertEquals(List.of(4L), numbers(blank.await(1)));
            }
        }
    }

    /** More than is read in one step, and than is kept in memory. */
    @Test
    void aLongWayIsGoneInSteps() {
        int versions = 510;
        try (TestServer server = TestServer.start(data);
                V1Client client = V1Client.bearing(server, server.adminKey())) {
            String id = client.create("prompt");
            for (int i = 0; i < versions; i++) {
                client.save(id, "text " + i);
            }
            client.put("/prompts/" + id + "/environments/live", Map.of("rev", "1"))
                    .being(201);
            try (Listener all = listen(server, "", now(server));
                    Listener rare = listen(server, "?kind=" + EventKind.ENVIRONMENT_MOVED.text(), now(server))) {
                List<Long> recorded = recorded(server);

                assertEquals(recorded, numbers(all.await(recorded.size())));
                assertEquals("live", rare.await(1).getFirst().at("/environment").asText());
                assertEquals(1, rare.told().size());
            }
        }
    }
}
