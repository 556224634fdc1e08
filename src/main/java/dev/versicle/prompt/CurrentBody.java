package dev.versicle.prompt;

/**
 * A prompt's current body.
 *
 * @param saved whether it was saved as such and is no version yet; else it is the latest version's
 */
public record CurrentBody(String text, boolean saved) {}
