package dev.versicle.git;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/** Writes the current body where it is no version yet: one commit on main's tip, replaced by the next. */
final class DraftWriter {
    private final Workshop shop;
    private final Repository git;

    DraftWriter(Workshop shop, Repository git) {
        this.shop = shop;
        this.git = git;
    }

    Truths write(PlannedTree tree, Truths truths, Scribe scribe) throws IOException {
        ObjectId commit;
        try (ObjectInserter inserter = git.newObjectInserter()) {
            List<ObjectId> parents = Truths.present(truths.main()).stream().toList();
            commit = scribe.commit(inserter, tree.insertInto(inserter), parents, "Draft\n");
            inserter.flush();
        }
        shop.move(git, RefNames.DRAFT, truths.draft(), commit);
        return truths.withDraft(commit);
    }
}
