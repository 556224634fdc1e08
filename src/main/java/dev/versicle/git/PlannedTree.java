package dev.versicle.git;

import dev.versicle.prompt.Snapshot;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * A tree to be, with the objects that it needs.
 *
 * @param body its text and models, where planning it told
 */
record PlannedTree(ObjectId id, TreePlan plan, Optional<Snapshot.Body> body) {
    /** A tree that is there already. */
    static PlannedTree present(ObjectId id) {
        return new PlannedTree(id, new TreePlan(), Optional.empty());
    }

    ObjectId insertInto(ObjectInserter inserter) throws IOException {
        plan.insertInto(inserter);
        return id;
    }
}
