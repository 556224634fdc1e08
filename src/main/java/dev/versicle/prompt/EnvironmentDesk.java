package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;

/** What may be asked of a prompt's environments: who reads the prompt sees them, who updates it moves them. */
public final class EnvironmentDesk {
    private final Prompts prompts;

    public EnvironmentDesk(Prompts prompts) {
        this.prompts = prompts;
    }

    /** The environments, by name. */
    public List<Environment> environments(Caller caller, PromptId id) {
        return prompts.with(caller, id, Right.READ, PromptRepository::environments);
    }

    /** Throws {@link Problem.EnvironmentNotFound}. */
    public Environment environment(Caller caller, PromptId id, EnvironmentName name) {
        return environments(caller, id).stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PromptException(new Problem.EnvironmentNotFound(name)));
    }

    /** Where an environment is to point, and why. */
    public record Wish(VersionRef to, Optional<String> message) {}

    /**
     * Makes an environment, or moves it to a live version. One that is there moves only for who says what of it was
     * seen ({@link Problem.PreconditionRequired}), and only while that is so ({@link Problem.Stale}).
     */
    public Environment.Placed move(Caller caller, PromptId id, EnvironmentName name, Wish wish, Expected expected) {
        return prompts.with(caller, id, Right.UPDATE, prompt -> {
            requireMovable(caller, id, name, prompt.settings());
            return prompt.moveEnvironment(name, wish, caller, expected);
        });
    }

    /** Drops an environment, where {@code expected} still holds; its history stays. */
    public void drop(Caller caller, PromptId id, EnvironmentName name, Expected expected) {
        prompts.with(caller, id, Right.UPDATE, prompt -> {
            requireMovable(caller, id, name, prompt.settings());
            prompt.dropEnvironment(name, caller, expected);
            return id;
        });
    }

    private static void requireMovable(Caller caller, PromptId id, EnvironmentName name, PromptSettings settings) {
        Right right = settings.rightToMove(name);
        if (!settings.allows(caller, right)) {
            throw new PromptException(new Problem.Denied(id, right));
        }
    }

    /** The commit of the last move of any of them; see {@link PromptRepository#lastMove}. */
    public Optional<CommitId> lastMove(Caller caller, PromptId id) {
        return prompts.with(caller, id, Right.READ, PromptRepository::lastMove);
    }

    /** The moves of an environment, newest first, dropped or not; 1 to 100 of them, from {@code cursor} on. */
    public Environment.Moves history(
            Caller caller, PromptId id, EnvironmentName name, Optional<CommitId> cursor, int limit) {
        Page.Window window = new Page.Window(1, limit);
        Environment.Moves moves =
                prompts.with(caller, id, Right.READ, prompt -> prompt.moves(name, cursor, window.limit()));
        if (moves.items().isEmpty()) {
            throw new PromptException(new Problem.EnvironmentNotFound(name));
        }
        return moves;
    }
}
