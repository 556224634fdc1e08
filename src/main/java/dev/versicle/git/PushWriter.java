package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import java.util.function.IntFunction;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Judges the commands of a push and executes them. Called with the prompt's write lock held. */
final class PushWriter {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    PushWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    PromptId execute(Push push, Caller by, IntFunction<String> address) {
        push.commands()
                .forEach(command -> command.setResult(
                        ReceiveCommand.Result.REJECTED_OTHER_REASON,
                        "prompt " + id + " takes no pushes yet from " + by.subject() + " " + shop.now() + git.isBare()
                                + address.apply(1)));
        return id;
    }
}
