package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the commands of a push and executes them. Called with the prompt's write lock held.
 *
 * <p>All are judged before the first ref moves, and what they bring is durable then. A command has its result as soon
 * as what it wants is durable and true; after a {@link LostRace} all is decided again but for those. The signs and the
 * index follow; the record of the push is the last that is written.
 */
final class PushWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PushWriter.class);

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final Mender mender;

    PushWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.mender = new Mender(shop, id, git);
    }

    /**
     * Leaves each command with a result.
     *
     * @param address where a version of a number can be seen, for people
     */
    PromptId execute(Push push, Caller by, IntFunction<String> address) throws IOException {
        Truths truths = mender.mend();
        PushScene scene = new PushScene(push, by, new PromptReader(shop, id, git).settings(truths), truths);
        try (PushRules rules = new PushRules(shop, id, git, scene)) {
            rules.judge();
        }
        List<ReceiveCommand> accepted = PushRules.pending(push);
        push.objects()
                .admit(accepted.stream()
                        .map(ReceiveCommand::getNewId)
                        .filter(to -> !Truths.absent(to))
                        .toList());
        try {
            perform(accepted, by, truths);
        } catch (LostRace e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            record(push, by);
            throw e;
        }
        record(push, by);
        new PushReport(shop, id, git, address).tell(push);
        return id;
    }

    private void perform(List<ReceiveCommand> accepted, Caller by, Truths before) throws IOException {
        Truths truths = before;
        for (ReceiveCommand command : PushedRef.MAIN.among(accepted)) {
            move(command);
            truths = mender.mend(by);
        }
        for (ReceiveCommand command : PushedRef.DRAFT.among(accepted)) {
            move(command);
            truths = truths.withDraft(command.getNewId());
            new Recorder(shop, id, git).record(truths, shop.now());
        }
        for (ReceiveCommand command : PushedRef.BRANCH.among(accepted)) {
            branch(command, by);
        }
        for (ReceiveCommand command : PushedRef.RELEASE.among(accepted)) {
            release(command, by);
        }
        List<ReceiveCommand> display = PushedRef.DISPLAY.among(accepted);
        if (!display.isEmpty()) {
            new DisplayTags(shop, id, git).write(display, by, truths);
        }
        for (ReceiveCommand command : PushedRef.ENVIRONMENT.among(accepted)) {
            environment(command, by);
        }
    }

    private void move(ReceiveCommand command) throws IOException {
        shop.move(git, command.getRefName(), from(command), command.getNewId());
        command.setResult(ReceiveCommand.Result.OK);
    }

    private void branch(ReceiveCommand command, Caller by) throws IOException {
        String ref = command.getRefName();
        new ClonedRefs(shop, id, git).move(ref, from(command), command.getNewId(), Optional.of(by.subject()));
        command.setResult(ReceiveCommand.Result.OK);
    }

    /** The client's old id is what must be there, but where it was not shown the ref. */
    private ObjectId from(ReceiveCommand command) throws IOException {
        ObjectId there = Truths.tip(git, command.getRefName());
        boolean unseen = Truths.absent(command.getOldId())
                && (Truths.absent(command.getNewId()) || there.equals(command.getNewId()));
        return unseen ? there : command.getOldId();
    }

    private void release(ReceiveCommand command, Caller by) throws IOException {
        SemVer release = RefNames.released(command.getRefName()).orElseThrow();
        ObjectId commit = Targets.peeled(git, command.getNewId()).orElseThrow();
        Signs signs = new Signs(shop, id, git);
        if (!signs.released(release)) {
            signs.release(release, command.getNewId(), commit, Optional.of(by.subject()));
        }
        command.setResult(ReceiveCommand.Result.OK);
    }

    private void environment(ReceiveCommand command, Caller by) throws IOException {
        EnvironmentWriter writer = new EnvironmentWriter(shop, id, git);
        EnvironmentName name = PushRules.environment(command.getRefName()).orElseThrow();
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            writer.drop(name, by);
        } else {
            VersionEntry to = Targets.entry(shop, id, command.getNewId()).orElseThrow();
            writer.move(name, to, Optional.empty(), by);
        }
        command.setResult(ReceiveCommand.Result.OK);
    }

    /** What was done is done and stays acknowledged, recorded or not; a record that fails is told to all. */
    private void record(Push push, Caller by) {
        List<ReceiveCommand> done = PushReport.done(push);
        if (done.isEmpty()) {
            return;
        }
        try {
            new PushRecord(shop.repositories(), git).write(done, new Scribe(by, shop.now()));
        } catch (IOException | UncheckedIOException e) {
            LOG.error("prompt {}: a push by {} is done, and could not be recorded", id, by.subject(), e);
            push.tell().accept("This push is done, but who made it could not be recorded");
        }
    }
}
