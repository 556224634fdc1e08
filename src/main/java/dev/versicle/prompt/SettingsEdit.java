package dev.versicle.prompt;

import java.util.Optional;
import java.util.SortedSet;

/** A change to a prompt's settings; what is absent stays. */
public record SettingsEdit(Place place, Field<String> description, Optional<SortedSet<Tag>> tags, AccessEdit access) {
    /** Where the prompt shall be found. */
    public record Place(Optional<Namespace> namespace, Optional<PromptName> name) {
        boolean moves() {
            return namespace.isPresent() || name.isPresent();
        }
    }

    /** Who may read the prompt, and which of its environments only who has {@link Right#PROMOTE} moves. */
    public record AccessEdit(Optional<Visibility> visibility, Optional<SortedSet<EnvironmentName>> guarded) {
        public AccessEdit {
            guarded.ifPresent(PromptSettings.Access::requireGuarded);
        }

        boolean changes() {
            return visibility.isPresent() || guarded.isPresent();
        }

        PromptSettings applyTo(PromptSettings before) {
            PromptSettings seen = visibility.map(before::seen).orElse(before);
            return guarded.map(seen::guarding).orElse(seen);
        }
    }

    public SettingsEdit {
        if (!place.moves() && description instanceof Field.Keep && tags.isEmpty() && !access.changes()) {
            throw Texts.invalid(
                    "body",
                    "must have at least one of name, namespace, description, tags, visibility and "
                            + "protected_environments");
        }
        if (description instanceof Field.Set<String> set) {
            Texts.block("description", set.value(), PromptSettings.DESCRIPTION_CHARACTERS_MAX);
        }
        tags.ifPresent(PromptSettings::requireTags);
    }

    /** Who may do what with it and where it is are the owner's to say. */
    Right right() {
        return access.changes() || place.namespace().isPresent() ? Right.OWNER : Right.UPDATE;
    }

    PromptSettings applyTo(PromptSettings before) {
        PromptSettings named = place.name().map(before::renamed).orElse(before);
        PromptSettings moved = place.namespace().map(named::moved).orElse(named);
        PromptSettings tagged = tags.map(moved::tagged).orElse(moved);
        return access.applyTo(tagged).described(description.applyTo(before.description()));
    }
}
