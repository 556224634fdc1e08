package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.PromptId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody sees an event before it is forced, and everybody does soon after. */
class EventFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SqliteCatalog catalog;
    private final Semaphore forces = new Semaphore(0);
    private final AtomicInteger failures = new AtomicInteger();
    private final BlockingQueue<RuntimeException> complaints = new LinkedBlockingQueue<>();

    private EventFeed feed;

    EventFeedTest(@TempDir Path directory) {
        catalog = SqliteCatalog.open(directory.resolve("catalog.db"));
        catalog.complete();
        feed = new EventFeed(new Slow(catalog.events(), forces, failures), complaints::add);
    }

    @BeforeEach
    void recordTwoEvents() {
        catalog.record(id(1), change("greeting"));
    }

    @AfterEach
    void close() {
        // A close waits for a force under way.
        forces.release(100);
        feed.close();
        catalog.close();
    }

    /** The log on a disk that forces when it is told to, and fails as often as it is told to. */
    private record Slow(EventLog real, Semaphore forces, AtomicInteger failures) implements EventLog {
        @Override
        public long force() {
            forces.acquireUninterruptibly();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("as the test wants it");
            }
            return real.force();
        }

        @Override
        public Optional<Event> deletion(PromptId prompt) {
            return real.deletion(prompt);
        }

        @Override
        public List<Event> of(PromptId prompt, long number, int limit) {
            return real.of(prompt, number, limit);
        }

        @Override
        public String epoch() {
            return real.epoch();
        }

        @Override
        public List<Event> after(long number, int limit) {
            return real.after(number, limit);
        }

        @Override
        public long newest() {
            return real.newest();
        }

        @Override
        public long dropped() {
            return real.dropped();
        }

        @Override
        public Optional<Long> position(String follower) {
            return real.position(follower);
        }

        @Override
        public void reached(String follower, long number) {
            real.reached(follower, number);
        }

        @Override
        public boolean drop(Instant moment, int limit) {
            return real.drop(moment, limit);
        }

        @Override
        public void listen(Runnable listener) {
            real.listen(listener);
        }
    }

    private List<Long> numbers(long after) {
        return feed.after(after, 100).stream().map(Event::number).toList();
    }

    @Test
    void nothingIsSeenBeforeItIsForced() throws InterruptedException {
        assertEquals(2, catalog.events().after(0, 100).size());
        assertTrue(feed.told() <= 0);
        assertEquals(List.of(), numbers(0));
        assertFalse(feed.await(0, Duration.ofMillis(1)));

        forces.release(100);

        assertTrue(feed.await(1, PATIENCE));
        assertEquals(2, feed.told());
        assertEquals(List.of(1L, 2L), numbers(0));
        assertEquals(List.of(2L), numbers(1));
        assertEquals(List.of(), numbers(2));
        assertEquals(List.of(), numbers(200));
    }

    @Test
    void whatComesBehindAForceWaitsForTheNext() throws InterruptedException {
        forces.release(1);
        assertTrue(feed.await(1, PATIENCE));
        catalog.record(id(2), change("farewell"));

        assertEquals(4, catalog.events().after(0, 100).size());
        assertEquals(List.of(1L, 2L), numbers(0));

        forces.release(100);
        assertTrue(feed.await(3, PATIENCE));
        assertEquals(List.of(3L, 4L), numbers(2));
    }

    @Test
    void whoBeginsNowHearsNothingOfBeforeThoughItIsNotForcedYet() throws Exception {
        FutureTask<Long> now = new FutureTask<>(() -> feed.now(PATIENCE));
        Thread.ofVirtual().start(now);
        assertTrue(feed.now(Duration.ofMillis(1)) < 0);
        assertFalse(now.isDone());

        forces.release(100);

        assertEquals(2, now.get());
        assertEquals(List.of(), numbers(now.get()));
    }

    @Test
    void aForceThatFailsIsToldOfAndTriedAgain() throws InterruptedException {
        failures.set(1);
        forces.release(100);

        assertTrue(complaints.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) instanceof IllegalStateException);
        assertTrue(feed.await(1, PATIENCE));
        assertEquals(List.of(1L, 2L), numbers(0));
    }

    @Test
    void whatWasRecordedBeforeTheFeedBeganIsTold() throws InterruptedException {
        forces.release(100);
        feed.close();

        feed = new EventFeed(catalog.events(), complaints::add);

        assertTrue(feed.await(1, PATIENCE));
        assertEquals(List.of(1L, 2L), numbers(0));
    }
}
