package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Merges branches into main. Called with the prompt's write lock held; mends, decides, writes objects, moves main, and
 * lets the mender set the signs. Throws {@link LostRace} where main had moved in between.
 */
final class MergeWriter {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final Mender mender;
    private final MergeReader merges;

    MergeWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.mender = new Mender(shop, id, git);
        this.merges = new MergeReader(shop, id, git);
    }

    CheckpointResult merge(Merge merge, Caller by, Expected expected) throws IOException {
        Truths truths = mender.mend();
        Optional<CommitId> before = reader.latest().map(VersionEntry::commit);
        Optional<CommitId> main = Truths.present(truths.main()).map(tip -> new CommitId(tip.name()));
        if (!expected.names(main)) {
            // Main's newest commit may be no version; who saw the latest one missed nothing.
            expected.requireCommit(() -> before);
        }
        RevCommit branch = new BranchReader(git).require(merge.branch());
        switch (merges.plan(merge.branch(), truths.main(), branch)) {
            case MergePlan.UpToDate ignored -> {}
            case MergePlan.FastForward forward -> shop.move(git, RefNames.MAIN, truths.main(), forward.to());
            case MergePlan.Merged merged -> commit(merge, merged, branch, new Scribe(by, shop.now()), truths);
            case MergePlan.Conflicting conflicting ->
                throw new PromptException(new Problem.Conflicts(merge.branch(), conflicting.conflicts()));
        }
        return result(before, by);
    }

    private void commit(Merge merge, MergePlan.Merged merged, ObjectId branch, Scribe scribe, Truths truths)
            throws IOException {
        // A history that brings no change is kept, so that it is merged once; a version it is not.
        Optional<Integer> number = merges.isQuiet(merged, truths)
                ? Optional.empty()
                : Optional.of(Placement.of(new Draft.Slot.Next(), id, shop.index(), git, truths.main())
                        .number());
        String message = CommitCodec.write(new VersionMessage(
                number,
                merge.said(),
                Optional.empty(),
                Optional.empty(),
                new VersionMessage.Made(
                        Source.CHECKPOINT, Optional.of(scribe.caller().subject()), Optional.empty())));
        ObjectId commit;
        try (ObjectInserter inserter = git.newObjectInserter()) {
            merged.objects().insertInto(inserter, merged.tree());
            commit = scribe.commit(inserter, merged.tree(), List.of(truths.main(), branch), message);
            inserter.flush();
        }
        shop.move(git, RefNames.MAIN, truths.main(), commit);
    }

    private CheckpointResult result(Optional<CommitId> before, Caller by) throws IOException {
        Truths after = mender.mend(by);
        VersionEntry latest = reader.latest()
                .orElseThrow(() -> new PromptException(new Problem.VersionNotFound(id, VersionRef.Written.LATEST)));
        return before.equals(Optional.of(latest.commit()))
                ? new CheckpointResult.Unchanged(reader.version(latest, after))
                : new CheckpointResult.Saved(reader.version(latest, after));
    }
}
