package dev.versicle.metrics;

import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.MergePreview;
import dev.versicle.prompt.PromptBranches;
import dev.versicle.prompt.VersionRef;
import java.util.Optional;

/** Times merges, which make versions. */
record MeteredBranches(PromptBranches branches, Checkpoints checkpoints) implements PromptBranches {
    @Override
    public CheckpointResult merge(Merge merge, Caller by, Expected expected) {
        return checkpoints.time(() -> branches.merge(merge, by, expected), MeteredRepository::outcome);
    }

    @Override
    public Branch.Tips tips(Optional<BranchName> after, int limit) {
        return branches.tips(after, limit);
    }

    @Override
    public Branch.Part list(Branch.Tips tips) {
        return branches.list(tips);
    }

    @Override
    public Branch create(BranchName name, VersionRef.Written from, Caller by) {
        return branches.create(name, from, by);
    }

    @Override
    public void drop(BranchName name, Caller by, Expected expected) {
        branches.drop(name, by, expected);
    }

    @Override
    public MergePreview preview(BranchName branch) {
        return branches.preview(branch);
    }
}
