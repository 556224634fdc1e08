package dev.versicle.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A tree to be, with the objects that it needs. */
record PlannedTree(ObjectId id, TreePlan plan) {
    /** A tree that is there already. */
    static PlannedTree present(ObjectId id) {
        return new PlannedTree(id, new TreePlan());
    }

    ObjectId insertInto(ObjectInserter inserter) throws IOException {
        plan.insertInto(inserter);
        return id;
    }
}
