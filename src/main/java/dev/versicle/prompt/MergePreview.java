package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;

/**
 * What merging a branch into main would come to.
 *
 * @param main its newest commit, if it has any
 * @param branch its newest commit
 * @param version the number that would be the latest version's; empty where no version would be made
 * @param files those that would change on main, in Git's order; none where there are conflicts
 */
public record MergePreview(
        Optional<CommitId> main,
        CommitId branch,
        Way way,
        Optional<Integer> version,
        List<Changed> files,
        List<MergeConflict> conflicts) {
    /** How main would come to have what the branch has. */
    public enum Way {
        /** It has it already. */
        UP_TO_DATE,
        /** The branch's commits become main's. */
        FAST_FORWARD,
        /** A commit of both lines. */
        MERGE,
        /** Not without a hand. */
        CONFLICT
    }

    /** A file that would change. */
    public record Changed(String path, Diff.Change change) {}

    public MergePreview {
        files = List.copyOf(files);
        conflicts = List.copyOf(conflicts);
    }
}
