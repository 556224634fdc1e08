package dev.versicle.git;

import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.MergePreview;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Decides what a merge into main comes to. Writes nothing: neither in the repository nor beside it. */
final class MergeReader {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final BranchReader branches;

    MergeReader(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.branches = new BranchReader(git);
    }

    MergePlan plan(BranchName name, ObjectId main, ObjectId branch) throws IOException {
        if (Truths.absent(main)) {
            return fastForward(main, branch)
                    .orElseThrow(
                            () -> unmergeable(name, "Main has no version yet, and " + name + " cannot be its first."));
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit ours = walk.parseCommit(main);
            RevCommit theirs = walk.parseCommit(branch);
            if (walk.isMergedInto(theirs, ours)) {
                return new MergePlan.UpToDate();
            }
            Optional<MergePlan> fast = isOnFirstLine(walk, ours, theirs) ? fastForward(main, branch) : Optional.empty();
            if (fast.isPresent()) {
                return fast.get();
            }
            requireRelated(walk, ours, theirs, name);
            return merged(ours, theirs, name);
        }
    }

    private Optional<MergePlan> fastForward(ObjectId main, ObjectId branch) throws IOException {
        return new MainLine(shop, id).refusal(git, main, branch).isPresent()
                ? Optional.empty()
                : Optional.of(new MergePlan.FastForward(branch.copy()));
    }

    private static boolean isOnFirstLine(RevWalk walk, RevCommit ours, RevCommit theirs) throws IOException {
        if (!walk.isMergedInto(ours, theirs)) {
            return false;
        }
        RevCommit commit = theirs;
        while (!commit.equals(ours) && commit.getParentCount() > 0) {
            commit = walk.parseCommit(commit.getParent(0));
        }
        return commit.equals(ours);
    }

    /** As Git has it: what two histories of their own have in common would be guessed. */
    private static void requireRelated(RevWalk walk, RevCommit ours, RevCommit theirs, BranchName name)
            throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(ours);
        walk.markStart(theirs);
        Optional<RevCommit> base = Optional.ofNullable(walk.next());
        if (base.isEmpty()) {
            throw unmergeable(name, "Branch " + name + " and main have no commit in common.");
        }
    }

    private MergePlan merged(RevCommit ours, RevCommit theirs, BranchName name) throws IOException {
        HeldObjects objects = new HeldObjects(git);
        try (ObjectReader held = objects.newReader()) {
            TreeRules rules = new TreeRules(held, "branch");
            rules.requireVersion(theirs.getTree());
            TreeMerge merge = new TreeMerge(objects);
            Optional<ObjectId> tree = merge.merged(ours, theirs);
            if (tree.isEmpty()) {
                return new MergePlan.Conflicting(merge.conflicts());
            }
            rules.requireVersion(tree.get());
            return new MergePlan.Merged(tree.get(), objects);
        } catch (NoMergeBaseException | TreeMerge.TooWoven e) {
            throw unmergeable(
                    name,
                    "The histories of " + name + " and main are too entangled to be merged here: merge with Git.");
        }
    }

    private static PromptException unmergeable(BranchName name, String why) {
        return new PromptException(new Problem.Unmergeable(name, why));
    }

    MergePreview preview(BranchName name) throws IOException {
        Truths truths = Truths.of(git);
        RevCommit branch = branches.require(name);
        MergePlan plan = plan(name, truths.main(), branch);
        Optional<ObjectId> tree = tree(plan);
        List<MergePreview.Changed> files = tree.isPresent() ? changed(truths.main(), tree.get(), plan) : List.of();
        return new MergePreview(
                Truths.present(truths.main()).map(tip -> new CommitId(tip.name())),
                new CommitId(branch.name()),
                way(plan),
                number(plan, truths),
                files,
                plan instanceof MergePlan.Conflicting conflicting ? conflicting.conflicts() : List.<MergeConflict>of());
    }

    private static MergePreview.Way way(MergePlan plan) {
        return switch (plan) {
            case MergePlan.UpToDate ignored -> MergePreview.Way.UP_TO_DATE;
            case MergePlan.FastForward ignored -> MergePreview.Way.FAST_FORWARD;
            case MergePlan.Merged ignored -> MergePreview.Way.MERGE;
            case MergePlan.Conflicting ignored -> MergePreview.Way.CONFLICT;
        };
    }

    private Optional<ObjectId> tree(MergePlan plan) throws IOException {
        return switch (plan) {
            case MergePlan.UpToDate ignored -> Optional.empty();
            case MergePlan.FastForward forward -> Optional.of(reader.treeOf(forward.to()));
            case MergePlan.Merged merged -> Optional.of(merged.tree());
            case MergePlan.Conflicting ignored -> Optional.empty();
        };
    }

    private Optional<Integer> number(MergePlan plan, Truths truths) throws IOException {
        return switch (plan) {
            case MergePlan.UpToDate ignored -> Optional.empty();
            case MergePlan.FastForward forward ->
                new Timeline(shop, id, git)
                        .since(truths, truths.withMain(forward.to())).stream()
                                .map(VersionEntry::number)
                                .max(Integer::compare);
            case MergePlan.Merged merged ->
                isQuiet(merged, truths)
                        ? Optional.empty()
                        : Optional.of(Placement.of(new Draft.Slot.Next(), id, shop.index(), git, truths.main())
                                .number());
            case MergePlan.Conflicting ignored -> Optional.empty();
        };
    }

    /** Whether the merge brings nothing but the branch's history: main's tree stays, and it is the latest version's. */
    boolean isQuiet(MergePlan.Merged merged, Truths truths) throws IOException {
        Optional<VersionEntry> latest = reader.latest();
        return reader.treeOf(truths.main()).equals(merged.tree())
                && latest.isPresent()
                && reader.snapshot(latest.get()).tree().equals(merged.tree().name());
    }

    private List<MergePreview.Changed> changed(ObjectId main, ObjectId tree, MergePlan plan) throws IOException {
        HeldObjects objects = plan instanceof MergePlan.Merged merged ? merged.objects() : new HeldObjects(git);
        List<MergePreview.Changed> files = new ArrayList<>();
        try (ObjectReader held = objects.newReader();
                TreeWalk walk = new TreeWalk(held)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            if (Truths.absent(main)) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(reader.treeOf(main));
            }
            walk.addTree(tree);
            while (walk.next()) {
                files.add(new MergePreview.Changed(walk.getPathString(), change(walk)));
            }
        }
        return files;
    }

    private static Diff.Change change(TreeWalk walk) {
        if (walk.getRawMode(0) == 0) {
            return Diff.Change.ADDED;
        }
        return walk.getRawMode(1) == 0 ? Diff.Change.REMOVED : Diff.Change.MODIFIED;
    }
}
