package dev.versicle.git;

import dev.versicle.prompt.Caller;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Writes commits in one caller's name, at one moment. */
record Scribe(Caller caller, Instant moment) {
    ObjectId commit(ObjectInserter inserter, ObjectId tree, List<ObjectId> parents, String message) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(person());
        commit.setCommitter(person());
        commit.setMessage(message);
        return inserter.insert(commit);
    }

    PersonIdent person() {
        String name = caller.name().orElse(caller.subject());
        String email = caller.email().orElse(caller.subject());
        return new PersonIdent(name, email, moment, ZoneOffset.UTC);
    }
}
