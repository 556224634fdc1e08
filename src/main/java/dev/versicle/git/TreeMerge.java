package dev.versicle.git;

import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.dircache.DirCacheBuildIterator;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeAttributes;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/**
 * Git's recursive merge of two commits' trees, in memory. It follows no renames and heeds no attributes.
 *
 * <p>Other hands made what it reads, so it has limits that JGit's has not: a history can be woven so that its bases
 * have bases without end, and a tree so that it names one directory over and over.
 */
final class TreeMerge extends RecursiveMerger {
    /** Of all trees that are walked together. */
    static final int ENTRIES_MAX = 200_000;

    /** How many pairs of commits a common base is looked for, the two that are merged included. */
    static final int BASES_MAX = 100;

    /** Of all files that are merged line by line, in what both come from and on both sides. */
    static final long BYTES_MAX = 32L << 20;

    private final List<MergeConflict> conflicts = new ArrayList<>();
    private final Regions regions = new Regions();
    private int entries;
    private int bases;
    private long bytes;

    TreeMerge(HeldObjects objects) {
        super(objects, inMemory());
        mergeAlgorithm = new MergeAlgorithm(new Bounded());
    }

    /** JGit puts what is larger than this into a temporary file. */
    private static Config inMemory() {
        Config config = new Config();
        config.setLong(
                ConfigConstants.CONFIG_MERGE_SECTION, null, ConfigConstants.CONFIG_KEY_IN_CORE_LIMIT, 2 * BYTES_MAX);
        return config;
    }

    /** The merged tree; empty where there are {@link #conflicts}. Throws {@link Problem.TooLarge}. */
    Optional<ObjectId> merged(ObjectId ours, ObjectId theirs) throws IOException {
        return merge(false, ours, theirs) ? Optional.of(getResultTreeId()) : Optional.empty();
    }

    /** The files that only a person can merge, in Git's order. */
    List<MergeConflict> conflicts() {
        return List.copyOf(conflicts);
    }

    @Override
    protected RevCommit getBaseCommit(RevCommit one, RevCommit other, int depth) throws IOException {
        if (++bases > BASES_MAX) {
            throw new TooWoven();
        }
        return super.getBaseCommit(one, other, depth);
    }

    @Override
    protected boolean processEntry(
            @Nullable CanonicalTreeParser base,
            @Nullable CanonicalTreeParser ours,
            @Nullable CanonicalTreeParser theirs,
            @Nullable DirCacheBuildIterator index,
            @Nullable WorkingTreeIterator work,
            boolean ignoreConflicts,
            MergeAttributes attributes)
            throws IOException {
        if (++entries > ENTRIES_MAX) {
            throw new TooWoven();
        }
        requireRoom();
        int before = unmergedPaths.size();
        boolean goesOn = super.processEntry(base, ours, theirs, index, work, ignoreConflicts, attributes);
        if (unmergedPaths.size() > before && !ignoreConflicts) {
            String path = tw.getPathString();
            conflicts.add(regions.conflict(path, kind(), Optional.ofNullable(mergeResults.get(path))));
        }
        return goesOn;
    }

    private void requireRoom() throws IOException {
        if (same(T_BASE, T_OURS) || same(T_BASE, T_THEIRS) || same(T_OURS, T_THEIRS)) {
            return;
        }
        for (int tree : new int[] {T_BASE, T_OURS, T_THEIRS}) {
            if (isFile(tree)) {
                bytes += reader.getObjectSize(tw.getObjectId(tree), Constants.OBJ_BLOB);
            }
        }
        if (bytes > BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("What both sides changed", BYTES_MAX));
        }
    }

    private boolean same(int one, int other) {
        return tw.getRawMode(one) == tw.getRawMode(other) && tw.idEqual(one, other);
    }

    private boolean isFile(int tree) {
        return tw.getFileMode(tree).getObjectType() == Constants.OBJ_BLOB;
    }

    private boolean isAbsent(int tree) {
        return tw.getRawMode(tree) == FileMode.MISSING.getBits();
    }

    private boolean isDirectory(int tree) {
        return tw.getFileMode(tree).equals(FileMode.TREE);
    }

    private MergeConflict.Kind kind() {
        if (isDirectory(T_OURS) || isDirectory(T_THEIRS)) {
            return MergeConflict.Kind.FILE_DIRECTORY;
        }
        if (isAbsent(T_OURS)) {
            return MergeConflict.Kind.DELETED_BY_US;
        }
        if (isAbsent(T_THEIRS)) {
            return MergeConflict.Kind.DELETED_BY_THEM;
        }
        if (tw.idEqual(T_OURS, T_THEIRS)) {
            return MergeConflict.Kind.MODE;
        }
        return isFile(T_BASE) ? MergeConflict.Kind.CONTENT : MergeConflict.Kind.BOTH_ADDED;
    }

    /** Compares finely what is short, and takes what is long for replaced: its time grows with the square. */
    private static final class Bounded extends DiffAlgorithm {
        private final HistogramDiff fine = new HistogramDiff();
        private int compared;

        @Override
        public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> comparator, S a, S b) {
            if (compared + (long) a.size() + b.size() > LineDiff.LINES_COMPARED_MAX) {
                return EditList.singleton(new Edit(0, a.size(), 0, b.size()));
            }
            compared += a.size() + b.size();
            return fine.diffNonCommon(comparator, a, b);
        }
    }

    /** The histories or the trees are woven so that the merge would take too long. */
    static final class TooWoven extends IOException {
        private static final long serialVersionUID = 1L;

        TooWoven() {
            super("too many common bases, or too many directories");
        }
    }
}
