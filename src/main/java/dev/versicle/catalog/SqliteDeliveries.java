package dev.versicle.catalog;

import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.PromptId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps deliveries beside the events that they tell of. What is added is forced to the disk: an id that somebody was
 * told of is never given to another letter. Results are not: a power cut that takes some back has these letters sent
 * again, in the same order and with the same bodies.
 */
final class SqliteDeliveries implements DeliveryQueue {
    /** In one transaction, for which writers wait. */
    private static final int FORGOTTEN_AT_ONCE_MAX = 500;

    private final Sessions sessions;
    private final InstantSource clock;

    SqliteDeliveries(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Those of one subscriber about one prompt. */
    private record Line(String webhook, String prompt) {
        static Line of(ResultSet row) throws SQLException {
            return new Line(row.getString(1), row.getString(2));
        }
    }

    @Override
    public void add(List<Letter> letters) {
        if (!letters.isEmpty()) {
            sessions.forced(session -> put(session, letters, false));
        }
    }

    @Override
    public void add(List<Letter> letters, String follower, long reached) {
        if (letters.isEmpty()) {
            sessions.write(session -> session.run(Query.PUT_POSITION, follower, reached));
        } else {
            sessions.forced(session -> {
                session.run(Query.PUT_POSITION, follower, reached);
                return put(session, letters, false);
            });
        }
    }

    @Override
    public void ping(Letter letter) {
        sessions.forced(session -> put(session, List.of(letter), true));
    }

    private int put(Session session, List<Letter> letters, boolean once) throws SQLException {
        for (Letter letter : letters) {
            session.run(
                    Query.PUT_DELIVERY,
                    letter.id().toString(),
                    letter.webhook(),
                    letter.prompt().map(PromptId::hex).orElse(""),
                    letter.kind(),
                    letter.event(),
                    now(),
                    once,
                    letter.body());
        }
        return letters.size();
    }

    private long now() {
        return Rows.milliseconds(clock.instant());
    }

    @Override
    public Optional<String> again(UUID id) {
        return sessions.forced(
                session -> session.first(Query.SEND_AGAIN, row -> row.getString(1), id.toString(), now()));
    }

    @Override
    public List<Due> due(String webhook, Instant now, int limit) {
        return sessions.read(session -> {
            List<Due> due = new ArrayList<>(due(session, webhook, true, now, limit));
            due.addAll(due(session, webhook, false, now, limit - due.size()));
            return due;
        });
    }

    private static List<Due> due(Session session, String webhook, boolean once, Instant now, int limit)
            throws SQLException {
        return session.list(Query.DUE_DELIVERIES, DeliveryRow::due, webhook, once, Rows.milliseconds(now), limit);
    }

    @Override
    public Optional<Instant> next(String webhook, Instant now) {
        return sessions.read(session -> session.first(
                Query.NEXT_DUE, row -> Instant.ofEpochMilli(row.getLong(1)), webhook, Rows.milliseconds(now)));
    }

    @Override
    public void attempted(Result result) {
        Delivery.Attempt attempt = result.attempt();
        String id = result.delivery().toString();
        sessions.write(session -> {
            session.run(
                    Query.END_ATTEMPT,
                    id,
                    result.status().text(),
                    attempt.number(),
                    Rows.milliseconds(attempt.at()),
                    milliseconds(result.next()));
            session.run(
                    Query.PUT_ATTEMPT,
                    id,
                    attempt.number(),
                    Rows.milliseconds(attempt.at()),
                    attempt.status().orElse(null),
                    attempt.took().toMillis(),
                    attempt.answer());
            session.run(Query.DROP_ATTEMPTS, id, attempt.number() - ATTEMPTS_KEPT_MAX);
            if (result.status() != Delivery.Status.PENDING) {
                next(session, session.list(Query.LINE_OF, Line::of, id));
            }
        });
    }

    private static @Nullable Long milliseconds(Optional<Instant> moment) {
        return moment.map(Rows::milliseconds).orElse(null);
    }

    /** Has those that are the first of their lines now be due. */
    private void next(Session session, List<Line> lines) throws SQLException {
        for (Line line : lines) {
            session.run(Query.NEXT_OF_LINE, line.webhook(), line.prompt(), now());
        }
    }

    @Override
    public Delivery.Part of(String webhook, Optional<Long> cursor, int limit) {
        List<DeliveryRow> rows = sessions.read(session ->
                session.list(Query.DELIVERIES, DeliveryRow::read, webhook, cursor.orElse(Long.MAX_VALUE), limit + 1));
        Optional<Long> next =
                rows.size() > limit ? Optional.of(rows.get(limit - 1).number()) : Optional.empty();
        return new Delivery.Part(
                rows.stream().limit(limit).map(DeliveryRow::delivery).toList(), next);
    }

    @Override
    public Optional<Delivery> find(UUID id) {
        return sessions.read(session -> session.first(Query.DELIVERY, DeliveryRow::read, id.toString()))
                .map(DeliveryRow::delivery);
    }

    @Override
    public List<Delivery.Attempt> attempts(UUID id) {
        return sessions.read(session -> session.list(Query.ATTEMPTS, DeliveryRow::attempt, id.toString()));
    }

    @Override
    public List<String> subscribers() {
        return sessions.read(session -> {
            List<String> found = new ArrayList<>();
            for (Optional<String> next = subscriber(session, ""); next.isPresent(); ) {
                found.add(next.get());
                next = subscriber(session, next.get());
            }
            return found;
        });
    }

    private static Optional<String> subscriber(Session session, String after) throws SQLException {
        return session.first(Query.NEXT_SUBSCRIBER, row -> row.getString(1), after);
    }

    @Override
    public long waiting() {
        return sessions.read(session -> Lists.count(session, Query.WAITING));
    }

    @Override
    public void forget(String webhook) {
        while (sessions.written(session -> session.list(
                                Query.DROP_DELIVERIES_OF, row -> row.getLong(1), webhook, FORGOTTEN_AT_ONCE_MAX)
                        .size())
                == FORGOTTEN_AT_ONCE_MAX) {
            sessions.giveWay();
        }
    }

    @Override
    public boolean drop(Instant moment, int limit) {
        sessions.giveWay();
        return sessions.written(session -> {
            long last = Lists.count(session, Query.LAST_OLD_DELIVERY, Rows.milliseconds(moment), limit);
            List<Line> lines = session.list(Query.FIRST_OF_LINES, Line::of, last);
            session.run(Query.DROP_DELIVERIES, last);
            next(session, lines);
            return last > 0;
        });
    }
}
