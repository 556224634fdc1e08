package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.git.House;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows the events gets all of them in order, some twice where something failed or a kill came. */
class FollowerTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path root;

    private House house;
    private EventLog log;
    private EventFeed feed;
    private final BlockingQueue<Long> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() {
        house = new House(root);
        log = house.catalog.events();
        feed = new EventFeed(log, e -> {});
    }

    @AfterEach
    void close() {
        feed.close();
        house.close();
    }

    private void see(List<Event> events) {
        events.forEach(event -> seen.add(event.number()));
    }

    private Follower follower(String name) {
        return new Follower(name, feed, log, this::see);
    }

    private Follower failing(String name, Consumer<List<Event>> work) {
        return new Follower(name, feed, log, work, Duration.ofMillis(1));
    }

    interface Meanwhile {
        void happens() throws InterruptedException;
    }

    private static void following(Follower follower, Meanwhile meanwhile) throws InterruptedException {
        try (follower) {
            meanwhile.happens();
        }
    }

    /** The next numbers that were seen. */
    private List<Long> seen(int count) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Long number = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(number != null, () -> "only " + numbers);
            numbers.add(number);
        }
        return numbers;
    }

    private void awaitPosition(String name, long number) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
        while (!log.position(name).equals(Optional.of(number)) && Instant.now().isBefore(end)) {
            Thread.sleep(5);
        }
        assertEquals(Optional.of(number), log.position(name));
    }

    @Test
    void everyEventIsSeenOnceAndInOrder() throws InterruptedException {
        house.create("before", "text");

        following(follower("one"), () -> {
            house.create("meanwhile", "text");
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), seen(6));
            awaitPosition("one", 6);
        });

        assertTrue(seen.isEmpty());
    }

    @Test
    void oneThatComesBackGoesOnBehindItsPositionAndANewOneBeginsAtTheBeginning() throws InterruptedException {
        house.create("first", "text");
        following(follower("one"), () -> {
            seen(3);
            awaitPosition("one", 3);
        });
        house.create("second", "text");

        following(follower("one"), () -> assertEquals(List.of(4L, 5L, 6L), seen(3)));
        following(follower("other"), () -> assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), seen(6)));
    }

    @Test
    void whatFailedIsDoneAgainFromWhereItBegan() throws InterruptedException {
        house.create("first", "text");
        awaitTold(3);
        AtomicInteger calls = new AtomicInteger();
        Follower follower = failing("one", events -> {
            see(events.subList(0, 1));
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("as the test wants it");
            }
            see(events.subList(1, events.size()));
        });

        following(follower, () -> {
            assertEquals(List.of(1L, 1L, 1L, 2L, 3L), seen(5));
            awaitPosition("one", 3);
        });
    }

    private void awaitTold(long number) throws InterruptedException {
        assertTrue(feed.await(number - 1, Duration.ofSeconds(PATIENCE_SECONDS)));
    }

    @Test
    void nothingIsDroppedThatAFollowerHasNotPassed() throws InterruptedException {
        house.create("first", "text");
        Instant later = Instant.now().plusSeconds(PATIENCE_SECONDS);
        Follower stuck = failing("stuck", events -> {
            throw new IllegalStateException("as the test wants it");
        });
        following(stuck, () -> log.drop(later, 100));
        assertEquals(0, log.dropped());

        following(follower("stuck"), () -> awaitPosition("stuck", 3));
        log.drop(later, 100);
        assertEquals(3, log.dropped());
    }
}
