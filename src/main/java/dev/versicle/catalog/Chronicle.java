package dev.versicle.catalog;

import dev.versicle.prompt.Event;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Change;
import dev.versicle.prompt.PromptIndex.EnvironmentMoves;
import dev.versicle.prompt.PromptIndex.RefValue;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records what happened to a prompt, within the transaction that makes it known to the index. What happened is what
 * differs between the index and what it is told: so nothing is recorded twice, and what a kill kept from the index is
 * recorded when it learns of it.
 */
final class Chronicle {
    private final Session session;
    private final PromptId id;
    private final Instant now;
    private final boolean rebuilding;
    private boolean told;

    /** What is being recorded of versions, between {@link #begin} and {@link #end}. */
    private Optional<Versions> versions = Optional.empty();

    /**
     * What the index knew of the prompt.
     *
     * @param anew whether it was made to forget the versions, which are remembered elsewhere
     */
    private record Known(Event.Place place, boolean open, String main, String notes, boolean anew) {
        static Known of(PromptId id, ResultSet row) throws SQLException {
            return new Known(
                    new Event.Place(
                            id, new Namespace(row.getString("namespace")), new PromptName(row.getString("name"))),
                    row.getBoolean("open"),
                    row.getString("main"),
                    row.getString("notes"),
                    row.getBoolean("anew"));
        }
    }

    /** What the versions of one change have in common. */
    private record Versions(Event.Place place, Optional<String> by, boolean anew, boolean edited) {}

    /** Where {@code rebuilding}, a prompt that the index does not have is none that came to be. */
    Chronicle(Session session, PromptId id, Instant now, boolean rebuilding) {
        this.session = session;
        this.id = id;
        this.now = now;
        this.rebuilding = rebuilding;
    }

    /** Whether anything happened. */
    boolean told() {
        return told;
    }

    private Optional<Known> known() throws SQLException {
        return session.first(Query.KNOWN_PLACE, row -> Known.of(id, row), id.hex());
    }

    /** Before the change is written; its versions follow one by one. */
    void begin(Change change) throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            changed(known.get(), change);
        } else if (!rebuilding) {
            created(change);
        }
    }

    /** What came with it is told by its main branch and its latest version alone: it may be ten thousand of them. */
    private void created(Change change) throws SQLException {
        Event.Place place = place(change.settings());
        tell(place, change.telling().by(), new Event.Created());
        push(
                place,
                change.telling().by(),
                change.telling().main(),
                "",
                change.tips().main());
        Optional<VersionEntry> latest = change.versions().stream()
                .filter(VersionEntry::live)
                .max(Comparator.comparingInt(VersionEntry::number));
        if (latest.isPresent()) {
            tell(place, change.telling().by(), created(latest.get()));
        }
    }

    private void changed(Known known, Change change) throws SQLException {
        Event.Place place = place(change.settings());
        if (!known.place().equals(place)) {
            tell(
                    place,
                    change.telling().by(),
                    new Event.Renamed(known.place().namespace(), known.place().name()));
        }
        push(
                place,
                change.telling().by(),
                change.telling().main(),
                known.main(),
                change.tips().main());
        push(
                place,
                change.telling().by(),
                change.telling().notes(),
                known.notes(),
                change.tips().notes());
        boolean edited = !known.notes().equals(change.tips().notes());
        versions = Optional.of(new Versions(place, change.telling().by(), known.anew(), edited));
    }

    /** A version that was written, and whether the index did not have it. */
    void version(VersionEntry version, boolean isNew) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        Versions all = versions.get();
        if (isNew && !(all.anew() && isRemembered(version))) {
            tell(all.place(), all.by(), created(version));
        }
        boolean metadata =
                isNew ? version.standing().deleted() : version.standing().current();
        // Of a prompt that was read anew every version is told here, edited or not.
        if (metadata && all.edited() && !all.anew()) {
            boolean deleted = version.standing().deleted();
            tell(all.place(), all.by(), new Event.MetadataChanged(version.number(), version.commit(), deleted));
        }
    }

    private boolean isRemembered(VersionEntry version) throws SQLException {
        return session.first(
                        Query.REMEMBERED,
                        row -> row.getInt(1),
                        id.hex(),
                        version.commit().hex())
                .isPresent();
    }

    private static Event.VersionCreated created(VersionEntry version) {
        return new Event.VersionCreated(version.number(), version.commit());
    }

    /** Behind the last version. */
    void end() throws SQLException {
        if (versions.filter(Versions::anew).isPresent()) {
            session.run(Query.DROP_REMEMBERED, id.hex());
        }
    }

    void moved(EnvironmentMoves moves) throws SQLException {
        Optional<Known> known = known();
        boolean news = session.first(
                        Query.MOVE_ENVIRONMENTS, row -> row.getString(1), id.hex(), moves.from(), moves.to())
                .isPresent();
        if (known.isEmpty() || !news) {
            return;
        }
        ToldRefs.putPointers(session, id, moves.now());
        for (Event.EnvironmentMoved move : moves.moves()) {
            tell(known.get().place(), Optional.of(move.move().moved().by()), move);
        }
    }

    void refs(List<RefValue> refs, Optional<String> by) throws SQLException {
        Optional<Known> known = known();
        if (known.isEmpty()) {
            return;
        }
        for (RefValue value : refs) {
            String before = session.first(Query.TOLD, row -> row.getString(1), id.hex(), value.ref())
                    .orElse("");
            String after = value.id().orElse("");
            if (after.isEmpty()) {
                session.run(Query.DROP_ONE_TOLD, id.hex(), value.ref());
            } else {
                session.run(Query.PUT_TOLD, id.hex(), value.ref(), after);
            }
            push(known.get().place(), by, value.ref(), before, after);
        }
    }

    /** Who could read it is what the index knew of that. */
    void vanished() throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            List<String> readers = session.list(Query.READERS, row -> row.getString(1), id.hex());
            boolean open = known.get().open();
            tell(known.get().place(), Optional.empty(), new Event.Deleted(Set.copyOf(readers), open));
        }
    }

    void deleted(Event.Deleted deleted, Optional<String> by) throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            tell(known.get().place(), by, deleted);
        }
    }

    private void push(Event.Place prompt, Optional<String> by, String ref, String before, String after)
            throws SQLException {
        if (!before.equals(after)) {
            tell(prompt, by, new Event.Pushed(ref, present(before), present(after)));
        }
    }

    private static Optional<String> present(String hex) {
        return Optional.of(hex).filter(text -> !text.isEmpty());
    }

    private void tell(Event.Place prompt, Optional<String> by, Event.Fact fact) throws SQLException {
        session.run(Query.PUT_EVENT, EventRow.values(now, prompt, by, fact));
        told = true;
    }

    private Event.Place place(PromptSettings settings) {
        return new Event.Place(id, settings.namespace(), settings.name());
    }
}
