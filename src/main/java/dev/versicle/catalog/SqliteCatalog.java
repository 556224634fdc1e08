package dev.versicle.catalog;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the index in one SQLite file. Every call costs a few look-ups, however many prompts and versions there are,
 * with these exceptions:
 *
 * <ul>
 *   <li>a page skips the index entries before it one by one, so a deep page costs its offset;
 *   <li>the total of {@link #readable} counts what the caller owns or was granted outside its namespace, open prompts
 *       not included;
 *   <li>{@link #record} rewrites one row for each grant on the prompt;
 *   <li>{@link #known} and {@link #complete}, which the start calls, read everything.
 * </ul>
 *
 * Times are kept to the millisecond. A file that fails throws {@link UncheckedIOException}.
 */
public final class SqliteCatalog implements PromptIndex, AutoCloseable {
    private final Sessions sessions;
    private final long run;
    private volatile State state;

    private SqliteCatalog(Sessions sessions, State state, long run) {
        this.sessions = sessions;
        this.state = state;
        this.run = run;
    }

    /**
     * Opens the file, whose directory exists, or makes it; one that SQLite cannot read, that is damaged or that has
     * another schema is deleted first. At most one process may have it open.
     */
    public static SqliteCatalog open(Path file) {
        try {
            CatalogFile.Opened opened = CatalogFile.open(file);
            return new SqliteCatalog(new Sessions(opened.writer(), file), opened.found(), opened.run());
        } catch (SQLException e) {
            throw Sessions.unchecked(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void claim(Namespace namespace, PromptName name, PromptId id) {
        sessions.write(session -> hold(session, namespace, name, id));
    }

    private void hold(Session session, Namespace namespace, PromptName name, PromptId id) throws SQLException {
        session.run(Query.CLAIM, namespace.text(), name.text(), id.hex(), run);
        String holder = session.first(Query.HOLDER, row -> row.getString(1), namespace.text(), name.text())
                .orElseThrow();
        if (!holder.equals(id.hex())) {
            throw new PromptException(new Problem.NameTaken(name));
        }
    }

    /** Gives the name back where {@code id} holds it; the one that its entry bears stays. */
    @Override
    public void release(Namespace namespace, PromptName name, PromptId id) {
        sessions.write(session -> session.run(Query.RELEASE, namespace.text(), name.text(), id.hex()));
    }

    @Override
    public void record(PromptId id, Change change) {
        PromptSettings settings = change.settings();
        sessions.write(session -> {
            hold(session, settings.namespace(), settings.name(), id);
            session.run(
                    Query.DROP_OTHER_NAMES,
                    id.hex(),
                    settings.namespace().text(),
                    settings.name().text());
            putPrompt(session, id, change);
            putReaders(session, id, settings.access());
            for (VersionEntry version : change.versions()) {
                putVersion(session, id, version);
            }
            session.run(Query.PUT_LATEST, id.hex());
        });
    }

    private static void putPrompt(Session session, PromptId id, Change change) throws SQLException {
        PromptSettings settings = change.settings();
        Tips tips = change.tips();
        session.run(
                Query.PUT_PROMPT,
                id.hex(),
                settings.namespace().text(),
                settings.name().text(),
                open(settings.access()),
                tips.main(),
                tips.notes(),
                tips.settings(),
                tips.draft(),
                change.updatedAt().toEpochMilli());
    }

    private static void putReaders(Session session, PromptId id, PromptSettings.Access access) throws SQLException {
        session.run(Query.DROP_READERS, id.hex());
        if (open(access)) {
            return;
        }
        Set<String> subjects = new HashSet<>(access.grants().keySet());
        subjects.add(access.owner());
        for (String subject : subjects) {
            session.run(Query.PUT_READER, subject, id.hex());
        }
    }

    private static boolean open(PromptSettings.Access access) {
        return access.visibility() == Visibility.PUBLIC;
    }

    private static void putVersion(Session session, PromptId id, VersionEntry version) throws SQLException {
        String commit = version.commit().hex();
        if (version.standing().current()) {
            session.run(Query.OVERWRITE, id.hex(), version.number(), commit);
        }
        session.run(
                Query.PUT_VERSION,
                id.hex(),
                commit,
                version.number(),
                version.moment().toEpochMilli(),
                version.standing().main(),
                version.standing().current(),
                version.standing().deleted(),
                version.displayed().map(displayed -> displayed.text().text()).orElse(null),
                version.displayed()
                        .map(displayed -> displayed.at().toEpochMilli())
                        .orElse(null));
    }

    @Override
    public void forget(PromptId id) {
        sessions.write(session -> {
            session.run(Query.DROP_NAMES, id.hex());
            session.run(Query.DROP_READERS, id.hex());
            session.run(Query.DROP_VERSIONS, id.hex());
            session.run(Query.DROP_PROMPT, id.hex());
        });
    }

    /** The prompt that bears the name; one that has only claimed it is not found. */
    @Override
    public Optional<PromptId> find(Namespace namespace, PromptName name) {
        return sessions.read(session -> session.first(Query.FIND, Rows::id, namespace.text(), name.text()));
    }

    @Override
    public Optional<PromptEntry> prompt(PromptId id) {
        return sessions.read(session -> session.first(Query.PROMPT, Rows::entry, id.hex()));
    }

    @Override
    public Optional<VersionEntry> byNumber(PromptId id, int number) {
        return version(Query.BY_NUMBER, id.hex(), number);
    }

    @Override
    public Optional<VersionEntry> floor(PromptId id, int number) {
        return version(Query.FLOOR, id.hex(), number);
    }

    @Override
    public Optional<VersionEntry> byCommit(PromptId id, String hex) {
        // "g" is the first character behind the hex digits: the range is all that begins with hex.
        return version(Query.BY_COMMIT, id.hex(), hex, hex + "g");
    }

    @Override
    public List<VersionEntry> beginningWith(PromptId id, String hex) {
        return sessions.read(session -> session.list(Query.BEGINNING, Rows::version, id.hex(), hex, hex + "g"));
    }

    @Override
    public Optional<VersionEntry> latest(PromptId id) {
        return version(Query.LIVE, id.hex(), 1, 0);
    }

    @Override
    public Optional<VersionEntry> carrier(PromptId id, DisplayVersion text) {
        return version(Query.CARRIER, id.hex(), text.text());
    }

    private Optional<VersionEntry> version(Query query, Object... values) {
        return sessions.read(session -> session.first(query, Rows::version, values));
    }

    @Override
    public List<VersionEntry> live(PromptId id, Page.Window window) {
        return sessions.read(
                session -> session.list(Query.LIVE, Rows::version, id.hex(), window.limit(), window.offset()));
    }

    @Override
    public List<VersionEntry> liveBelow(PromptId id, int number, int limit) {
        return sessions.read(session -> session.list(Query.LIVE_BELOW, Rows::version, id.hex(), number, limit));
    }

    @Override
    public Optional<VersionEntry> newestAt(PromptId id, Instant at, int below) {
        return version(Query.NEWEST_AT, id.hex(), below, at.toEpochMilli());
    }

    @Override
    public Optional<VersionEntry> numberAt(PromptId id, int number, Instant at) {
        return version(Query.NUMBER_AT, id.hex(), number, at.toEpochMilli());
    }

    @Override
    public Page<PromptId> readable(Caller caller, Page.Window window) {
        if (caller.has(Role.ADMIN)) {
            return sessions.read(session -> page(
                    total(session, Query.ALL_TOTAL),
                    window,
                    () -> session.list(Query.ALL, Rows::id, window.limit(), window.offset())));
        }
        boolean member = caller.has(Role.READER) || caller.has(Role.WRITER);
        // No namespace is the empty text, so whoever is no member of its own has none.
        String namespace = member ? caller.namespace().text() : "";
        String subject = caller.subject();
        return sessions.read(session -> page(
                total(session, Query.READABLE_TOTAL, namespace, subject),
                window,
                () -> session.list(Query.READABLE, Rows::id, namespace, subject, window.limit(), window.offset())));
    }

    @Override
    public List<PromptId> readableIn(Caller caller, Namespace namespace) {
        boolean member = caller.namespace().equals(namespace) && (caller.has(Role.READER) || caller.has(Role.WRITER));
        return caller.has(Role.ADMIN) || member
                ? sessions.read(session -> session.list(Query.ALL_IN, Rows::id, namespace.text()))
                : sessions.read(
                        session -> session.list(Query.READABLE_IN, Rows::id, namespace.text(), caller.subject()));
    }

    private interface Items {
        List<PromptId> read() throws SQLException;
    }

    /** Behind the end nothing is read, so that a page far out does not walk through all that is there. */
    private static Page<PromptId> page(long total, Page.Window window, Items items) throws SQLException {
        return new Page<>(window.offset() < total ? items.read() : List.of(), total);
    }

    @Override
    public long count() {
        return sessions.read(session -> total(session, Query.ALL_TOTAL));
    }

    private static long total(Session session, Query query, Object... values) throws SQLException {
        return session.first(query, row -> row.getLong(1), values).orElseThrow();
    }

    @Override
    public List<PromptId> known() {
        return sessions.read(session -> session.list(Query.KNOWN, Rows::id));
    }

    /**
     * Declares the index whole. Names claimed in an earlier run and never borne are free again, and lists are put in
     * the order of the last changes, since the start recorded prompts in the order of their ids.
     */
    @Override
    public void complete() {
        if (state == State.COMPLETE) {
            return;
        }
        sessions.write(session -> {
            session.run(Query.DROP_OLD_CLAIMS, run);
            session.run(Query.RANK_PROMPTS);
            session.run(Query.RANK_READERS);
        });
        state = State.COMPLETE;
    }

    /** Stops in order: waits for the calls under way. The next start finds what is whole now {@code COMPLETE}. */
    @Override
    public void close() {
        sessions.close(session -> {
            if (state == State.COMPLETE && !sessions.failed()) {
                session.run(Query.END_RUN);
            }
        });
    }
}
