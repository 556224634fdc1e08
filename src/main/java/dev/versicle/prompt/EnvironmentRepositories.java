package dev.versicle.prompt;

/**
 * The generated repositories, one for each environment of a namespace: they follow the events, and nobody writes to
 * them. Asks nobody for leave.
 */
public interface EnvironmentRepositories {
    /**
     * Whether there is one. Before it answers, what was lost is made again, and the moves that were acknowledged until
     * now are waited for, for a while.
     */
    boolean has(EnvironmentPlace place);

    /** Tells a Git client of its refs. Throws {@link Problem.PromptNotFound} where there is none. */
    void advertise(EnvironmentPlace place, Wire wire);

    /** Gives a Git client what it asks for. Throws {@link Problem.PromptNotFound} where there is none. */
    void upload(EnvironmentPlace place, Wire wire);

    /** Makes all of a namespace look as its settings say, as one commit of {@code by} in each that does not. */
    void settle(Namespace namespace, Caller by);
}
