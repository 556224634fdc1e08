package dev.versicle.git;

import dev.versicle.storage.Quarantine;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * A push, with its objects still apart.
 *
 * @param commands what is to be judged; each is left with a result, a rejected one with a sentence
 * @param atomic whether all are executed or none
 * @param tell says a line to the client, which shows it after {@code remote:}
 */
record Push(List<ReceiveCommand> commands, boolean atomic, Quarantine objects, Consumer<String> tell) {
    Push {
        commands = List.copyOf(commands);
    }
}
