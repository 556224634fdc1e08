package dev.versicle.prompt;

/** A version, with what the prompt that it is of is called and tagged. */
public record NamedVersion(PromptSettings prompt, Version version) {}
