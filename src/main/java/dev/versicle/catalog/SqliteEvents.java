package dev.versicle.catalog;

import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.PromptId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads the events that {@link Chronicle} records. */
final class SqliteEvents implements EventLog {
    private final Sessions sessions;
    private final String epoch;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    SqliteEvents(Sessions sessions) {
        this.sessions = sessions;
        this.epoch = sessions.read(
                session -> session.first(Query.EPOCH, row -> row.getString(1)).orElseThrow());
    }

    /** Says that there are events that were not there before. */
    void recorded() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<Event> after(long number, int limit) {
        return sessions.read(session -> session.list(Query.EVENTS, EventRow::read, number, limit));
    }

    @Override
    public List<Event> of(PromptId prompt, long number, int limit) {
        return sessions.read(
                session -> session.list(Query.EVENTS_OF_PROMPT, EventRow::read, prompt.hex(), number, limit));
    }

    @Override
    public long newest() {
        return sessions.read(session -> Lists.count(session, Query.NEWEST_EVENT));
    }

    @Override
    public long dropped() {
        return sessions.read(session -> Lists.count(session, Query.DROPPED));
    }

    @Override
    public long force() {
        long newest = newest();
        sessions.force();
        return newest;
    }

    @Override
    public Optional<Event> deletion(PromptId id) {
        return sessions.read(session -> session.first(Query.DELETION, EventRow::read, id.hex()));
    }

    @Override
    public Optional<Long> position(String follower) {
        return sessions.read(session -> session.first(Query.POSITION, row -> row.getLong(1), follower));
    }

    @Override
    public void reached(String follower, long number) {
        sessions.write(session -> session.run(Query.PUT_POSITION, follower, number));
    }

    @Override
    public boolean drop(Instant moment, int limit) {
        sessions.giveWay();
        return sessions.written(session -> {
            long last = Lists.count(session, Query.LAST_PASSED, Rows.milliseconds(moment), limit);
            session.run(Query.DROP_EVENTS, last);
            session.run(Query.PUT_DROPPED, last);
            return last > 0;
        });
    }

    @Override
    public void listen(Runnable listener) {
        listeners.add(listener);
    }
}
