package dev.versicle.http;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Role;
import io.micronaut.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets each caller have so many of something under way, so that one cannot take the server from the others, and all
 * together so many. Who shows no token is told apart by the address that the request came from: behind a proxy all of
 * them are one.
 */
public final class Turns {
    private final Problem.Busy refusal;
    private final int perCaller;
    private final Semaphore free;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** Where {@code refusal} is what a caller is told who has all of its own, or finds all taken. */
    public Turns(Problem.Busy refusal, int perCaller, int inAll) {
        this.refusal = refusal;
        this.perCaller = perCaller;
        this.free = new Semaphore(inAll);
    }

    /** The same without a limit on all together. */
    public Turns(Problem.Busy refusal, int perCaller) {
        this(refusal, perCaller, Integer.MAX_VALUE);
    }

    /** Takes a turn, to be closed. Throws {@link Problem.Busy} where there is none. */
    public Turn take(Caller caller, HttpRequest<?> request) {
        String who = caller.has(Role.NOBODY)
                ? "address " + request.getRemoteAddress().getAddress().getHostAddress()
                : "subject " + caller.subject();
        if (!free.tryAcquire()) {
            throw new PromptException(refusal);
        }
        Turn turn = new Turn(who);
        if (taken.merge(who, 1, Integer::sum) > perCaller) {
            turn.close();
            throw new PromptException(refusal);
        }
        return turn;
    }

    /** How many are under way. */
    public int taken() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The leave for one. */
    public final class Turn implements AutoCloseable {
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
                free.release();
            }
        }
    }
}
