package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A line of commits with a name: main, whose commits are the versions, or one of people's own.
 *
 * @param title of its newest commit
 * @param updatedAt when its newest commit was made
 * @param distance from main; empty where it is too far to be counted
 */
public record Branch(
        BranchName name, CommitId commit, Optional<String> title, Instant updatedAt, Optional<Distance> distance) {
    /** How many commits of both sides together are counted. */
    public static final int COMMITS_MAX = 10_000;

    /** How many commits a branch has that main lacks, and main that the branch lacks. */
    public record Distance(int ahead, int behind) {}

    /** Where a branch is; to a hand that is not ours it may be on what is no commit. */
    public record Tip(BranchName name, CommitId commit) {}

    /** Where a part of the branches is, and main; {@code more} says whether others follow. */
    public record Tips(Optional<CommitId> main, List<Tip> items, boolean more) {
        public Tips {
            items = List.copyOf(items);
        }
    }

    /** A part of a list; {@code more} says whether others follow. */
    public record Part(List<Branch> items, boolean more) {
        public Part {
            items = List.copyOf(items);
        }
    }
}
