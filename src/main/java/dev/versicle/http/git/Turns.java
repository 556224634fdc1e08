package dev.versicle.http.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Role;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets each caller have so many transfers under way, so that one cannot take the server from the others. Who shows no
 * token is told apart by the address that the request came from: behind a proxy all of them are one.
 */
@Singleton
final class Turns {
    private static final int RETRY_SECONDS = 5;

    private final GitLimits limits;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    Turns(GitLimits limits) {
        this.limits = limits;
    }

    /** Takes a turn, to be closed. Throws {@link Problem.Busy} where the caller has all of its own. */
    Turn take(Caller caller, HttpRequest<?> request) {
        String who = caller.has(Role.NOBODY)
                ? "address " + request.getRemoteAddress().getAddress().getHostAddress()
                : "subject " + caller.subject();
        Turn turn = new Turn(who);
        if (taken.merge(who, 1, Integer::sum) > limits.transfers()) {
            turn.close();
            throw new PromptException(new Problem.Busy("clones, fetches and pushes", RETRY_SECONDS));
        }
        return turn;
    }

    /** How many are under way. */
    int taken() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The leave for one transfer. */
    final class Turn implements AutoCloseable {
        private final String who;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Turn(String who) {
            this.who = who;
        }

        /** Gives it back, once. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                taken.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
