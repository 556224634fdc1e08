package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came with a move of a ref, as far as it is still there and worth telling.
 *
 * @param commits that the ref has since the move and had not before, oldest first: the newest {@link #COMMITS_MAX}
 * @param head the commit that the ref was moved to; of a tag object, the commit that it leads to
 * @param forced whether the ref left commits behind, or went too far to tell
 */
public record PushedCommits(List<Commit> commits, Optional<Commit> head, boolean forced) {
    public static final int COMMITS_MAX = 20;
    public static final int MESSAGE_CHARACTERS_MAX = 1_000;

    /** Of all paths of all commits, as UTF-8. */
    public static final int PATHS_BYTES_MAX = 32_768;

    /** Of a ref that is gone, or of which nothing is left to read. */
    public static final PushedCommits NONE = new PushedCommits(List.of(), Optional.empty(), false);

    public PushedCommits {
        commits = List.copyOf(commits);
    }

    /**
     * A commit, told.
     *
     * @param tree the Git tree's id, 40 hex digits
     * @param message its first {@link #MESSAGE_CHARACTERS_MAX} code points
     * @param at the committer's time, in whole seconds
     */
    public record Commit(
            CommitId id, String tree, String message, Instant at, Person author, Person committer, Paths paths) {
        Commit withoutPaths() {
            return new Commit(id, tree, message, at, author, committer, Paths.NONE);
        }
    }

    /** Who a commit says that it is of. */
    public record Person(String name, String email) {}

    /** The files that differ from the first parent's. */
    public record Paths(List<String> added, List<String> modified, List<String> removed) {
        public static final Paths NONE = new Paths(List.of(), List.of(), List.of());

        public Paths {
            added = List.copyOf(added);
            modified = List.copyOf(modified);
            removed = List.copyOf(removed);
        }
    }

    /**
     * The same without any path. Where not all paths can be told, none is: receivers such as Argo CD take a push that
     * names no file for one that may have changed any.
     */
    public PushedCommits withoutPaths() {
        return new PushedCommits(
                commits.stream().map(Commit::withoutPaths).toList(), head.map(Commit::withoutPaths), forced);
    }
}
