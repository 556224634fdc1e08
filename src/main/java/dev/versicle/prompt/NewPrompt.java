package dev.versicle.prompt;

import java.util.Optional;

/** A request to make a prompt; with a body it has version 1 at once. */
public record NewPrompt(PromptName name, Optional<String> description, Optional<PromptText> body) {}
