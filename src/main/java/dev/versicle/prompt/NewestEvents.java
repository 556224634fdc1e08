package dev.versicle.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the newest events, so that many who follow them do not each read them from the log. */
final class NewestEvents {
    static final int EVENTS_MAX = 1_000;

    private final EventLog log;
    private final ReentrantLock lock = new ReentrantLock();
    /** All that are numbered above {@link #from}, up to {@link #to}; lowest first. */
    private final List<Event> events = new ArrayList<>();

    private long from;
    private long to;

    NewestEvents(EventLog log) {
        this.log = log;
    }

    /**
     * The events numbered above {@code number}, up to {@code last}, lowest first, at most {@code limit} of them; empty
     * where the log must be asked.
     */
    Optional<List<Event>> after(long number, int limit, long last) {
        if (number < last - EVENTS_MAX) {
            return Optional.empty();
        }
        lock.lock();
        try {
            fill(last);
            return number < from
                    ? Optional.empty()
                    : Optional.of(events.stream()
                            .dropWhile(event -> event.number() <= number)
                            .takeWhile(event -> event.number() <= last)
                            .limit(limit)
                            .toList());
        } finally {
            lock.unlock();
        }
    }

    private void fill(long last) {
        if (to < last - EVENTS_MAX) {
            events.clear();
            from = last - EVENTS_MAX;
            to = from;
        }
        if (to < last) {
            // There are no more of these than numbers.
            log.after(to, EVENTS_MAX).stream()
                    .takeWhile(event -> event.number() <= last)
                    .forEach(events::add);
            forgetBefore(to, log.dropped());
            to = last;
        }
        int over = events.size() - EVENTS_MAX;
        if (over > 0) {
            from = events.get(over - 1).number();
            events.subList(0, over).clear();
        }
    }

    /** Where events were dropped before they came here, what was here before them is not all there was. */
    private void forgetBefore(long known, long dropped) {
        if (dropped > known) {
            events.removeIf(event -> event.number() <= dropped);
            from = dropped;
        }
    }
}
