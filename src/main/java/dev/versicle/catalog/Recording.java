package dev.versicle.catalog;

import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Change;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.Released;
import dev.versicle.prompt.PromptIndex.Tips;
import dev.versicle.prompt.PromptIndex.Trashed;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.Visibility;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a change of a prompt says into all the tables, within a transaction of the caller's. */
final class Recording {
    /** Room for a million changes within one millisecond; more of them run on into the next. */
    private static final int CHANGES_BITS = 20;

    private static final List<Query> ALL_OF_A_PROMPT = List.of(
            Query.DROP_NAMES,
            Query.DROP_ALL_FORMER,
            Query.DROP_READERS,
            Query.DROP_VERSIONS,
            Query.DROP_REMEMBERED,
            Query.DROP_RELEASES,
            Query.DROP_DISPLAYED,
            Query.DROP_DOCUMENT,
            Query.DROP_TOLD,
            Query.DROP_POINTERS,
            Query.DROP_PROMPT);

    private final Session session;
    private final PromptId id;

    Recording(Session session, PromptId id) {
        this.session = session;
        this.id = id;
    }

    /** Holds a name in this run. Throws {@link Problem.NameTaken}. */
    void hold(Namespace namespace, PromptName name, long run) throws SQLException {
        session.run(Query.CLAIM, namespace.text(), name.text(), id.hex(), run);
        String holder = session.first(Query.HOLDER, row -> row.getString(1), namespace.text(), name.text())
                .orElseThrow();
        if (!holder.equals(id.hex())) {
            throw new PromptException(new Problem.NameTaken(name));
        }
    }

    void write(Change change, long run, Chronicle chronicle) throws SQLException {
        PromptSettings settings = change.settings();
        hold(settings.namespace(), settings.name(), run);
        chronicle.begin(change);
        session.run(
                Query.DROP_OTHER_NAMES,
                id.hex(),
                settings.namespace().text(),
                settings.name().text());
        putPrompt(change);
        putFormer(change);
        putReaders(settings.access());
        for (VersionEntry version : change.versions()) {
            chronicle.version(version, putVersion(version));
        }
        chronicle.end();
        session.run(Query.PUT_LATEST, id.hex());
        putDocument(change);
    }

    private void putPrompt(Change change) throws SQLException {
        PromptSettings settings = change.settings();
        Tips tips = change.tips();
        long moment = Rows.milliseconds(change.updatedAt());
        session.run(
                Query.PUT_PROMPT,
                id.hex(),
                settings.namespace().text(),
                settings.name().text(),
                Words.folded(settings.name().text()),
                open(settings.access()),
                tips.main(),
                tips.notes(),
                tips.settings(),
                tips.draft(),
                moment,
                moment << CHANGES_BITS,
                (moment + 1) << CHANGES_BITS);
    }

    private void putFormer(Change change) throws SQLException {
        PromptSettings.Identity identity = change.settings().identity();
        String namespace = identity.namespace().text();
        String names = JsonArray.of(identity.formerNames());
        session.run(Query.DROP_FORMER, id.hex(), namespace, names);
        if (!identity.formerNames().isEmpty()) {
            session.run(Query.PUT_FORMER, id.hex(), namespace, names, Rows.milliseconds(change.updatedAt()));
        }
    }

    private void putReaders(PromptSettings.Access access) throws SQLException {
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

    /** Says whether there was no such version. */
    private boolean putVersion(VersionEntry version) throws SQLException {
        String commit = version.commit().hex();
        if (version.standing().current()) {
            session.run(Query.OVERWRITE, id.hex(), version.number(), commit);
        }
        @Nullable
        Object[] row = {
            id.hex(),
            commit,
            version.number(),
            Rows.milliseconds(version.moment()),
            version.standing().main(),
            version.standing().current(),
            version.standing().deleted(),
            version.displayed().map(displayed -> displayed.text().text()).orElse(null),
            version.displayed().map(Displayed::at).map(Rows::milliseconds).orElse(null)
        };
        boolean isNew = session.change(Query.NEW_VERSION, row) > 0;
        if (!isNew) {
            session.run(Query.CHANGE_VERSION, row);
        }
        return isNew;
    }

    /** Leaves what is searched for the index to take up later, where it is not what it was. */
    private void putDocument(Change change) throws SQLException {
        PromptSettings settings = change.settings();
        session.run(
                Query.PUT_DOCUMENT,
                id.hex(),
                settings.name().text(),
                settings.description().orElse(""),
                settings.tags().stream().map(Recording::written).collect(Collectors.joining("\n")),
                change.text().orElse(null));
    }

    private static String written(Tag tag) {
        return tag.value().isEmpty() ? tag.key() : tag.key() + ":" + tag.value();
    }

    void putReleases(List<Released> releases) throws SQLException {
        for (Released each : releases) {
            SemVer release = each.release();
            session.run(
                    Query.PUT_RELEASE,
                    id.hex(),
                    release.major(),
                    release.minor(),
                    release.patch(),
                    each.commit().hex());
        }
    }

    /** Lists the prompt as deleted, in the place of what was listed of it before. */
    void putTrash(Query query, Trashed prompt, long run) throws SQLException {
        session.run(Query.DROP_TRASH, id.hex());
        session.run(
                query,
                id.hex(),
                prompt.namespace().text(),
                prompt.name().text(),
                prompt.owner(),
                Rows.milliseconds(prompt.at()),
                run);
    }

    void restart() throws SQLException {
        session.run(Query.REMEMBER_VERSIONS, id.hex());
        session.run(Query.DROP_VERSIONS, id.hex());
        session.run(Query.DROP_DISPLAYED, id.hex());
        session.run(Query.DROP_RELEASES, id.hex());
        session.run(Query.UNCOUNT, id.hex());
    }

    void forget() throws SQLException {
        for (Query query : ALL_OF_A_PROMPT) {
            session.run(query, id.hex());
        }
    }
}
