package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Keeps who pushed what: a commit for each push on a ref of its own, with one file, {@code push.json}. A commit's own
 * author is only what its maker wrote.
 */
final class PushRecord {
    static final String FILE = "push.json";

    private static final int TRIES_MAX = 8;

    private final Repositories repositories;
    private final Repository git;

    PushRecord(Repositories repositories, Repository git) {
        this.repositories = repositories;
        this.git = git;
    }

    /** Records what was done; durable when it returns. */
    void write(List<ReceiveCommand> done, Scribe scribe) throws IOException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            ObjectId before = Truths.tip(git, RefNames.PUSHES);
            ObjectId commit = commit(done, before, scribe);
            if (repositories.move(git, RefNames.PUSHES, before, commit) != RefUpdate.Result.LOCK_FAILURE) {
                return;
            }
        }
        throw new IOException("somebody else holds " + RefNames.PUSHES);
    }

    private ObjectId commit(List<ReceiveCommand> done, ObjectId before, Scribe scribe) throws IOException {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(FILE, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, file(done, scribe)));
            String message = "Push by " + scribe.caller().subject() + "\n";
            List<ObjectId> parents = Truths.present(before).stream().toList();
            ObjectId commit = scribe.commit(inserter, inserter.insert(tree), parents, message);
            inserter.flush();
            return commit;
        }
    }

    private static byte[] file(List<ReceiveCommand> done, Scribe scribe) {
        ObjectNode file = Json.object();
        file.put("subject", scribe.caller().subject());
        file.put("at", Moments.write(scribe.moment()));
        ArrayNode refs = file.putArray("refs");
        for (ReceiveCommand command : done) {
            ObjectNode ref = refs.addObject();
            ref.put("ref", command.getRefName());
            hex(command.getOldId()).ifPresent(from -> ref.put("from", from));
            hex(command.getNewId()).ifPresent(to -> ref.put("to", to));
        }
        return Json.write(file);
    }

    private static Optional<String> hex(ObjectId id) {
        return Truths.present(id).map(ObjectId::name);
    }
}
