package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventDesk;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventMark;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.TrashDesk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a prompt hears of all that happens to it, whenever the stream looks at who that is. */
@BesideOthers
class HeardMeanwhileTest {
    private static final EventDesk.Filter ALL = new EventDesk.Filter(Optional.empty(), Optional.empty(), Set.of());

    /** A step of a write goes on after it although somebody who asks still waits, as for the prompt's lock. */
    private static final long AT_A_STEP_MILLIS = 300;

    @TempDir
    private Path root;

    /** Asks for all events, with a desk that remembers nothing. */
    private static final class Asking {
        private final House house;
        private final EventFeed feed;
        private final String step;
        private final Thread thread;
        private List<Event> told = List.of();
        private List<Event> heard = List.of();

        Asking(House house, EventFeed feed, String step) {
            this.house = house;
            this.feed = feed;
            this.step = step;
            this.thread = Thread.ofPlatform().start(this::ask);
        }

        private void ask() {
            EventDesk desk = new EventDesk(house.prompts, house.store, feed, house.catalog.events(), house.now::get);
            long number = desk.now().number();
            told = feed.after(0, EventDesk.EVENTS_MAX).stream()
                    .filter(event -> event.number() <= number && event.kind().told())
                    .toList();
            EventDesk.Heard answer = desk.after(ALICE, ALL, new EventMark(feed.epoch(), 0));
            heard = answer instanceof EventDesk.Heard.Told all ? all.events() : List.of();
        }

        void await(long millis) {
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void requireAll() {
            await(0);
            assertEquals(told, heard.stream().limit(told.size()).toList(), () -> "asked " + step);
        }
    }

    @Test
    void betweenAnyTwoStepsOfAWriteAllIsHeard() {
        Thread writer = Thread.currentThread();
        List<Asking> askings = new ArrayList<>();
        List<Runnable> asks = new ArrayList<>();
        Watched watched = new Watched(step -> {
            if (writer.equals(Thread.currentThread())) {
                asks.forEach(Runnable::run);
            }
        });
        House house = new House(root, Instant.parse("2026-04-22T10:14:00Z"), watched);
        try (house;
                EventFeed feed = new EventFeed(house.catalog.events(), e -> {
                    throw e;
                })) {
            asks.add(() -> {
                Asking asking = new Asking(house, feed, "at step " + askings.size());
                askings.add(asking);
                asking.await(AT_A_STEP_MILLIS);
            });
            PromptId id = house.create("greeting", "one");
            house.save(id, "two");
            house.prompts.delete(ALICE, id);
            new TrashDesk(house.prompts, house.store, house.catalog).restore(ALICE, id);
            house.save(id, "three");
            house.prompts.delete(ALICE, id);
            asks.getFirst().run();

            askings.forEach(Asking::requireAll);
            assertTrue(askings.size() > 20);
            assertEquals(12, askings.getLast().told.size());
        }
    }
}
