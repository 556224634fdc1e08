package dev.versicle.prompt;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A request to make a prompt; with a body it has version 1 at once. A blank description means absent. */
public record NewPrompt(
        PromptName name,
        Optional<String> description,
        SortedSet<Tag> tags,
        Visibility visibility,
        Optional<PromptText> body) {
    public NewPrompt {
        description = description.filter(text -> !text.isBlank());
        description.ifPresent(text -> Texts.block("description", text, PromptSettings.DESCRIPTION_CHARACTERS_MAX));
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        PromptSettings.requireTags(tags);
    }

    /** A private prompt without tags. */
    public NewPrompt(PromptName name, Optional<String> description, Optional<PromptText> body) {
        this(name, description, Collections.emptySortedSet(), Visibility.PRIVATE, body);
    }
}
