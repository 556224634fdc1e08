package dev.versicle.catalog;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records what happened to a prompt, within the transaction that makes it known to the index. What happened is what
 * differs between the index and what it is told: so nothing is recorded twice, and what a kill kept from the index is
 * recorded when it learns of it.
 */
final class Chronicle {
    private static final String MAIN = "refs/heads/main";
    private static final String NOTES = "refs/notes/commits";

    private final Session session;
    private final PromptId id;
    private final Instant now;
    private final boolean rebuilding;
    private boolean told;

    /** What the index knew of the prompt. */
    private record Known(Namespace namespace, PromptName name, String main, String notes) {
        static Known of(ResultSet row) throws SQLException {
            return new Known(
                    new Namespace(row.getString("namespace")),
                    new PromptName(row.getString("name")),
                    row.getString("main"),
                    row.getString("notes"));
        }
    }

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
        return session.first(Query.KNOWN_PLACE, Known::of, id.hex());
    }

    /** Before the change is written. */
    void record(Change change) throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            changed(known.get(), change);
        } else if (!rebuilding) {
            created(change);
        }
    }

    /** What came with it is told by its main branch and its latest version alone: it may be ten thousand of them. */
    private void created(Change change) throws SQLException {
        PromptSettings settings = change.settings();
        Event.Place place = place(settings);
        Optional<String> by =
                change.by().or(() -> Optional.of(settings.creation().by()));
        tell(place, by, new Event.Created());
        push(place, by, MAIN, "", change.tips().main());
        Optional<VersionEntry> latest = change.versions().stream()
                .filter(VersionEntry::live)
                .max(Comparator.comparingInt(VersionEntry::number));
        if (latest.isPresent()) {
            tell(
                    place,
                    by,
                    new Event.VersionCreated(latest.get().number(), latest.get().commit()));
        }
    }

    private void changed(Known known, Change change) throws SQLException {
        Event.Place place = place(change.settings());
        if (!known.namespace().equals(place.namespace()) || !known.name().equals(place.name())) {
            tell(place, change.by(), new Event.Renamed(known.namespace(), known.name()));
        }
        push(place, change.by(), MAIN, known.main(), change.tips().main());
        push(place, change.by(), NOTES, known.notes(), change.tips().notes());
        boolean edited = !known.notes().equals(change.tips().notes());
        for (VersionEntry version : change.versions()) {
            boolean isKnown = isKnown(version.commit());
            if (!isKnown && version.live()) {
                tell(place, change.by(), new Event.VersionCreated(version.number(), version.commit()));
            } else if (isKnown && edited && version.standing().current()) {
                boolean deleted = version.standing().deleted();
                tell(place, change.by(), new Event.MetadataChanged(version.number(), version.commit(), deleted));
            }
        }
    }

    private boolean isKnown(CommitId version) throws SQLException {
        return session.first(Query.HAS_VERSION, row -> row.getInt(1), id.hex(), version.hex())
                .isPresent();
    }

    void moved(EnvironmentMoves moves) throws SQLException {
        Optional<Known> known = known();
        boolean news = session.first(
                        Query.MOVE_ENVIRONMENTS, row -> row.getString(1), id.hex(), moves.from(), moves.to())
                .isPresent();
        if (known.isEmpty() || !news) {
            return;
        }
        session.run(Query.DROP_POINTERS, id.hex());
        for (Map.Entry<EnvironmentName, Environment.Target> pointer :
                moves.now().entrySet()) {
            session.run(
                    Query.PUT_POINTER,
                    id.hex(),
                    pointer.getKey().text(),
                    pointer.getValue().version(),
                    pointer.getValue().commit().hex());
        }
        for (Event.EnvironmentMoved move : moves.moves()) {
            tell(place(known.get()), Optional.of(move.move().moved().by()), move);
        }
    }

    void refs(List<RefValue> refs, Optional<String> by) throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            for (RefValue value : refs) {
                String before = session.first(Query.TOLD, row -> row.getString(1), id.hex(), value.ref())
                        .orElse("");
                ref(known.get(), by, value, before);
            }
        }
    }

    private void ref(Known known, Optional<String> by, RefValue value, String before) throws SQLException {
        String after = value.id().orElse("");
        put(value);
        push(place(known), by, value.ref(), before, after);
    }

    private void put(RefValue value) throws SQLException {
        if (value.id().isPresent()) {
            session.run(Query.PUT_TOLD, id.hex(), value.ref(), value.id().get());
        } else {
            session.run(Query.DROP_ONE_TOLD, id.hex(), value.ref());
        }
    }

    void allRefs(Map<String, String> refs, boolean silently) throws SQLException {
        Optional<Known> known = known();
        if (known.isEmpty()) {
            return;
        }
        Map<String, String> before = new HashMap<>();
        session.list(Query.ALL_TOLD, row -> Map.entry(row.getString("ref"), row.getString("id")), id.hex())
                .forEach(entry -> before.put(entry.getKey(), entry.getValue()));
        for (Map.Entry<String, String> ref : refs.entrySet()) {
            RefValue value = new RefValue(ref.getKey(), Optional.of(ref.getValue()));
            String told = before.getOrDefault(ref.getKey(), "");
            before.remove(ref.getKey());
            if (silently) {
                put(value);
            } else if (!told.equals(ref.getValue())) {
                ref(known.get(), Optional.empty(), value, told);
            }
        }
        for (Map.Entry<String, String> gone : before.entrySet()) {
            ref(known.get(), Optional.empty(), new RefValue(gone.getKey(), Optional.empty()), gone.getValue());
        }
    }

    /** Nobody knows any more who could read it. */
    void vanished() throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            tell(place(known.get()), Optional.empty(), new Event.Deleted(Set.of(), false));
        }
    }

    void deleted(Event.Deleted deleted, Optional<String> by) throws SQLException {
        Optional<Known> known = known();
        if (known.isPresent()) {
            tell(place(known.get()), by, deleted);
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

    private Event.Place place(Known known) {
        return new Event.Place(id, known.namespace(), known.name());
    }
}
