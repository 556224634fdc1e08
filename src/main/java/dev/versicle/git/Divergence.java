package dev.versicle.git;

import dev.versicle.prompt.Branch;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Counts the commits that two lines do not share: newest first from both tips, until all that is left to look at is
 * reached from both. Like Git it trusts the commits' times, so where a clock was wrong it may count some too many.
 */
final class Divergence implements AutoCloseable {
    private final RevWalk walk;
    private final RevFlag main;
    private final RevFlag branch;

    /** Of a commit in the queue that must still be looked at. */
    private final RevFlag open;

    private final Queue<RevCommit> queue = new PriorityQueue<>(
            Comparator.comparingInt(RevCommit::getCommitTime).reversed());
    private final Set<RevCommit> seen = new LinkedHashSet<>();
    private int opened;

    private Divergence(Repository git) {
        this.walk = new RevWalk(git);
        walk.setRetainBody(false);
        this.main = walk.newFlag("main");
        this.branch = walk.newFlag("branch");
        this.open = walk.newFlag("open");
    }

    /** What is on a branch and not on main, newest first, and how many commits it is the other way round. */
    record Between(List<ObjectId> ahead, int behind) {}

    /** How far a branch is from main, either zero where there is none; empty beyond {@code commitsMax}. */
    static Optional<Branch.Distance> of(Repository git, ObjectId main, ObjectId branch, int commitsMax)
            throws IOException {
        return between(git, main, branch, commitsMax)
                .map(between -> new Branch.Distance(between.ahead().size(), between.behind()));
    }

    /** What the two do not share, either zero where there is none; empty beyond {@code commitsMax}. */
    static Optional<Between> between(Repository git, ObjectId main, ObjectId branch, int commitsMax)
            throws IOException {
        if (main.equals(branch)) {
            return Optional.of(new Between(List.of(), 0));
        }
        try (Divergence divergence = new Divergence(git)) {
            divergence.start(main, divergence.main);
            divergence.start(branch, divergence.branch);
            return divergence.count(commitsMax);
        }
    }

    private void start(ObjectId tip, RevFlag flag) throws IOException {
        if (!Truths.absent(tip)) {
            RevCommit commit = walk.parseCommit(tip);
            commit.add(flag);
            add(commit);
        }
    }

    private Optional<Between> count(int commitsMax) throws IOException {
        while (opened > 0) {
            RevCommit commit = queue.remove();
            close(commit);
            seen.add(commit);
            if (seen.size() > commitsMax) {
                return Optional.empty();
            }
            for (RevCommit parent : commit.getParents()) {
                reach(commit, parent);
            }
        }
        return Optional.of(new Between(alone(branch, main), alone(main, branch).size()));
    }

    private List<ObjectId> alone(RevFlag flag, RevFlag other) {
        return seen.stream()
                .filter(commit -> commit.has(flag) && !commit.has(other))
                .map(RevCommit::copy)
                .toList();
    }

    private void reach(RevCommit child, RevCommit parent) throws IOException {
        boolean fromMain = child.has(main) && !parent.has(main);
        boolean fromBranch = child.has(branch) && !parent.has(branch);
        if (!fromMain && !fromBranch) {
            return;
        }
        walk.parseHeaders(parent);
        if (fromMain) {
            parent.add(main);
        }
        if (fromBranch) {
            parent.add(branch);
        }
        add(parent);
    }

    /** What both reach needs no further look, unless something was counted by way of it. */
    private void add(RevCommit commit) {
        boolean shared = commit.has(main) && commit.has(branch);
        if (shared && !seen.contains(commit)) {
            close(commit);
        } else if (!commit.has(open)) {
            commit.add(open);
            opened++;
        }
        queue.add(commit);
    }

    private void close(RevCommit commit) {
        if (commit.has(open)) {
            commit.remove(open);
            opened--;
        }
    }

    @Override
    public void close() {
        walk.close();
    }
}
