package dev.versicle.prompt;

import java.util.Optional;

/** The branches of one open prompt; see {@link PromptRepository} for what its methods promise in common. */
public interface PromptBranches {
    /**
     * Where main is, then people's own by their names in Git's order; from behind {@code after} on. Costs a step for
     * each ref of the prompt's branches.
     */
    Branch.Tips tips(Optional<BranchName> after, int limit);

    /**
     * The branches that were there, as they were. Costs a step for each commit between one of them and main, up to
     * {@link Branch#COMMITS_MAX} for each.
     */
    Branch.Part list(Branch.Tips tips);

    /**
     * Makes a branch where a version is, or another branch. Throws {@link Problem.BranchTaken}, {@link Problem.Invalid}
     * for a name that is reserved or none to Git, and {@link Problem.VersionNotFound}.
     */
    Branch create(BranchName name, VersionRef.Written from, Caller by);

    /** Removes a branch; {@code expected} is compared with its newest commit. Throws {@link Problem.BranchNotFound}. */
    void drop(BranchName name, Caller by, Expected expected);

    /**
     * Merges a branch into main. Where main has not moved on and the rules for pushed commits allow it, the branch's
     * own commits become versions; else the trees are merged and a commit of both lines is the next version. Where main
     * has all of the branch already, nothing is written. Where the merge changes no file, main gets a commit that says
     * so and is no version. {@code expected} is compared with the latest version, and with main's newest commit.
     *
     * <p>Throws {@link Problem.BranchNotFound}, {@link Problem.Conflicts} and {@link Problem.Unmergeable}.
     */
    CheckpointResult merge(Merge merge, Caller by, Expected expected);

    /** What a merge would come to now. Writes nothing. */
    MergePreview preview(BranchName branch);
}
