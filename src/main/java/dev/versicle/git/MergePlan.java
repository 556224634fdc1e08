package dev.versicle.git;

import dev.versicle.prompt.MergeConflict;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** What a merge of a branch into main comes to, decided and not yet done. */
sealed interface MergePlan {
    /** Main has all of the branch. */
    record UpToDate() implements MergePlan {}

    /** Main moves to the branch's newest commit. */
    record FastForward(ObjectId to) implements MergePlan {}

    /**
     * A commit of both lines.
     *
     * @param objects what the tree needs and the repository may lack
     */
    record Merged(ObjectId tree, HeldObjects objects) implements MergePlan {}

    /** Only a person can do it. */
    record Conflicting(List<MergeConflict> conflicts) implements MergePlan {
        public Conflicting {
            conflicts = List.copyOf(conflicts);
        }
    }
}
