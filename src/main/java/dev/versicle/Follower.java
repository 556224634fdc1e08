package dev.versicle;

import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the events and does what follows from them, in their order and behind the backs of those who made them. Where
 * it has come to is kept, so that after a kill it begins with the first event that may be undone: what it does must
 * come to the same when it is done again.
 */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int EVENTS_MAX = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final String name;
    private final EventFeed feed;
    private final EventLog log;
    private final Consumer<List<Event>> work;
    private final Duration pauseAfterFailure;
    private final ReentrantLock working = new ReentrantLock();
    private final Thread task;
    private volatile boolean closing;

    /** Begins at once, with the first event that is kept where it is new; from now on none is dropped before it. */
    Follower(String name, EventFeed feed, EventLog log, Consumer<List<Event>> work) {
        this(name, feed, log, work, PAUSE_AFTER_FAILURE);
    }

    Follower(String name, EventFeed feed, EventLog log, Consumer<List<Event>> work, Duration pauseAfterFailure) {
        this.name = name;
        this.feed = feed;
        this.log = log;
        this.work = work;
        this.pauseAfterFailure = pauseAfterFailure;
        log.reached(name, 0);
        this.task = Thread.ofVirtual().name(name).start(this::followForEver);
    }

    private void followForEver() {
        try {
            while (!closing) {
                long position = follow();
                feed.await(position, PATIENCE);
            }
        } catch (InterruptedException e) {
            // The server stops; the next start goes on.
        }
    }

    /** Does what there is to do, and gives the number of the last event that is done. */
    private long follow() throws InterruptedException {
        working.lock();
        try {
            long position = log.position(name).orElse(0L);
            List<Event> events = feed.after(position, EVENTS_MAX);
            while (!events.isEmpty() && !closing) {
                work.accept(events);
                position = events.getLast().number();
                log.reached(name, position);
                events = feed.after(position, EVENTS_MAX);
            }
            return position;
        } catch (RuntimeException e) {
            LOG.error("{} could not follow the events, and tries again", name, e);
        } finally {
            working.unlock();
        }
        Thread.sleep(pauseAfterFailure);
        return 0;
    }

    /** Waits for the batch at hand: an interrupt would break what it writes. */
    @Override
    public void close() {
        closing = true;
        working.lock();
        try {
            task.interrupt();
        } finally {
            working.unlock();
        }
        try {
            task.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
