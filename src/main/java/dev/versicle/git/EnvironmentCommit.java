package dev.versicle.git;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Event;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * What the log of an environment's repository says of a change: who made it and when, as its author, and why.
 *
 * @param text subject and body, without the last paragraph
 * @param headers what stands in the last paragraph, but for the mark
 */
record EnvironmentCommit(String by, Instant at, String text, Headers headers, Mark mark) {
    /** Who writes these repositories, and does what nobody asked for. */
    static final String SERVER = "versicle";

    /** A move, in its mover's words where there are any. */
    static EnvironmentCommit of(Event event, Event.EnvironmentMoved fact, Mark mark) {
        Environment.Move move = fact.move();
        String what = fact.environment() + ": " + event.prompt().name();
        String from = move.from().map(target -> " " + target.version()).orElse("");
        String told =
                move.to().map(target -> what + from + " → " + target.version()).orElse(what + from + " dropped");
        Headers headers = headers(event, move.to());
        return new EnvironmentCommit(
                move.moved().by(), move.moved().at(), move.moved().message().orElse(told), headers, mark);
    }

    /** Anything else that happened to a prompt. */
    static EnvironmentCommit of(Event event, Optional<Environment.Target> target, String text, Mark mark) {
        return new EnvironmentCommit(event.by().orElse(SERVER), event.at(), text, headers(event, target), mark);
    }

    private static Headers headers(Event event, Optional<Environment.Target> target) {
        return new Headers()
                .with(Mark.PROMPT, event.prompt().name().text())
                .with(Mark.VERSION, target.map(Environment.Target::version))
                .with(Mark.COMMIT, target.map(to -> to.commit().hex()));
    }

    /** Writes it; {@code now} is when the server does. */
    ObjectId write(ObjectInserter inserter, ObjectId tree, Optional<ObjectId> parent, Instant now) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parent.stream().toList());
        commit.setAuthor(new PersonIdent(by, by, at, ZoneOffset.UTC));
        commit.setCommitter(new PersonIdent(SERVER, SERVER, now, ZoneOffset.UTC));
        commit.setMessage(mark.message(text, headers));
        return inserter.insert(commit);
    }
}
