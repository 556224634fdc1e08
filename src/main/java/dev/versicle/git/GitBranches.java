package dev.versicle.git;

import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.MergePreview;
import dev.versicle.prompt.PromptBranches;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/** One prompt's branches in its bare repository. */
final class GitBranches implements PromptBranches {
    private final GitPromptRepository prompt;
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    GitBranches(GitPromptRepository prompt, Workshop shop, PromptId id, Repository git) {
        this.prompt = prompt;
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    @Override
    public Branch.Tips tips(Optional<BranchName> after, int limit) {
        return prompt.checked(() -> new BranchReader(git).tips(after, limit));
    }

    @Override
    public Branch.Part list(Branch.Tips tips) {
        return prompt.checked(() -> new BranchReader(git).list(tips));
    }

    @Override
    public Branch create(BranchName name, VersionRef.Written from, Caller by) {
        return prompt.written(() -> new BranchWriter(shop, id, git).create(name, from, by));
    }

    @Override
    public void drop(BranchName name, Caller by, Expected expected) {
        prompt.written(() -> {
            new BranchWriter(shop, id, git).drop(name, by, expected);
            return id;
        });
    }

    @Override
    public CheckpointResult merge(Merge merge, Caller by, Expected expected) {
        return prompt.written(() -> new MergeWriter(shop, id, git).merge(merge, by, expected));
    }

    @Override
    public MergePreview preview(BranchName branch) {
        return prompt.checked(() -> new MergeReader(shop, id, git).preview(branch));
    }
}
