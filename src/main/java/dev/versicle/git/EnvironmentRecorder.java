package dev.versicle.git;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.EnvironmentMoves;
import dev.versicle.prompt.PromptIndex.PromptEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Tells the index what became of a prompt's environments. Called with the prompt's write lock held. */
final class EnvironmentRecorder {
    /** How many moves that the index lacks are told one by one; of more, only where they ended. */
    static final int STEPS_MAX = 10_000;

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final EnvironmentReader reader;

    EnvironmentRecorder(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new EnvironmentReader(shop, id, git);
    }

    /** What has just become true; the index must be at {@code from}. */
    void record(ObjectId from, ObjectId to, List<Event.EnvironmentMoved> moves) throws IOException {
        shop.index().moved(id, moves(Truths.hex(from), to, moves));
    }

    /** Where the environments point, without a word of how they came there. */
    EnvironmentMoves present() throws IOException {
        return moves("", reader.tip(), List.of());
    }

    /** Tells of what the index lacks, if it has adopted the prompt; costs a look at the truth where that is nothing. */
    void catchUp() throws IOException {
        Optional<String> known = shop.index().prompt(id).flatMap(PromptEntry::environments);
        ObjectId truth = reader.tip();
        if (known.isPresent() && !known.get().equals(Truths.hex(truth))) {
            shop.index().moved(id, moves(known.get(), truth, since(Truths.parse(known.get()), truth)));
        }
    }

    private EnvironmentMoves moves(String from, ObjectId to, List<Event.EnvironmentMoved> moves) throws IOException {
        Map<EnvironmentName, Environment.Target> now = new HashMap<>();
        reader.at(to).forEach((name, pointer) -> now.put(name, pointer.target()));
        return new EnvironmentMoves(from, Truths.hex(to), moves, now);
    }

    /** The moves between two states, oldest first; none where the later does not come of the earlier. */
    private List<Event.EnvironmentMoved> since(ObjectId known, ObjectId truth) throws IOException {
        List<RevCommit> missing = new ArrayList<>();
        try (RevWalk walk = new RevWalk(git)) {
            Optional<ObjectId> next = Truths.present(truth);
            while (next.isPresent() && !next.get().equals(known) && missing.size() < STEPS_MAX) {
                RevCommit commit = walk.parseCommit(next.get());
                missing.add(commit);
                next = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
            }
            if (!next.orElse(ObjectId.zeroId()).equals(known)) {
                return List.of();
            }
            List<Event.EnvironmentMoved> moves = new ArrayList<>();
            for (RevCommit commit : missing.reversed()) {
                moves.addAll(moves(walk, commit));
            }
            return moves;
        } catch (MissingObjectException e) {
            // Another hand cut the history off.
            return List.of();
        }
    }

    /** What one commit moved. */
    private static List<Event.EnvironmentMoved> moves(RevWalk walk, RevCommit commit) throws IOException {
        List<Event.EnvironmentMoved> moves = new ArrayList<>();
        try (TreeWalk files = new TreeWalk(walk.getObjectReader())) {
            files.setFilter(TreeFilter.ANY_DIFF);
            if (commit.getParentCount() == 0) {
                files.addTree(new EmptyTreeIterator());
            } else {
                files.addTree(walk.parseCommit(commit.getParent(0)).getTree());
            }
            files.addTree(commit.getTree());
            while (files.next()) {
                Optional<EnvironmentName> name = EnvironmentCodec.name(files.getPathString());
                if (name.isPresent()) {
                    Environment.Move move = EnvironmentHistory.move(
                            walk, commit, Truths.present(files.getObjectId(0)), Truths.present(files.getObjectId(1)));
                    moves.add(new Event.EnvironmentMoved(name.get(), move));
                }
            }
        }
        return moves;
    }
}
