package dev.versicle.prompt;

/**
 * The prompt that a name leads to.
 *
 * @param moved whether it bears another name now, and only had this one
 */
public record Located(PromptId id, boolean moved) {}
