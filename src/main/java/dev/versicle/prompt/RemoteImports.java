package dev.versicle.prompt;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Takes histories from other servers into new prompts. Commits keep their ids, and with them what they say of numbers
 * and releases; who may do what is said anew, since a remote shows no settings: the prompt is the caller's. It is there
 * wholly or not at all. A caller has one import at a time, as each may hold what a prompt may at most have.
 */
public final class RemoteImports {
    /** Of all callers together. */
    public static final int IMPORTS_MAX = 8;

    /** When a caller may try again: an import may take minutes. */
    private static final int RETRY_SECONDS = 30;

    /** What is to come from where, and what it is to be called; in the caller's namespace unless another is named. */
    public record Wanted(Remote from, NewPrompt prompt, Optional<Namespace> namespace) {}

    private final Prompts prompts;
    private final Transfers transfers;
    private final RemoteRepositories remotes;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Set<String> underWay = new HashSet<>();

    public RemoteImports(
            Prompts prompts,
            Transfers transfers,
            RemoteRepositories remotes,
            InstantSource clock,
            RandomGenerator random) {
        this.prompts = prompts;
        this.transfers = transfers;
        this.remotes = remotes;
        this.clock = clock;
        this.random = random;
    }

    /** Refuses what can be refused without asking the remote; the caller closes what it gets. */
    public Begun begin(Caller caller, Wanted wanted) {
        transfers.requireImports(caller);
        Namespace home = wanted.namespace().orElse(caller.namespace());
        if (!home.equals(caller.namespace()) && !caller.has(Role.ADMIN)) {
            throw new PromptException(new Problem.Forbidden("importing prompts into namespace " + home));
        }
        transfers.requireFree(home, wanted.prompt().name());
        remotes.require(wanted.from());
        take(caller);
        PromptSettings settings =
                PromptSettings.of(caller, wanted.prompt(), clock.instant()).moved(home);
        return new Begun(caller, wanted.from(), settings);
    }

    private void take(Caller caller) {
        synchronized (underWay) {
            if (underWay.size() >= IMPORTS_MAX || !underWay.add(caller.subject())) {
                throw new PromptException(new Problem.Busy("imports", RETRY_SECONDS));
            }
        }
    }

    /** An import that may run, once; others of its caller may not until it is closed. */
    public final class Begun implements AutoCloseable {
        private final Caller caller;
        private final Remote from;
        private final PromptSettings settings;

        private Begun(Caller caller, Remote from, PromptSettings settings) {
            this.caller = caller;
            this.from = from;
            this.settings = settings;
        }

        /** Makes the prompt, and tells of each step; what {@code told} throws ends it. */
        public Prompt run(Consumer<ImportStep> told) {
            try {
                return made(told);
            } catch (PromptException e) {
                throw new PromptException(ofHistory(e.problem()));
            }
        }

        private Prompt made(Consumer<ImportStep> told) {
            PromptId id = PromptId.next(clock, random);
            Transfers.Outcome outcome = remotes.fetch(
                    from,
                    told,
                    bundle -> transfers.found(caller, id, bundle, () -> {
                        told.accept(new ImportStep.Saving());
                        return settings;
                    }));
            return switch (outcome) {
                case Transfers.Outcome.Imported ignored -> prompts.prompt(caller, id);
                case Transfers.Outcome.Refused refused -> throw new PromptException(refused.problem());
                case Transfers.Outcome.Exists ignored -> throw new IllegalStateException(id + " was just made up");
            };
        }

        @Override
        public void close() {
            synchronized (underWay) {
                underWay.remove(caller.subject());
            }
        }
    }

    /** That it came as a bundle is nothing that the caller knows of. */
    private static Problem ofHistory(Problem problem) {
        if (problem instanceof Problem.Invalid invalid && invalid.field().equals("bundle")) {
            return new Problem.Invalid("history", invalid.rule());
        }
        return problem instanceof Problem.TooLarge large
                ? new Problem.TooLarge("The history", large.bytesMax())
                : problem;
    }
}
