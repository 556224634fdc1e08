package dev.versicle.prompt;

import java.util.List;

/**
 * A request to save a version of the prompt with a name, which is made where there is none.
 *
 * @param tags that the prompt shall have, too
 */
public record NamedDraft(PromptName name, Draft draft, List<Tag> tags) {
    public NamedDraft {
        tags = List.copyOf(tags);
    }

    public NamedDraft(PromptName name, Draft draft) {
        this(name, draft, List.of());
    }
}
