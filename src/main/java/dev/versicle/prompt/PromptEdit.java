package dev.versicle.prompt;

import java.util.Optional;

/** A change to a prompt itself: its name, its description, its current body (which makes no version). */
public record PromptEdit(Optional<PromptName> name, Field<String> description, Optional<PromptText> body) {
    public PromptEdit {
        if (name.isEmpty() && description instanceof Field.Keep && body.isEmpty()) {
            throw Texts.invalid("body", "must have at least one of prompt, name and description");
        }
        if (description instanceof Field.Set<String> set) {
            Texts.block("description", set.value(), PromptSettings.DESCRIPTION_CHARACTERS_MAX);
        }
    }
}
