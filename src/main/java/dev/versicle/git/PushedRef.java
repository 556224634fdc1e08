package dev.versicle.git;

import dev.versicle.prompt.SemVer;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * What a ref means in a push. A push is judged and executed in this order, so that a tag finds the version that comes
 * with it; what is deleted goes first in its kind, so that it is in nobody's way.
 */
enum PushedRef {
    MAIN,
    DRAFT,
    BRANCH,
    RELEASE,
    DISPLAY,
    ENVIRONMENT,
    /** Not to be pushed by anybody. */
    CLOSED;

    static PushedRef of(String ref) {
        if (ref.equals(RefNames.MAIN)) {
            return MAIN;
        }
        if (ref.equals(RefNames.DRAFT)) {
            return DRAFT;
        }
        if (RefNames.isFree(ref)) {
            return BRANCH;
        }
        if (ref.startsWith(RefNames.ENVIRONMENT_BRANCHES)) {
            return ENVIRONMENT;
        }
        if (!ref.startsWith(RefNames.TAGS)) {
            return CLOSED;
        }
        return SemVer.shapes(ref.substring(RefNames.TAGS.length())) ? RELEASE : DISPLAY;
    }

    static List<ReceiveCommand> ordered(List<ReceiveCommand> commands) {
        return commands.stream()
                .sorted(Comparator.comparing((ReceiveCommand command) -> of(command.getRefName()))
                        .thenComparing(command -> command.getType() != ReceiveCommand.Type.DELETE))
                .toList();
    }

    /** Those of one kind, in their order. */
    List<ReceiveCommand> among(List<ReceiveCommand> commands) {
        return ordered(commands).stream()
                .filter(command -> of(command.getRefName()) == this)
                .toList();
    }
}
