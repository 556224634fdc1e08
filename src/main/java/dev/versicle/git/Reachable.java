package dev.versicle.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for objects in the history of refs, the newest commit first, and stops when it has found all: what a checkout
 * asks for lies in the newest tree. What it has seen of some refs it does not look at again for others.
 */
final class Reachable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reachable.class);

    private final ObjectReader reader;
    private final Set<ObjectId> wanted;
    /** Commits are found without a look at trees where nothing else is wanted. */
    private final boolean trees;

    private final Set<ObjectId> seen = new HashSet<>();
    private final List<RevCommit> done = new ArrayList<>();
    private final RevWalk walk;

    /**
     * @param wanted what is looked for; what was found is taken out of it
     * @param trees whether trees and blobs are among it
     */
    Reachable(ObjectReader reader, Set<ObjectId> wanted, boolean trees) {
        this.reader = reader;
        this.wanted = wanted;
        this.trees = trees;
        this.walk = new RevWalk(reader);
        walk.setRetainBody(false);
    }

    /** Looks in what these refs lead to, as long as something is wanted. */
    void look(Collection<Ref> refs) throws IOException {
        walk.reset();
        List<RevCommit> tips = tips(refs);
        walk.markStart(tips);
        for (RevCommit commit : done) {
            walk.markUninteresting(commit);
        }
        done.addAll(tips);
        RevCommit commit = wanted.isEmpty() ? null : walk.next();
        while (commit != null) {
            wanted.remove(commit);
            if (trees) {
                look(commit.getTree());
            }
            commit = wanted.isEmpty() ? null : walk.next();
        }
    }

    private List<RevCommit> tips(Collection<Ref> refs) throws IOException {
        List<RevCommit> tips = new ArrayList<>();
        for (Ref ref : refs) {
            if (ref.getObjectId() != null) {
                try {
                    tips.add(walk.parseCommit(ref.getObjectId()));
                } catch (IncorrectObjectTypeException | MissingObjectException e) {
                    LOG.debug("{} has no history", ref.getName(), e);
                }
            }
        }
        return tips;
    }

    private void look(AnyObjectId top) throws IOException {
        Deque<ObjectId> open = new ArrayDeque<>(List.of(top.copy()));
        while (!open.isEmpty() && !wanted.isEmpty()) {
            ObjectId tree = open.pop();
            if (seen.add(tree)) {
                wanted.remove(tree);
                entries(tree, open);
            }
        }
    }

    private void entries(ObjectId tree, Deque<ObjectId> open) throws IOException {
        CanonicalTreeParser entries = new CanonicalTreeParser();
        for (entries.reset(reader, tree); !entries.eof(); entries.next(1)) {
            ObjectId entry = entries.getEntryObjectId();
            if (entries.getEntryFileMode().getObjectType() == Constants.OBJ_TREE) {
                open.push(entry);
            } else {
                wanted.remove(entry);
            }
        }
    }

    @Override
    public void close() {
        walk.close();
    }
}
