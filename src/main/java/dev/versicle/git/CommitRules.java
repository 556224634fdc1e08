package dev.versicle.git;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The rules for commits that another hand made. Refusals are sentences that name the commit and say what to do. One
 * object for all commits of a push, as their trees share a budget.
 */
final class CommitRules implements AutoCloseable {
    /** New ones in one push. */
    static final int COMMITS_MAX = 10_000;

    /** Of one commit: message, signature and all. */
    static final int COMMIT_BYTES_MAX = 256 << 10;

    /** How far a commit's date may lie in the future. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private static final int SHORT_DIGITS = 8;

    private final Repository objects;
    private final Instant now;
    private final RevWalk walk;
    private final TreeRules trees;

    CommitRules(Repository objects, Instant now) {
        this.objects = objects;
        this.now = now;
        this.walk = new RevWalk(objects);
        // Ten thousand messages are not held at once.
        walk.setRetainBody(false);
        this.trees = new TreeRules(walk.getObjectReader(), "its tree");
    }

    static String shortId(ObjectId commit) {
        return commit.name().substring(0, SHORT_DIGITS);
    }

    /** The commit with this id; empty where it is another object's. */
    Optional<RevCommit> commit(ObjectId id) throws IOException {
        return walk.parseAny(id) instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
    }

    /**
     * The commits that {@code tip} reaches and none of {@code known} does, newest first, at most one more than {@link
     * #COMMITS_MAX}. Where dates go back and forth a known one may be among them: {@link #isIn} tells.
     */
    List<RevCommit> fresh(Collection<? extends ObjectId> known, ObjectId tip) throws IOException {
        walk.reset();
        walk.markStart(walk.parseCommit(tip));
        for (ObjectId old : known) {
            if (walk.parseAny(old) instanceof RevCommit commit) {
                walk.markUninteresting(commit);
            }
        }
        List<RevCommit> fresh = new ArrayList<>();
        for (RevCommit next = walk.next(); next != null && fresh.size() <= COMMITS_MAX; next = walk.next()) {
            fresh.add(next);
        }
        return fresh;
    }

    /** Whether a commit belongs to the history of another, or is it. */
    boolean isIn(ObjectId commit, ObjectId tip) throws IOException {
        try (RevWalk other = new RevWalk(objects)) {
            other.setRetainBody(false);
            return other.isMergedInto(other.parseCommit(commit), other.parseCommit(tip));
        }
    }

    static Optional<String> tooMany() {
        return Optional.of("more than " + COMMITS_MAX + " new commits in one push: push an older commit first, as in "
                + "git push origin <commit>:<branch>");
    }

    /** Why a commit must not become a version. */
    Optional<String> versionRefusal(RevCommit commit) throws IOException {
        Optional<String> refusal = refusal(commit);
        if (refusal.isPresent()) {
            return refusal;
        }
        walk.parseBody(commit);
        List<String> reserved = CommitCodec.reserved(commit.getFullMessage());
        if (!reserved.isEmpty()) {
            refusal = sentence(
                    commit,
                    "has the header " + reserved.getFirst() + " at the end of its message, which the server alone "
                            + "writes (git cherry-pick copies it); remove it with git commit --amend, or in an older "
                            + "commit with git rebase -i");
        }
        commit.disposeBody();
        return refusal.isPresent() ? refusal : aheadRefusal(commit);
    }

    /** Why a commit must not count as one of now. */
    Optional<String> aheadRefusal(RevCommit commit) throws IOException {
        walk.parseBody(commit);
        Instant committed = commit.getCommitterIdent().getWhenAsInstant();
        commit.disposeBody();
        return committed.isAfter(now.plus(AHEAD_MAX))
                ? sentence(
                        commit,
                        "is dated " + committed + ", more than " + AHEAD_MAX.toMinutes()
                                + " minutes ahead of the server's clock; set yours, and git commit --amend "
                                + "--no-edit --reset-author")
                : Optional.empty();
    }

    /** Why a commit must not come in, on whatever branch. */
    Optional<String> refusal(RevCommit commit) throws IOException {
        if (walk.getObjectReader().getObjectSize(commit, Constants.OBJ_COMMIT) > COMMIT_BYTES_MAX) {
            return sentence(commit, "is larger than " + COMMIT_BYTES_MAX + " bytes; shorten its message");
        }
        walk.parseBody(commit);
        Optional<String> refusal = messageRefusal(commit);
        commit.disposeBody();
        return refusal.isPresent() ? refusal : treeRefusal(commit);
    }

    private static Optional<String> messageRefusal(RevCommit commit) {
        for (byte letter : commit.getRawBuffer()) {
            if (letter == 0) {
                return sentence(commit, "has a NUL in its message; amend it");
            }
        }
        boolean signed = commit.getAuthorIdent() != null && commit.getCommitterIdent() != null;
        return signed ? Optional.empty() : sentence(commit, "has no author or committer that can be read; amend it");
    }

    private Optional<String> treeRefusal(RevCommit commit) throws IOException {
        try {
            trees.requireVersion(commit.getTree());
            return Optional.empty();
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.Invalid invalid) {
                return sentence(
                        commit, "cannot come in: " + invalid.field() + " " + invalid.rule() + "; change it and amend");
            }
            throw e;
        }
    }

    private static Optional<String> sentence(ObjectId commit, String rest) {
        return Optional.of("commit " + shortId(commit) + " " + rest);
    }

    @Override
    public void close() {
        walk.close();
    }
}
