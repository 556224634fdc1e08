package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Goes back through the moves of one environment, newest first. Costs a step for each move of any environment of the
 * prompt on the way, as they share one truth.
 */
final class EnvironmentHistory implements AutoCloseable {
    /** How many moves are gone back through; earlier ones are in Git, and not told of. */
    static final int STEPS_MAX = 100_000;

    private final RevWalk walk;
    private final String path;
    private Optional<RevCommit> state;
    private Optional<ObjectId> file;
    private int steps;

    /** A move, and the commit that made it. */
    private record Found(RevCommit commit, Environment.Move move) {}

    /** From the state {@code tip} of the truth on; the zero id has no moves. */
    EnvironmentHistory(Repository git, EnvironmentName name, ObjectId tip) throws IOException {
        this.walk = new RevWalk(git);
        this.path = EnvironmentCodec.path(name);
        walk.setRetainBody(false);
        this.state = Truths.absent(tip) ? Optional.empty() : Optional.of(walk.parseCommit(tip));
        this.file = file(state);
    }

    /** The moves from the one that the commit {@code from} made, or from the newest on. */
    Environment.Moves page(Optional<CommitId> from, int limit) throws IOException {
        if (from.isPresent()) {
            seek(from.get());
        }
        List<Environment.Move> items = new ArrayList<>();
        Optional<Found> next = step();
        while (next.isPresent() && items.size() < limit) {
            items.add(next.get().move());
            next = step();
        }
        return new Environment.Moves(
                items, next.map(found -> new CommitId(found.commit().name())));
    }

    private void seek(CommitId from) throws IOException {
        while (state.isPresent() && !state.get().name().equals(from.hex()) && steps < STEPS_MAX) {
            state = older(state.get());
            steps++;
        }
        if (state.filter(found -> found.name().equals(from.hex())).isEmpty()) {
            throw new PromptException(new Problem.Invalid("cursor", "must be one that this server gave"));
        }
        file = file(state);
    }

    /** Where the environment pointed at a moment; empty where it was not there. */
    Optional<Environment.Target> at(Instant moment) throws IOException {
        Optional<Found> next = step();
        while (next.filter(found -> found.move().moved().at().isAfter(moment)).isPresent()) {
            next = step();
        }
        if (next.isEmpty() && state.isPresent()) {
            throw new PromptException(
                    new Problem.Invalid("at", "must not lie before more than " + STEPS_MAX + " moves of environments"));
        }
        return next.flatMap(found -> found.move().to());
    }

    private Optional<Found> step() throws IOException {
        while (state.isPresent() && steps < STEPS_MAX) {
            RevCommit commit = state.get();
            Optional<ObjectId> after = file;
            state = older(commit);
            file = file(state);
            steps++;
            if (!after.equals(file)) {
                return Optional.of(new Found(commit, move(walk, commit, file, after)));
            }
        }
        return Optional.empty();
    }

    private Optional<RevCommit> older(RevCommit commit) throws IOException {
        return commit.getParentCount() == 0 ? Optional.empty() : Optional.of(walk.parseCommit(commit.getParent(0)));
    }

    private Optional<ObjectId> file(Optional<RevCommit> at) throws IOException {
        if (at.isEmpty()) {
            return Optional.empty();
        }
        try (TreeWalk found =
                TreeWalk.forPath(walk.getObjectReader(), path, at.get().getTree())) {
            return found == null ? Optional.empty() : Optional.of(found.getObjectId(0));
        }
    }

    /** What a commit says that made another file of an environment's, or none. */
    static Environment.Move move(RevWalk walk, RevCommit commit, Optional<ObjectId> before, Optional<ObjectId> after)
            throws IOException {
        Optional<Pointer> from = pointer(walk, before);
        Optional<Pointer> to = pointer(walk, after);
        Environment.Moved moved = to.isPresent() ? to.get().moved() : dropped(walk, commit);
        return new Environment.Move(from.map(Pointer::target), to.map(Pointer::target), moved);
    }

    private static Optional<Pointer> pointer(RevWalk walk, Optional<ObjectId> blob) throws IOException {
        return blob.isPresent()
                ? Optional.of(EnvironmentReader.read(walk.getObjectReader(), blob.get()))
                : Optional.empty();
    }

    private static Environment.Moved dropped(RevWalk walk, RevCommit commit) throws IOException {
        walk.parseBody(commit);
        return EnvironmentCodec.readDropped(commit.getFullMessage())
                .orElseGet(() -> new Environment.Moved(
                        commit.getAuthorIdent().getEmailAddress(),
                        Instant.ofEpochSecond(commit.getCommitTime()),
                        Optional.empty()));
    }

    @Override
    public void close() {
        walk.close();
    }
}
