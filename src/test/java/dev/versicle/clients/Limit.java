package dev.versicle.clients;

import java.util.List;
import java.util.Optional;

/**
 * What a client cannot do, whatever the server: against {@code git http-backend} it cannot either.
 *
 * @param reason why, for people
 * @param says what is in its words when it is asked to
 */
record Limit(Client client, Operation operation, String reason, String says) {
    private static final String NO_OPTION = "no such option";

    /** In the order of the README's table. */
    static final List<Limit> ALL = List.of(
            new Limit(Client.PYGIT2, Operation.DEPTH_1, "is libgit2 1.5, which has no shallow clones", NO_OPTION),
            new Limit(
                    Client.GO_GIT,
                    Operation.DEEPEN,
                    "asks for nothing where it has the tip",
                    "empty git-upload-pack given"),
            new Limit(Client.PYGIT2, Operation.DEEPEN, "is libgit2 1.5, which has no shallow clones", NO_OPTION),
            new Limit(
                    Client.GO_GIT, Operation.EMPTY, "is in error where there is no branch", "couldn't find remote ref"),
            new Limit(Client.GO_GIT, Operation.ATOMIC, "has no such option in 5.4", NO_OPTION),
            new Limit(Client.DULWICH, Operation.ATOMIC, "has no such option", NO_OPTION),
            new Limit(Client.PYGIT2, Operation.ATOMIC, "has no such option", NO_OPTION),
            new Limit(Client.ISOMORPHIC_GIT, Operation.ATOMIC, "pushes one ref at a time", NO_OPTION));

    static Optional<Limit> of(Client client, Operation operation) {
        return ALL.stream()
                .filter(limit -> limit.client == client && limit.operation == operation)
                .findFirst();
    }
}
