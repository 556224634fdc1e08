package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.notes.NoteMap;

/** Edits what people say about versions: each edit is one commit on the notes, whose history is the audit. */
final class NoteWriter {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final VersionFinder finder;
    private final Recorder recorder;

    NoteWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.finder = new VersionFinder(shop, id, git);
        this.recorder = new Recorder(shop, id, git);
    }

    Version edit(VersionRef ref, MetadataEdit edit, Caller by, Expected expected) throws IOException {
        Truths truths = new Mender(shop, id, git).mend();
        VersionEntry entry = finder.entry(ref);
        if (!entry.live()) {
            throw finder.notFound(ref);
        }
        Version version = reader.version(entry, truths);
        expected.requireVersion(version);
        Metadata after = version.metadata().with(edit);
        boolean displays = edit.displayVersion() instanceof Field.Set<?>;
        if (after.equals(version.metadata()) && !displays) {
            return version;
        }
        Instant now = shop.now();
        Optional<Instant> kept = entry.displayed().map(Displayed::at);
        Optional<Instant> displayedAt = after.displayVersion().flatMap(text -> displays ? Optional.of(now) : kept);
        Note note = new Note(after, displayedAt, by.subject(), now, false);
        return reader.version(entry, write(entry, note, new Scribe(by, now), truths));
    }

    /** Makes a version's metadata what a save into its slot says, where that differs. */
    Truths replace(VersionEntry entry, Metadata metadata, Caller by, Truths truths) throws IOException {
        Metadata before = reader.version(entry, truths).metadata();
        Metadata after =
                new Metadata(before.label(), metadata.displayVersion(), metadata.title(), metadata.description());
        if (after.equals(before)) {
            return truths;
        }
        Instant now = shop.now();
        Optional<Instant> displayedAt = after.displayVersion().map(text -> now);
        Note note = new Note(after, displayedAt, by.subject(), now, false);
        return write(entry, note, new Scribe(by, now), truths);
    }

    /** Marks a version as deleted. Throws {@link Problem.Pinned} where a release or an environment points to it. */
    void delete(int number, Caller by) throws IOException {
        Truths truths = new Mender(shop, id, git).mend();
        VersionEntry entry = requireDeletable(number);
        Instant now = shop.now();
        Metadata metadata = reader.version(entry, truths).metadata();
        Optional<Instant> displayedAt = entry.displayed().map(Displayed::at);
        write(entry, new Note(metadata, displayedAt, by.subject(), now, true), new Scribe(by, now), truths);
    }

    /** The live version with the number, which no release and no environment points to. */
    VersionEntry requireDeletable(int number) throws IOException {
        VersionRef ref = new VersionRef.Numbered(number);
        VersionEntry entry = finder.entry(ref);
        if (!entry.live()) {
            throw finder.notFound(ref);
        }
        Optional<SemVer> release = new Signs(shop, id, git).releaseOf(entry.commit());
        if (release.isPresent()) {
            throw new PromptException(new Problem.Pinned(number, "release " + release.get()));
        }
        List<EnvironmentName> environments = new EnvironmentReader(shop, id, git).pointingTo(entry.commit());
        if (!environments.isEmpty()) {
            throw new PromptException(new Problem.Pinned(number, "in environment " + environments.getFirst()));
        }
        return entry;
    }

    private Truths write(VersionEntry entry, Note note, Scribe scribe, Truths truths) throws IOException {
        String message = "Metadata of version " + entry.number() + "\n";
        Truths after = write(Map.of(entry, note), message, scribe, truths);
        recorder.displayTags(Optional.of(entry), Optional.of(Timeline.withNote(entry, note)), scribe);
        return after;
    }

    /** Writes any number of notes in one commit, and tells the index; the display tags are left as they are. */
    Truths write(Map<VersionEntry, Note> edits, String message, Scribe scribe, Truths truths) throws IOException {
        ObjectId commit;
        try (ObjectReader objects = git.newObjectReader();
                ObjectInserter inserter = git.newObjectInserter()) {
            NoteMap notes = Truths.absent(truths.notes())
                    ? NoteMap.newEmptyMap()
                    : NoteMap.readTree(objects, reader.treeOf(truths.notes()));
            for (Map.Entry<VersionEntry, Note> edit : edits.entrySet()) {
                byte[] text = NoteCodec.write(edit.getValue()).getBytes(StandardCharsets.UTF_8);
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text);
                notes.set(ObjectId.fromString(edit.getKey().commit().hex()), blob);
            }
            List<ObjectId> parents = Truths.present(truths.notes()).stream().toList();
            commit = scribe.commit(inserter, notes.writeTree(inserter), parents, message);
            inserter.flush();
        }
        shop.move(git, RefNames.NOTES, truths.notes(), commit);
        Truths after = truths.withNotes(commit);
        List<VersionEntry> edited = edits.entrySet().stream()
                .map(edit -> Timeline.withNote(edit.getKey(), edit.getValue()))
                .sorted(Comparator.comparingInt(VersionEntry::number))
                .toList();
        recorder.record(after, scribe, edited);
        return after;
    }
}
