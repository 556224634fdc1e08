package dev.versicle.git;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** The rules for branches beside main: the draft, and people's own. */
final class BranchRules implements AutoCloseable {
    private final Repository git;
    private final CommitRules commits;

    BranchRules(Repository git, Repository objects, Instant now) {
        this.git = git;
        this.commits = new CommitRules(objects, now);
    }

    /** Why the draft must not be this commit, where main is at {@code main}. */
    Optional<String> draftRefusal(ObjectId tip, ObjectId main) throws IOException {
        Optional<RevCommit> draft = commits.commit(tip);
        if (draft.isEmpty()) {
            return noCommit(tip);
        }
        if (!isOneCommit(draft.get(), main)) {
            return Optional.of("the draft is one commit on top of main, or of what main was; try git reset --soft "
                    + "origin/main, git commit, and push --force");
        }
        Optional<String> refusal = commits.refusal(draft.get());
        return refusal.isPresent() ? refusal : commits.aheadRefusal(draft.get());
    }

    /** A draft outlives moves of main, so its parent may be any commit that main has or had as its tip. */
    private boolean isOneCommit(RevCommit draft, ObjectId main) throws IOException {
        if (Truths.absent(main)) {
            return draft.getParentCount() == 0;
        }
        return draft.getParentCount() == 1 && commits.isIn(draft.getParent(0), main);
    }

    /** Why a branch of people's own must not be at this commit. */
    Optional<String> refusal(ObjectId tip) throws IOException {
        if (commits.commit(tip).isEmpty()) {
            return noCommit(tip);
        }
        List<ObjectId> known = git.getRefDatabase().getRefsByPrefix(RefNames.BRANCHES).stream()
                .map(Ref::getObjectId)
                .filter(Objects::nonNull)
                .toList();
        List<RevCommit> fresh = commits.fresh(known, tip);
        if (fresh.size() > CommitRules.COMMITS_MAX) {
            return CommitRules.tooMany();
        }
        for (RevCommit commit : fresh.reversed()) {
            Optional<String> refusal = commits.refusal(commit);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Why an environment's branch must not be at this object; empty where it is a commit. */
    Optional<String> kindRefusal(ObjectId tip) throws IOException {
        return commits.commit(tip).isPresent() ? Optional.empty() : noCommit(tip);
    }

    private static Optional<String> noCommit(ObjectId tip) {
        return Optional.of("a branch must point to a commit, and " + CommitRules.shortId(tip)
                + " is none; of a tag push tag^{commit}");
    }

    @Override
    public void close() {
        commits.close();
    }
}
