package dev.versicle.catalog;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a fact says, in the columns that all kinds share: those that it has nothing for are null.
 *
 * @param ref a ref, an environment, or a namespace
 * @param message a move's, the subjects who read a deleted prompt in lines, or a name
 */
record EventRow(
        @Nullable String ref,
        Pointed from,
        Pointed to,
        @Nullable Long moment,
        @Nullable String message,
        boolean flag) {
    /** No subject has one in it. */
    private static final String BETWEEN_SUBJECTS = "\n";

    /** A version, or any other object where there is no number. */
    private record Pointed(
            @Nullable Integer number, @Nullable String id) {
        static final Pointed NOWHERE = new Pointed(null, null);

        static Pointed at(Optional<Environment.Target> target) {
            return target.map(version -> at(version.version(), version.commit()))
                    .orElse(NOWHERE);
        }

        static Pointed at(int version, CommitId commit) {
            return new Pointed(version, commit.hex());
        }

        static Pointed object(Optional<String> id) {
            return new Pointed(null, id.orElse(null));
        }
    }

    private static EventRow of(Event.Fact fact) {
        return switch (fact) {
            case Event.Pushed pushed ->
                new EventRow(
                        pushed.ref(),
                        Pointed.object(pushed.before()),
                        Pointed.object(pushed.after()),
                        null,
                        null,
                        false);
            case Event.VersionCreated created -> version(created.version(), created.commit(), false);
            case Event.MetadataChanged changed -> version(changed.version(), changed.commit(), changed.deleted());
            case Event.EnvironmentMoved moved -> environment(moved.environment(), moved.move());
            case Event.Created ignored -> new EventRow(null, Pointed.NOWHERE, Pointed.NOWHERE, null, null, false);
            case Event.Deleted deleted ->
                new EventRow(
                        null,
                        Pointed.NOWHERE,
                        Pointed.NOWHERE,
                        null,
                        String.join(BETWEEN_SUBJECTS, new TreeSet<>(deleted.readers())),
                        deleted.open());
            case Event.Renamed renamed ->
                new EventRow(
                        renamed.namespace().text(),
                        Pointed.NOWHERE,
                        Pointed.NOWHERE,
                        null,
                        renamed.name().text(),
                        false);
        };
    }

    private static EventRow version(int version, CommitId commit, boolean deleted) {
        return new EventRow(null, Pointed.NOWHERE, Pointed.at(version, commit), null, null, deleted);
    }

    private static EventRow environment(EnvironmentName environment, Environment.Move move) {
        return new EventRow(
                environment.text(),
                Pointed.at(move.from()),
                Pointed.at(move.to()),
                Rows.milliseconds(move.moved().at()),
                move.moved().message().orElse(null),
                false);
    }

    /** The values of {@link Query#PUT_EVENT}. */
    static @Nullable Object[] values(Instant at, Event.Place prompt, Optional<String> by, Event.Fact fact) {
        EventRow row = of(fact);
        return new @Nullable Object[] {
            Rows.milliseconds(at),
            fact.kind().text(),
            prompt.id().hex(),
            prompt.namespace().text(),
            prompt.name().text(),
            by.orElse(null),
            row.ref(),
            row.from().number(),
            row.from().id(),
            row.to().number(),
            row.to().id(),
            row.moment(),
            row.message(),
            row.flag()
        };
    }

    static Event read(ResultSet row) throws SQLException {
        Optional<String> by = Optional.ofNullable(row.getString("subject"));
        Event.Place prompt = new Event.Place(
                new PromptId(row.getString("prompt")),
                new Namespace(row.getString("namespace")),
                new PromptName(row.getString("name")));
        return new Event(
                row.getLong("number"), Instant.ofEpochMilli(row.getLong("at")), by, prompt, fact(row, by.orElse("")));
    }

    private static Event.Fact fact(ResultSet row, String by) throws SQLException {
        EventKind kind = EventKind.of(row.getString("kind"));
        return switch (kind) {
            case PUSH -> new Event.Pushed(row.getString("ref"), text(row, "from_id"), text(row, "to_id"));
            case VERSION_CREATED ->
                new Event.VersionCreated(row.getInt("to_number"), new CommitId(row.getString("to_id")));
            case METADATA_CHANGED ->
                new Event.MetadataChanged(
                        row.getInt("to_number"), new CommitId(row.getString("to_id")), row.getBoolean("flag"));
            case ENVIRONMENT_MOVED ->
                new Event.EnvironmentMoved(new EnvironmentName(row.getString("ref")), move(row, by));
            case PROMPT_CREATED -> new Event.Created();
            case PROMPT_DELETED ->
                new Event.Deleted(subjects(text(row, "message").orElse("")), row.getBoolean("flag"));
            case PROMPT_RENAMED ->
                new Event.Renamed(new Namespace(row.getString("ref")), new PromptName(row.getString("message")));
        };
    }

    private static Environment.Move move(ResultSet row, String by) throws SQLException {
        Instant moment = Instant.ofEpochMilli(row.getLong("moment"));
        return new Environment.Move(
                target(row, "from"), target(row, "to"), new Environment.Moved(by, moment, text(row, "message")));
    }

    private static Optional<Environment.Target> target(ResultSet row, String side) throws SQLException {
        int number = row.getInt(side + "_number");
        return text(row, side + "_id").map(id -> new Environment.Target(number, new CommitId(id)));
    }

    private static Set<String> subjects(String lines) {
        return Arrays.stream(lines.split(BETWEEN_SUBJECTS))
                .filter(subject -> !subject.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
