package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.CurrentBody;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Release;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads one prompt. Takes no lock: what a commit says never changes, and where the truths stand is asked once. */
final class PromptReader {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final VersionFinder finder;

    PromptReader(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.finder = new VersionFinder(shop, id, git);
    }

    PromptSettings settings(Truths truths) throws IOException {
        if (Truths.absent(truths.settings())) {
            // Deleted under our hands: the directory has gone.
            throw new PromptException(new Problem.PromptNotFound(id.hex()));
        }
        Optional<PromptSettings> known = shop.snapshots().settings(truths.settings());
        return known.isPresent()
                ? known.get()
                : shop.snapshots()
                        .keep(
                                truths.settings(),
                                SettingsCodec.read(settingsFile(truths).orElseThrow()));
    }

    /** The settings as bytes, where there are any. */
    Optional<byte[]> settingsFile(Truths truths) throws IOException {
        return Truths.absent(truths.settings())
                ? Optional.empty()
                : file(git, treeOf(truths.settings()), SettingsCodec.FILE);
    }

    /** One file of a tree. */
    static Optional<byte[]> file(Repository git, ObjectId tree, String path) throws IOException {
        try (ObjectReader reader = git.newObjectReader();
                TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
            return walk == null
                    ? Optional.empty()
                    : Optional.of(
                            reader.open(walk.getObjectId(0), Constants.OBJ_BLOB).getBytes());
        }
    }

    Prompt prompt(Truths truths) throws IOException {
        PromptIndex.PromptEntry entry =
                shop.index().prompt(id).orElseThrow(() -> new PromptException(new Problem.PromptNotFound(id.hex())));
        return new Prompt(id, settings(truths), currentText(truths), entry.updatedAt(), entry.counts());
    }

    CurrentBody current(Truths truths) throws IOException {
        return new CurrentBody(currentText(truths), !Truths.absent(truths.draft()));
    }

    private String currentText(Truths truths) throws IOException {
        if (Truths.absent(truths.draft())) {
            Optional<VersionEntry> latest = latest();
            return latest.isPresent() ? snapshot(latest.get()).text() : "";
        }
        try (ObjectReader reader = git.newObjectReader()) {
            return TreeCodec.read(reader, treeOf(truths.draft())).text();
        }
    }

    /** The current body's tree: the draft's, else the latest live version's. */
    Optional<ObjectId> currentTree(Truths truths) throws IOException {
        if (!Truths.absent(truths.draft())) {
            return Optional.of(treeOf(truths.draft()));
        }
        Optional<VersionEntry> latest = latest();
        return latest.isPresent()
                ? Optional.of(ObjectId.fromString(snapshot(latest.get()).tree()))
                : Optional.empty();
    }

    Optional<VersionEntry> latest() {
        return shop.index().latest(id);
    }

    ObjectId treeOf(ObjectId commit) throws IOException {
        Optional<ObjectId> known = shop.snapshots().tree(commit);
        if (known.isPresent()) {
            return known.get();
        }
        try (RevWalk walk = new RevWalk(git)) {
            return shop.snapshots()
                    .keepTree(commit, walk.parseCommit(commit).getTree().copy());
        }
    }

    /** The version, overwritten or not; a deleted one is not found. */
    Version version(VersionRef ref, Truths truths) throws IOException {
        Snapshot snapshot = snapshot(ref);
        Optional<Snapshots.FoundNote> note = note(truths.notes(), snapshot.commit());
        if (note.filter(found -> found.note().deleted()).isPresent()) {
            throw finder.notFound(ref);
        }
        return version(snapshot, note, currentTree(truths));
    }

    Page<Version> versions(Page.Window window, Truths truths) throws IOException {
        int total = shop.index().prompt(id).map(e -> e.counts().live()).orElse(0);
        return new Page<>(versions(shop.index().live(id, window), truths), total);
    }

    List<Version> versionsBelow(int number, int limit, Truths truths) throws IOException {
        return versions(shop.index().liveBelow(id, number, limit), truths);
    }

    private List<Version> versions(List<VersionEntry> live, Truths truths) throws IOException {
        Optional<ObjectId> current = currentTree(truths);
        List<Version> versions = new ArrayList<>();
        for (VersionEntry entry : live) {
            versions.add(version(snapshot(entry), note(truths.notes(), entry.commit()), current));
        }
        return versions;
    }

    Page<Release> releases(Page.Part part, Truths truths) throws IOException {
        Page<PromptIndex.ReleaseEntry> entries = shop.index().releases(id, part);
        List<Release> releases = new ArrayList<>();
        for (PromptIndex.ReleaseEntry entry : entries.items()) {
            releases.add(new Release(entry.release(), version(entry.version(), truths)));
        }
        return new Page<>(releases, entries.total());
    }

    /** The version of an entry that is known to be live. */
    Version version(VersionEntry entry, Truths truths) throws IOException {
        return version(snapshot(entry), note(truths.notes(), entry.commit()), currentTree(truths));
    }

    Version version(Snapshot snapshot, Optional<Snapshots.FoundNote> note, Optional<ObjectId> current) {
        Version.Edition edition = note.map(found -> edition(snapshot, found))
                .orElseGet(() -> new Version.Edition(
                        snapshot.metadata(),
                        snapshot.origin().saved().by(),
                        snapshot.origin().saved().at(),
                        Optional.empty()));
        boolean matches =
                current.filter(tree -> tree.name().equals(snapshot.tree())).isPresent();
        return new Version(id, snapshot, edition, matches);
    }

    private static Version.Edition edition(Snapshot snapshot, Snapshots.FoundNote found) {
        Metadata edited = found.note().metadata();
        Metadata metadata = new Metadata(
                snapshot.metadata().label(), edited.displayVersion(), edited.title(), edited.description());
        // A note by another hand has no author and no moment; it is no older than what it is about.
        Snapshot.Saved saved = snapshot.origin().saved();
        String updatedBy =
                found.note().updatedBy().isEmpty() ? saved.by() : found.note().updatedBy();
        Instant updatedAt = Moments.later(found.note().updatedAt(), saved.at());
        return new Version.Edition(metadata, updatedBy, updatedAt, Optional.of(found.blob()));
    }

    private Snapshot snapshot(VersionRef ref) throws IOException {
        Optional<Snapshot> known =
                finder.digits(ref).flatMap(hex -> shop.snapshots().version(id, hex));
        return known.isPresent() ? known.get() : snapshot(finder.entry(ref));
    }

    Snapshot snapshot(VersionEntry entry) throws IOException {
        Optional<Snapshot> known = shop.snapshots().version(id, entry.commit().hex());
        return known.isPresent() ? known.get() : shop.snapshots().keep(id, load(entry));
    }

    private Snapshot load(VersionEntry entry) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit =
                    walk.parseCommit(ObjectId.fromString(entry.commit().hex()));
            VersionMessage message = CommitCodec.read(commit.getFullMessage());
            Snapshot.Body body = TreeCodec.read(walk.getObjectReader(), commit.getTree());
            return snapshot(entry, message, commit.getAuthorIdent(), commit.getTree(), body);
        }
    }

    static Snapshot snapshot(
            VersionEntry entry, VersionMessage message, PersonIdent author, ObjectId tree, Snapshot.Body body) {
        return new Snapshot(
                entry.number(),
                entry.commit(),
                tree.name(),
                body,
                message.metadata(),
                origin(message.made(), author.getEmailAddress(), entry.moment()));
    }

    /** Who made a pushed commit is what its author wrote, unverified; so is who updated a slot in place. */
    static Snapshot.Origin origin(VersionMessage.Made made, String author, Instant moment) {
        String by = made.createdBy().orElse(author);
        return made.createdAt().isPresent()
                ? new Snapshot.Origin(made.source(), by, made.createdAt().get(), new Snapshot.Saved(author, moment))
                : new Snapshot.Origin(made.source(), by, moment, new Snapshot.Saved(by, moment));
    }

    /** The note on a commit at a state of the notes. */
    Optional<Snapshots.FoundNote> note(ObjectId notesTip, CommitId commit) throws IOException {
        if (Truths.absent(notesTip)) {
            return Optional.empty();
        }
        Optional<Optional<Snapshots.FoundNote>> known = shop.snapshots().note(notesTip, commit.hex());
        return known.isPresent()
                ? known.get()
                : shop.snapshots().keep(notesTip, commit.hex(), loadNote(notesTip, commit));
    }

    private Optional<Snapshots.FoundNote> loadNote(ObjectId notesTip, CommitId commit) throws IOException {
        try (ObjectReader reader = git.newObjectReader()) {
            NoteMap notes = NoteMap.readTree(reader, treeOf(notesTip));
            Optional<ObjectId> blob = Optional.ofNullable(notes.get(ObjectId.fromString(commit.hex())));
            return blob.isEmpty() ? Optional.empty() : Optional.of(readNote(reader, blob.get()));
        }
    }

    static Snapshots.FoundNote readNote(ObjectReader reader, ObjectId blob) throws IOException {
        byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getBytes();
        return new Snapshots.FoundNote(NoteCodec.read(new String(bytes, StandardCharsets.UTF_8)), blob.name());
    }
}
