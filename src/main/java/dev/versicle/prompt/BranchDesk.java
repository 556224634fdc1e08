package dev.versicle.prompt;

import java.util.Optional;

/** Branches beside main, and the way back into it. */
public final class BranchDesk {
    private final Prompts prompts;

    public BranchDesk(Prompts prompts) {
        this.prompts = prompts;
    }

    /** Main first, then the others by name, from behind {@code after} on, 1 to 100 of them: where they are. */
    public Branch.Tips tips(Caller caller, PromptId id, Optional<BranchName> after, int limit) {
        if (limit < 1 || limit > Page.Window.LIMIT_MAX) {
            throw Texts.invalid("limit", "must be from 1 to " + Page.Window.LIMIT_MAX);
        }
        return prompts.with(caller, id, Right.READ, prompt -> prompt.branches().tips(after, limit));
    }

    /** What is to be told of branches that are there, or were just now. */
    public Branch.Part list(Caller caller, PromptId id, Branch.Tips tips) {
        return prompts.with(caller, id, Right.READ, prompt -> prompt.branches().list(tips));
    }

    /** Makes a branch where {@code from} is: a version however it is written, else a branch. */
    public Branch create(Caller caller, PromptId id, BranchName name, VersionRef.Written from) {
        return prompts.with(
                caller, id, Right.UPDATE, prompt -> prompt.branches().create(name, from, caller));
    }

    public void delete(Caller caller, PromptId id, BranchName name, Expected expected) {
        prompts.with(caller, id, Right.UPDATE, prompt -> {
            prompt.branches().drop(name, caller, expected);
            return id;
        });
    }

    /** Merges a branch into main; see {@link PromptBranches#merge}. */
    public CheckpointResult merge(Caller caller, PromptId id, Merge merge, Expected expected) {
        return prompts.with(
                caller, id, Right.UPDATE, prompt -> prompt.branches().merge(merge, caller, expected));
    }

    /** What a merge would come to, for those who may read the prompt. */
    public MergePreview preview(Caller caller, PromptId id, BranchName branch) {
        return prompts.with(caller, id, Right.READ, prompt -> prompt.branches().preview(branch));
    }

    /** What came with a move of a ref, told to who may read the prompt. */
    public PushedCommits pushed(Caller caller, PromptId id, Event.Pushed push) {
        return prompts.with(caller, id, Right.READ, prompt -> prompt.pushed(push));
    }
}
