package dev.versicle.prompt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets followers see events as soon as they are durable: nobody is told what a power cut could take back. A task of its
 * own forces the log, many events at once, so that no writer waits for it.
 */
public final class EventFeed implements AutoCloseable {
    /** So many of the newest events are kept in memory for all who follow. */
    public static final int REMEMBERED_MAX = NewestEvents.EVENTS_MAX;

    /** So that many writes share a force, for which they compete with it. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /**
     * At the same time, of events that are not in memory any more: who is behind must not hold up those who are not.
     */
    private static final int LOG_READERS_MAX = 2;

    private static final long NOTHING_YET = -1;

    private final EventLog log;
    private final NewestEvents newest;
    private final Semaphore logReaders = new Semaphore(LOG_READERS_MAX, true);
    private final Consumer<RuntimeException> complaints;
    private final Semaphore written = new Semaphore(1);
    private final Progress told = new Progress(NOTHING_YET);
    private final Thread task;

    /** Begins at once; {@code complaints} hears when the log could not be forced, which is tried again. */
    public EventFeed(EventLog log, Consumer<RuntimeException> complaints) {
        this.log = log;
        this.newest = new NewestEvents(log);
        this.complaints = complaints;
        log.listen(this::wake);
        this.task = Thread.ofVirtual().name("events").start(this::tellForEver);
    }

    private void wake() {
        if (written.availablePermits() == 0) {
            written.release();
        }
    }

    private void tellForEver() {
        try {
            while (true) {
                written.acquire();
                written.drainPermits();
                Thread.sleep(tell() ? PAUSE : PAUSE_AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            // The server stops.
        }
    }

    private boolean tell() {
        long last;
        try {
            last = log.force();
        } catch (RuntimeException e) {
            complaints.accept(e);
            wake();
            return false;
        }
        told.reach(last);
        return true;
    }

    /** Names the log; see {@link EventLog#epoch}. */
    public String epoch() {
        return log.epoch();
    }

    /** See {@link EventLog#dropped}. */
    public long dropped() {
        return log.dropped();
    }

    /** The number up to which everything is durable; below 0 as long as that is not known after the start. */
    public long told() {
        return told.number();
    }

    /**
     * The number of the newest event until now, for which it waits to be durable; where that takes longer than
     * {@code patience}, of the newest that is.
     */
    public long now(Duration patience) throws InterruptedException {
        long newest = log.newest();
        told.await(newest, patience);
        return Math.min(newest, told());
    }

    /** The durable events with higher numbers, lowest first. */
    public List<Event> after(long number, int limit) {
        long last = told();
        return newest.after(number, limit, last).orElseGet(() -> read(number, limit, last));
    }

    /** As {@link #after}; empty where some of them are not kept any more, or nobody was ever told of that number. */
    public Optional<List<Event>> since(long number, int limit) {
        long last = told();
        if (number > last) {
            return Optional.empty();
        }
        Optional<List<Event>> kept = newest.after(number, limit, last);
        if (kept.isPresent()) {
            return kept;
        }
        List<Event> read = read(number, limit, last);
        // Asked after the reading: what is dropped stays dropped.
        return log.dropped() > number ? Optional.empty() : Optional.of(read);
    }

    private List<Event> read(long number, int limit, long last) {
        logReaders.acquireUninterruptibly();
        try {
            return log.after(number, limit).stream()
                    .takeWhile(event -> event.number() <= last)
                    .toList();
        } finally {
            logReaders.release();
        }
    }

    /**
     * Waits until there is a durable event with a higher number; false where that takes longer than {@code patience}.
     */
    public boolean await(long number, Duration patience) throws InterruptedException {
        return told.await(number + 1, patience);
    }

    @Override
    public void close() {
        task.interrupt();
        boolean interrupted = false;
        while (task.isAlive()) {
            try {
                task.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
