package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Trashed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of events, and what those who follow it read of it. */
@BesideOthers
class EventsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int STEPS = 60;
    /** Several in a row are more than are kept in memory. */
    private static final int PROMPTS_AT_ONCE = 400;

    private final Path file;

    private SqliteCatalog catalog;
    private EventFeed feed;
    private int made;

    EventsTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    @BeforeEach
    void open() throws InterruptedException {
        catalog = SqliteCatalog.open(file);
        catalog.complete();
        feed = new EventFeed(catalog.events(), AssertionError::new);
        assertTrue(feed.await(-1, PATIENCE));
    }

    @AfterEach
    void close() {
        feed.close();
        catalog.close();
    }

    private void reopen() throws InterruptedException {
        close();
        open();
    }

    /** Two events: that it was made, and its main branch. */
    private PromptId create() {
        made++;
        PromptId id = Samples.id(made);
        catalog.record(id, Samples.change("prompt-" + made));
        return id;
    }

    private void trash(PromptId id, String... readers) {
        Trashed trashed = new Trashed(id, Samples.TEAM, Samples.name("gone"), "ada", Samples.MOMENT);
        catalog.trash(trashed, new Event.Deleted(Set.of(readers), false), Optional.of("ada"));
    }

    private void awaitTold(long number) throws InterruptedException {
        assertTrue(feed.await(number - 1, PATIENCE));
    }

    private void dropUpTo(int count) {
        catalog.events().reached("somebody", Long.MAX_VALUE);
        catalog.events().drop(Instant.now().plusSeconds(60), count);
    }

    @RepeatedTest(5)
    void whatFollowersReadIsWhatIsInTheLogOrNothingWhereSomeIsMissing(RepetitionInfo repetition)
            throws InterruptedException {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Event> all = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            step(random, all);
            long number = random.nextLong(all.size() + 3L);
            int limit = 1 + random.nextInt(300);

            Optional<List<Event>> read = feed.since(number, limit);

            boolean known = number <= all.size();
            List<Event> right = all.stream()
                    .filter(event -> event.number() > number)
                    .limit(limit)
                    .toList();
            boolean kept = number >= catalog.events().dropped();
            String what = "seed " + seed + ", step " + step + ", behind " + number;
            assertTrue(read.isPresent() || !known || !kept, what);
            assertTrue(read.map(events -> known && events.equals(right)).orElse(true), what);
        }
    }

    private void step(Random random, List<Event> all) throws InterruptedException {
        switch (random.nextInt(6)) {
            case 0 -> createMany(all, 1 + random.nextInt(PROMPTS_AT_ONCE));
            case 1 -> dropUpTo(random.nextInt(200));
            case 2 -> reopen();
            default -> createMany(all, 1 + random.nextInt(3));
        }
    }

    private void createMany(List<Event> all, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            create();
        }
        EventLog log = catalog.events();
        all.addAll(log.after(all.size(), Integer.MAX_VALUE));
        awaitTold(all.size());
    }

    @Test
    void theNewestDeletionOfAPromptIsFound() {
        PromptId id = create();
        PromptId other = create();
        trash(id, "ada");
        catalog.record(id, Samples.change("back"));
        trash(id, "bob");
        trash(other, "eve");

        Event deletion = catalog.events().deletion(id).orElseThrow();

        assertEquals(new Event.Deleted(Set.of("bob"), false), deletion.fact());
        assertEquals(id, deletion.prompt().id());
        assertEquals(Optional.empty(), catalog.events().deletion(create()));
    }

    @Test
    void whatWasToldIsKnownThoughNoneOfItIsKept() throws InterruptedException {
        create();
        create();
        dropUpTo(100);
        reopen();

        assertEquals(4, feed.told());
        assertEquals(Optional.of(List.of()), feed.since(4, 10));
        assertEquals(Optional.empty(), feed.since(3, 10));
        assertEquals(Optional.empty(), feed.since(5, 10));
    }

    @Test
    void numbersAreNotGivenTwiceThoughNoneIsKept() throws InterruptedException {
        create();
        dropUpTo(100);
        reopen();
        create();
        awaitTold(4);

        assertEquals(
                List.of(3L, 4L),
                feed.since(2, 10).orElseThrow().stream().map(Event::number).toList());
    }
}
