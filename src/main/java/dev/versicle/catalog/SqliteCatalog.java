package dev.versicle.catalog;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Receipts;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the index in one SQLite file. Every call costs a few look-ups, however many prompts and versions there are,
 * with these exceptions:
 *
 * <ul>
 *   <li>a page skips the index entries before it one by one, so a deep page costs its offset;
 *   <li>{@link #search} with words looks at every prompt that has them, and first takes up what was written last; in a
 *       folder it looks at every prompt there;
 *   <li>the total of a list counts what the caller owns or was granted outside its namespace, open prompts not
 *       included; that of {@link #releases} counts the prompt's releases;
 *   <li>{@link #newestAt} and {@link #numberAt} look at every later overwriting of one number;
 *   <li>{@link #record} rewrites one row for each grant on the prompt and looks at its former names;
 *   <li>{@link #known} and {@link #complete}, which the start calls, read everything.
 * </ul>
 *
 * What is searched is kept twice, as text and as the full-text index of it, which takes about three times the text.
 *
 * Times are kept to the millisecond. A file that fails throws {@link UncheckedIOException}.
 */
public final class SqliteCatalog implements PromptIndex, AutoCloseable {
    private final Sessions sessions;
    private final WordIndex words;
    private final Lists lists;
    private final SqliteEvents events;
    private final InstantSource clock;
    private final long run;
    private volatile Progress progress;

    private SqliteCatalog(Sessions sessions, InstantSource clock, State state, long run) {
        this.sessions = sessions;
        this.clock = clock;
        this.events = new SqliteEvents(sessions);
        this.words = new WordIndex(sessions);
        this.lists = new Lists(sessions);
        this.run = run;
        this.progress = new Progress(state, 0, 0);
    }

    /**
     * Opens the file, whose directory exists, or makes it; one that SQLite cannot read, that is damaged or that has
     * another schema is deleted first. At most one process may have it open.
     */
    public static SqliteCatalog open(Path file) {
        return open(file, InstantSource.system());
    }

    /** As {@link #open(Path)}, with the clock that events are dated by. */
    public static SqliteCatalog open(Path file, InstantSource clock) {
        try {
            CatalogFile.Opened opened = CatalogFile.open(file);
            return new SqliteCatalog(new Sessions(opened.writer(), file), clock, opened.found(), opened.run());
        } catch (SQLException e) {
            throw Sessions.unchecked(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps answers in the same file, as long as this is open. */
    public Receipts receipts() {
        return new SqliteReceipts(sessions);
    }

    /** What happened to prompts, in the same file, as long as this is open. */
    public EventLog events() {
        return events;
    }

    /** What is told to subscribers, in the same file, as long as this is open. */
    public DeliveryQueue deliveries() {
        return new SqliteDeliveries(sessions, clock);
    }

    @Override
    public State state() {
        return progress.state();
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public void reached(long done, long total) {
        progress = new Progress(state(), done, total);
    }

    private void requireAllNames() {
        if (state() == State.EMPTY) {
            throw new PromptException(new Problem.Starting());
        }
    }

    @Override
    public void claim(Namespace namespace, PromptName name, PromptId id) {
        requireAllNames();
        sessions.write(session -> new Recording(session, id).hold(namespace, name, run));
    }

    /** Gives the name back where {@code id} holds it; the one that its entry bears stays. */
    @Override
    public void release(Namespace namespace, PromptName name, PromptId id) {
        sessions.write(session -> session.run(Query.RELEASE, namespace.text(), name.text(), id.hex()));
    }

    @Override
    public void record(PromptId id, Change change) {
        telling(id, (session, chronicle) -> new Recording(session, id).write(change, run, chronicle));
        words.wake();
    }

    @Override
    public void moved(PromptId id, EnvironmentMoves moves) {
        telling(id, (session, chronicle) -> chronicle.moved(moves));
    }

    @Override
    public void refs(PromptId id, List<RefValue> refs, Optional<String> by) {
        telling(id, (session, chronicle) -> chronicle.refs(refs, by));
    }

    @Override
    public void allRefs(PromptId id, Map<String, String> refs) {
        ToldRefs.differing(sessions, id, refs).forEach(part -> refs(id, part, Optional.empty()));
    }

    @Override
    public void adopt(PromptId id, Map<String, String> refs, EnvironmentMoves environments) {
        ToldRefs.adopt(sessions, id, refs, environments);
    }

    @Override
    public List<Pointed> pointing(Namespace namespace, EnvironmentName environment) {
        return sessions.read(
                session -> session.list(Query.POINTING, Rows::pointed, namespace.text(), environment.text()));
    }

    /** A change that may be worth telling of. */
    @FunctionalInterface
    private interface Telling {
        void on(Session session, Chronicle chronicle) throws SQLException;
    }

    private void telling(PromptId id, Telling work) {
        boolean told = sessions.written(session -> {
            Chronicle chronicle = new Chronicle(session, id, clock.instant(), state() == State.EMPTY);
            work.on(session, chronicle);
            return chronicle.told();
        });
        if (told) {
            events.recorded();
        }
    }

    @Override
    public void released(PromptId id, List<Released> releases) {
        sessions.write(session -> new Recording(session, id).putReleases(releases));
    }

    @Override
    public void downloaded(PromptId id) {
        sessions.write(session -> session.run(Query.COUNT_DOWNLOAD, id.hex()));
    }

    @Override
    public void restart(PromptId id) {
        sessions.write(session -> new Recording(session, id).restart());
    }

    @Override
    public void vanished(PromptId id) {
        telling(id, (session, chronicle) -> {
            chronicle.vanished();
            new Recording(session, id).forget();
        });
    }

    @Override
    public void trash(Trashed prompt, Event.Deleted deleted, Optional<String> by) {
        telling(prompt.id(), (session, chronicle) -> {
            chronicle.deleted(deleted, by);
            Recording recording = new Recording(session, prompt.id());
            recording.forget();
            recording.putTrash(Query.PUT_TRASH, prompt, run);
        });
    }

    @Override
    public void trashed(Trashed prompt) {
        sessions.write(session -> new Recording(session, prompt.id()).putTrash(Query.REFILL_TRASH, prompt, run));
    }

    @Override
    public void untrash(PromptId id) {
        sessions.write(session -> session.run(Query.DROP_TRASH, id.hex()));
    }

    @Override
    public Optional<Trashed> trashed(PromptId id) {
        return sessions.read(session -> session.first(Query.TRASHED, Rows::trashed, id.hex()));
    }

    @Override
    public Page<Trashed> trashed(Caller caller, Page.Part part) {
        return lists.trashed(caller, part);
    }

    /** The prompt that bears the name; one that has only claimed it is not found. */
    @Override
    public Optional<PromptId> find(Namespace namespace, PromptName name) {
        requireAllNames();
        return sessions.read(session -> session.first(Query.FIND, Rows::id, namespace.text(), name.text()));
    }

    @Override
    public Optional<PromptId> former(Namespace namespace, PromptName name) {
        requireAllNames();
        return sessions.read(session -> session.first(Query.FORMER, Rows::id, namespace.text(), name.text()));
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
    public List<VersionEntry> carriers(PromptId id, DisplayVersion text, int limit) {
        return sessions.read(session -> session.list(Query.CARRIERS, Rows::version, id.hex(), text.text(), limit));
    }

    @Override
    public Optional<VersionEntry> newestAt(PromptId id, Instant at, int below) {
        return version(Query.NEWEST_AT, id.hex(), Rows.milliseconds(at), below);
    }

    @Override
    public Optional<VersionEntry> numberAt(PromptId id, int number, Instant at) {
        return version(Query.NUMBER_AT, id.hex(), number, Rows.milliseconds(at));
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
    public List<SemVer> releases(PromptId id, CommitId version) {
        return sessions.read(session -> session.list(Query.RELEASES_OF, Rows::release, id.hex(), version.hex()));
    }

    @Override
    public Page<ReleaseEntry> releases(PromptId id, Page.Part part) {
        return sessions.read(session -> new Page<>(
                session.list(Query.RELEASES, Rows::releaseEntry, id.hex(), part.limit(), part.offset()),
                Lists.count(session, Query.RELEASES_TOTAL, id.hex())));
    }

    @Override
    public List<SemVer> highest(PromptId id, int limit) {
        return sessions.read(session -> session.list(Query.HIGHEST, Rows::release, id.hex(), limit));
    }

    @Override
    public List<DisplayVersion> displayed(PromptId id, int limit) {
        return sessions.read(session -> session.list(Query.DISPLAYED, Rows::displayVersion, id.hex(), limit));
    }

    @Override
    public Page<PromptId> search(Caller caller, Search wanted, Page.Part part) {
        if (!wanted.text().isBlank()) {
            words.takeUpOrLeave();
        }
        return lists.search(caller, wanted, part);
    }

    @Override
    public List<PromptId> readableIn(Caller caller, Namespace namespace) {
        return lists.in(caller, namespace);
    }

    @Override
    public long count() {
        return sessions.read(session -> Lists.count(session, Query.ALL_TOTAL));
    }

    @Override
    public List<PromptId> known() {
        return sessions.read(session -> session.list(Query.KNOWN, Rows::id));
    }

    /** Declares the index whole. Names claimed in an earlier run and never borne are free again. */
    @Override
    public void complete() {
        if (state() == State.COMPLETE) {
            return;
        }
        // Forced: else a power cut could bring back a file that is not whole, which is filled without a word.
        sessions.forced(session -> {
            session.run(Query.DROP_OLD_CLAIMS, run);
            session.run(Query.DROP_OLD_TRASH, run);
            session.run(Query.WHOLE);
            return run;
        });
        progress = new Progress(State.COMPLETE, progress.done(), progress.total());
    }

    @Override
    public void doubt() {
        sessions.doubt();
    }

    /** Stops in order: waits for the calls under way. The next start finds what is whole now {@code COMPLETE}. */
    @Override
    public void close() {
        words.close();
        sessions.close(session -> {
            if (state() == State.COMPLETE && !sessions.failed()) {
                session.run(Query.END_RUN);
            }
        });
    }
}
