package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.Standing;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Saves versions and drafts of one prompt. Called with the prompt's write lock held; each method mends, decides, writes
 * objects, moves the truth, sets the signs. Throws {@link LostRace} where the truth had moved in between.
 */
final class PromptWriter {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final Mender mender;
    private final Signs signs;
    private final Recorder recorder;
    private final DraftWriter drafts;

    PromptWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.mender = new Mender(shop, id, git);
        this.signs = new Signs(shop, id, git);
        this.recorder = new Recorder(shop, id, git);
        this.drafts = new DraftWriter(shop, git);
    }

    CheckpointResult save(Draft draft, Caller by, Expected expected) throws IOException {
        Truths truths = mender.mend();
        expected.requireCommit(() -> reader.latest().map(VersionEntry::commit));
        if (draft.release().isPresent() && signs.released(draft.release().get())) {
            throw new PromptException(new Problem.ReleaseExists(draft.release().get()));
        }
        Placement place = Placement.of(draft.slot(), id, shop.index(), git, truths.main());
        PlannedTree tree = plan(draft.content(), place, truths);
        Optional<VersionEntry> same = same(place.rival(), tree);
        if (same.isPresent()) {
            return unchanged(same.get(), draft, by, truths);
        }
        Scribe scribe = new Scribe(by, shop.now());
        Made made = commit(draft, place, tree, scribe, truths);
        return new CheckpointResult.Saved(reader.version(made.entry(), sealed(draft, made.truths())));
    }

    private Optional<VersionEntry> same(Optional<VersionEntry> rival, PlannedTree tree) throws IOException {
        boolean equal = rival.isPresent()
                && reader.snapshot(rival.get()).tree().equals(tree.id().name());
        return equal ? rival : Optional.empty();
    }

    private PlannedTree plan(Draft.Content content, Placement place, Truths truths) throws IOException {
        return switch (content) {
            case Draft.Content.Current ignored -> current(truths);
            case Draft.Content.Body body -> onTopOf(tree(place.base()), body.text());
            case Draft.Content.Template template -> onTopOf(tree(place.base()), template);
            case Draft.Content.Files files -> TreeCodec.files(files.files());
        };
    }

    private PlannedTree current(Truths truths) throws IOException {
        Optional<ObjectId> tree = reader.currentTree(truths);
        return tree.isPresent() ? PlannedTree.present(tree.get()) : onTopOf(tree, PromptText.EMPTY);
    }

    private PlannedTree onTopOf(Optional<ObjectId> base, PromptText text) throws IOException {
        try (ObjectReader objects = git.newObjectReader()) {
            return TreeCodec.body(objects, base, text);
        }
    }

    private PlannedTree onTopOf(Optional<ObjectId> base, Draft.Content.Template template) throws IOException {
        try (ObjectReader objects = git.newObjectReader()) {
            return TreeCodec.template(objects, base, template);
        }
    }

    private Optional<ObjectId> tree(Optional<VersionEntry> entry) throws IOException {
        return entry.isPresent()
                ? Optional.of(ObjectId.fromString(reader.snapshot(entry.get()).tree()))
                : Optional.empty();
    }

    /** The tree is there already: a release still gets its tag, and a slot the metadata it was saved with. */
    private CheckpointResult unchanged(VersionEntry entry, Draft draft, Caller by, Truths truths) throws IOException {
        if (draft.release().isPresent()) {
            ObjectId commit = ObjectId.fromString(entry.commit().hex());
            signs.release(draft.release().get(), commit, Optional.of(by.subject()));
        }
        Truths after = draft.slot() instanceof Draft.Slot.Next
                ? truths
                : new NoteWriter(shop, id, git).replace(entry, draft.metadata(), by, truths);
        return new CheckpointResult.Unchanged(reader.version(entry, sealed(draft, after)));
    }

    /** Where the current body was what was saved, it is a version now and no draft any more. */
    private Truths sealed(Draft draft, Truths truths) throws IOException {
        return draft.content() instanceof Draft.Content.Current ? dropDraft(truths) : truths;
    }

    /** A new version, and where the truths stand with it. */
    private record Made(VersionEntry entry, Truths truths) {}

    /** Makes the version: objects, truth, signs. */
    private Made commit(Draft draft, Placement place, PlannedTree tree, Scribe scribe, Truths truths)
            throws IOException {
        String message = CommitCodec.write(message(draft, place, scribe));
        ObjectId commit;
        try (ObjectInserter inserter = git.newObjectInserter()) {
            List<ObjectId> parents =
                    Truths.present(place.line().parent()).stream().toList();
            commit = scribe.commit(inserter, tree.insertInto(inserter), parents, message);
            inserter.flush();
        }
        shop.move(git, place.line().ref(), place.line().tip(), commit);
        Truths after = place.line().isMain() ? truths.withMain(commit) : truths;
        VersionEntry entry = entry(place, commit, scribe, draft.metadata());
        tree.body().ifPresent(body -> keep(entry, message, scribe, tree.id(), body));
        recorder.record(after, scribe, List.of(entry));
        if (draft.release().isPresent()) {
            signs.release(
                    draft.release().get(), commit, Optional.of(scribe.caller().subject()));
        }
        recorder.displayTags(Optional.of(entry), place.replaced(), scribe);
        return new Made(entry, after);
    }

    /** So that nothing that was just written is read again. */
    private void keep(VersionEntry entry, String message, Scribe scribe, ObjectId tree, Snapshot.Body body) {
        VersionMessage said = CommitCodec.read(message);
        shop.snapshots().keep(id, PromptReader.snapshot(entry, said, scribe.person(), tree, body));
    }

    private VersionMessage message(Draft draft, Placement place, Scribe scribe) throws IOException {
        String createdBy = scribe.caller().subject();
        Optional<Instant> createdAt = Optional.empty();
        if (draft.isInPlace() && place.replaced().isPresent()) {
            Snapshot.Origin origin = reader.snapshot(place.replaced().get()).origin();
            createdBy = origin.createdBy();
            createdAt = Optional.of(origin.createdAt());
        }
        return new VersionMessage(
                Optional.of(place.number()),
                draft.metadata(),
                draft.metadata().displayVersion().map(text -> scribe.moment()),
                draft.release(),
                new VersionMessage.Made(draft.source(), Optional.of(createdBy), createdAt));
    }

    private VersionEntry entry(Placement place, ObjectId commit, Scribe scribe, Metadata metadata) {
        Instant second = Instant.ofEpochSecond(scribe.moment().getEpochSecond());
        Instant before = place.line().newest().orElse(second);
        return new VersionEntry(
                place.number(),
                new CommitId(commit.name()),
                Moments.later(second, before),
                new Standing(place.line().isMain(), true, false),
                metadata.displayVersion().map(text -> new Displayed(text, scribe.moment())));
    }

    /**
     * Saves a new version with the tree of an old one, and makes it the current body. Where a draft is in the way it
     * becomes the old tree first: a kill between the two leaves a body that somebody asked for.
     */
    CheckpointResult restore(VersionRef ref, Caller by) throws IOException {
        Truths truths = mender.mend();
        Snapshot old = reader.version(ref, truths).snapshot();
        Placement place = Placement.of(new Draft.Slot.Next(), id, shop.index(), git, truths.main());
        PlannedTree tree = PlannedTree.present(ObjectId.fromString(old.tree()));
        Optional<VersionEntry> same = same(place.rival(), tree);
        if (same.isPresent()) {
            return new CheckpointResult.Unchanged(reader.version(same.get(), dropDraft(truths)));
        }
        Scribe scribe = new Scribe(by, shop.now());
        Metadata metadata = new Metadata(
                Optional.of("Restored from version " + old.number()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Draft draft = new Draft(
                new Draft.Content.Current(), new Draft.Slot.Next(), Optional.empty(), metadata, Source.CHECKPOINT);
        Truths drafted = Truths.absent(truths.draft()) ? truths : drafts.write(tree, truths, scribe);
        Made made = commit(draft, place, tree, scribe, drafted);
        return new CheckpointResult.Saved(reader.version(made.entry(), dropDraft(made.truths())));
    }

    /** Changes the settings, then the current body: what is equal already is not written. */
    void change(UnaryOperator<PromptSettings> settings, Optional<PromptText> body, Caller by) throws IOException {
        Truths truths = mender.mend();
        Scribe scribe = new Scribe(by, shop.now());
        PromptSettings before = reader.settings(truths);
        PromptSettings wanted = settings.apply(before);
        if (!wanted.equals(before)) {
            truths = new SettingsWriter(shop, id, git).write(wanted, truths, scribe);
            recorder.record(truths, scribe, List.of());
        }
        if (body.isPresent()) {
            Optional<ObjectId> current = reader.currentTree(truths);
            PlannedTree tree = onTopOf(current, body.get());
            if (!current.equals(Optional.of(tree.id()))) {
                recorder.record(drafts.write(tree, truths, scribe), scribe.moment());
            }
        }
    }

    void dropDraft() throws IOException {
        dropDraft(mender.mend());
    }

    /** The current body follows main again. */
    private Truths dropDraft(Truths truths) throws IOException {
        if (Truths.absent(truths.draft())) {
            return truths;
        }
        shop.move(git, RefNames.DRAFT, truths.draft(), ObjectId.zeroId());
        Truths after = truths.withDraft(ObjectId.zeroId());
        recorder.record(after, shop.now());
        return after;
    }
}
