package dev.versicle.prompt;

/** What a clone URL names. */
public sealed interface GitTarget {
    /** A prompt's own repository. */
    record OfPrompt(PromptId id) implements GitTarget {}

    /** The generated repository of an environment. */
    record OfEnvironment(EnvironmentPlace place) implements GitTarget {}
}
