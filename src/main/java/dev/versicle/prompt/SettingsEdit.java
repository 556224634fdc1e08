package dev.versicle.prompt;

import java.util.Optional;
import java.util.SortedSet;

/** A change to a prompt's settings; what is absent stays. */
public record SettingsEdit(
        Place place, Field<String> description, Optional<SortedSet<Tag>> tags, Optional<Visibility> visibility) {
    /** Where the prompt shall be found. */
    public record Place(Optional<Namespace> namespace, Optional<PromptName> name) {
        boolean moves() {
            return namespace.isPresent() || name.isPresent();
        }
    }

    public SettingsEdit {
        if (!place.moves() && description instanceof Field.Keep && tags.isEmpty() && visibility.isEmpty()) {
            throw Texts.invalid("body", "must have at least one of name, namespace, description, tags and visibility");
        }
        if (description instanceof Field.Set<String> set) {
            Texts.block("description", set.value(), PromptSettings.DESCRIPTION_CHARACTERS_MAX);
        }
        tags.ifPresent(PromptSettings::requireTags);
    }

    /** Who may read it and where it is are the owner's to say. */
    Right right() {
        return visibility.isPresent() || place.namespace().isPresent() ? Right.OWNER : Right.UPDATE;
    }

    PromptSettings applyTo(PromptSettings before) {
        PromptSettings named = place.name().map(before::renamed).orElse(before);
        PromptSettings moved = place.namespace().map(named::moved).orElse(named);
        PromptSettings tagged = tags.map(moved::tagged).orElse(moved);
        PromptSettings seen = visibility.map(tagged::seen).orElse(tagged);
        return seen.described(description.applyTo(before.description()));
    }
}
