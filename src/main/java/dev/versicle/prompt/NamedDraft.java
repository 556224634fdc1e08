package dev.versicle.prompt;

/** A request to save a version of the prompt with a name, which is made where there is none. */
public record NamedDraft(PromptName name, Draft draft) {}
