package dev.versicle.prompt;

import java.util.Optional;

/** A request to make a prompt; with a body it has version 1 at once. A blank description means absent. */
public record NewPrompt(PromptName name, Optional<String> description, Optional<PromptText> body) {
    public NewPrompt {
        description = description.filter(text -> !text.isBlank());
        description.ifPresent(text -> Texts.block("description", text, PromptSettings.DESCRIPTION_CHARACTERS_MAX));
    }
}
