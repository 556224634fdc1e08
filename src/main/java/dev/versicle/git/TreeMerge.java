package dev.versicle.git;

import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.dircache.DirCacheBuildIterator;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeAttributes;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/**
 * Git's recursive merge of two commits' trees, in memory. It follows no renames and heeds no attributes. Where JGit
 * decides otherwise than Git, Git is right.
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

    /** Where Git looks for NUL, to tell whether a file is binary ({@code xdiff-interface.c}). */
    private static final int LOOKED_AT_BYTES = 8_000;

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
        boolean goesOn = isDecided(ignoreConflicts)
                || super.processEntry(base, ours, theirs, index, work, ignoreConflicts, attributes);
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

    /**
     * Decides as Git does where JGit does not. A change of the mode alone is one, which a deletion does not win over.
     * What one side left as it was, or added empty where the other added a text, is the other's: JGit finds a conflict
     * there.
     */
    private boolean isDecided(boolean ignoreConflicts) throws IOException {
        if (isOneDeletedOtherInModeChanged()) {
            if (ignoreConflicts) {
                int kept = isAbsent(T_OURS) ? T_THEIRS : T_OURS;
                take(tw.getObjectId(kept), tw.getRawMode(kept));
            } else {
                unmergedPaths.add(tw.getPathString());
            }
            return true;
        }
        Optional<Integer> changed = onlyChanged();
        changed.ifPresent(side -> take(tw.getObjectId(side), mode()));
        return changed.isPresent() || isMerged(ignoreConflicts);
    }

    private boolean isOneDeletedOtherInModeChanged() {
        boolean deleted = isRegular(T_BASE) && isAbsent(T_OURS) != isAbsent(T_THEIRS);
        int other = isAbsent(T_OURS) ? T_THEIRS : T_OURS;
        return deleted && isRegular(other) && tw.idEqual(T_BASE, other) && !same(T_BASE, other);
    }

    /** The side whose content the file has in the end, where the other one's need not be looked at. */
    private Optional<Integer> onlyChanged() throws IOException {
        if (!isRegular(T_OURS) || !isRegular(T_THEIRS) || tw.idEqual(T_OURS, T_THEIRS)) {
            return Optional.empty();
        }
        if (isRegular(T_BASE)) {
            return tw.idEqual(T_BASE, T_OURS)
                    ? Optional.of(T_THEIRS)
                    : Optional.of(T_OURS).filter(side -> tw.idEqual(T_BASE, T_THEIRS));
        }
        if (!isAbsent(T_BASE) || tw.getRawMode(T_OURS) != tw.getRawMode(T_THEIRS)) {
            return Optional.empty();
        }
        int filled = isEmpty(T_OURS) ? T_THEIRS : T_OURS;
        boolean added = (isEmpty(T_OURS) || isEmpty(T_THEIRS)) && !isBinary(filled);
        return added ? Optional.of(filled) : Optional.empty();
    }

    /** Merges two texts. JGit takes one with a lone carriage return for none, and would find a conflict. */
    private boolean isMerged(boolean ignoreConflicts) throws IOException {
        boolean regular = isRegular(T_OURS) && isRegular(T_THEIRS) && (isRegular(T_BASE) || isAbsent(T_BASE));
        if (!regular || tw.idEqual(T_OURS, T_THEIRS) || isBinary(T_BASE) || isBinary(T_OURS) || isBinary(T_THEIRS)) {
            return false;
        }
        MergeResult<RawText> merged = mergeAlgorithm.merge(
                RawTextComparator.DEFAULT,
                new RawText(content(T_BASE)),
                new RawText(content(T_OURS)),
                new RawText(content(T_THEIRS)));
        if (merged.containsConflicts() && !ignoreConflicts) {
            unmergedPaths.add(tw.getPathString());
            mergeResults.put(tw.getPathString(), merged);
        } else {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            new MergeFormatter().formatMerge(text, merged, List.of(commitNames), StandardCharsets.UTF_8);
            take(getObjectInserter().insert(Constants.OBJ_BLOB, text.toByteArray()), mode());
        }
        return true;
    }

    /** The one that a side changed. */
    private int mode() {
        return tw.getRawMode(tw.getRawMode(T_OURS) == tw.getRawMode(T_BASE) ? T_THEIRS : T_OURS);
    }

    private byte[] content(int tree) throws IOException {
        return isAbsent(tree)
                ? new byte[0]
                : reader.open(tw.getObjectId(tree), Constants.OBJ_BLOB).getCachedBytes((int) BYTES_MAX);
    }

    /** As Git tells it. */
    private boolean isBinary(int tree) throws IOException {
        byte[] content = content(tree);
        for (int i = 0; i < Math.min(content.length, LOOKED_AT_BYTES); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private void take(ObjectId content, int mode) {
        workTreeUpdater.addExistingToIndex(
                content, tw.getRawPath(), FileMode.fromBits(mode), DirCacheEntry.STAGE_0, Instant.EPOCH, 0);
    }

    private boolean isEmpty(int tree) {
        return tw.getObjectId(tree).equals(Constants.EMPTY_BLOB_ID);
    }

    private boolean isRegular(int tree) {
        FileMode mode = tw.getFileMode(tree);
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
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
