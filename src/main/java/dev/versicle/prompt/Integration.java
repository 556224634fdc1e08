package dev.versicle.prompt;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A provider of models that administrators made known: what it is, where it answers, which models, for whom. */
public record Integration(IntegrationId id, About about, Offer offer, PromptSettings.Access access, Changes changes) {
    public static final int DESCRIPTION_CHARACTERS_MAX = 10_000;
    public static final int TYPE_CHARACTERS_MAX = 200;
    public static final int MODELS_MAX = 1_000;

    /** The kinds of integration that there are, by the vendor's names. */
    public enum Category {
        API,
        AI_MODEL,
        VECTOR_DB,
        RELATIONAL_DB,
        MESSAGE_BROKER,
        GIT,
        EMAIL,
        MCP
    }

    /**
     * What people say about it.
     *
     * @param type such as {@code openai}; empty where nobody said
     * @param enabled where false, none of its models may be used
     */
    public record About(Category category, String type, Optional<String> description, boolean enabled) {
        public About {
            Texts.line("type", type, TYPE_CHARACTERS_MAX);
            description = described(description);
        }

        /** This in place of {@code before}; the type, once said, stays. */
        About after(About before) {
            String kept = before.type().isEmpty() ? type : before.type();
            if (!type.isEmpty() && !type.equals(kept)) {
                throw Texts.invalid("type", "must stay what it is once it is said");
            }
            return new About(category, kept, description, enabled);
        }
    }

    /** Where it answers, and its models by name. */
    public record Offer(Endpoint endpoint, SortedMap<String, Model> models) {
        public Offer {
            if (models.size() > MODELS_MAX) {
                throw Texts.invalid("models", "must be at most " + MODELS_MAX + " in an integration");
            }
            models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        }
    }

    /** A model; one that is not enabled may not be used. */
    public record Model(Optional<String> description, boolean enabled) {
        public Model {
            description = described(description);
        }
    }

    /** Who made it and who changed it last, each with the moment. */
    public record Changes(String createdBy, Instant createdAt, String updatedBy, Instant updatedAt) {
        Changes by(Caller caller, Instant now) {
            return new Changes(createdBy, createdAt, caller.subject(), now);
        }
    }

    private static Optional<String> described(Optional<String> description) {
        description.ifPresent(text -> Texts.block("description", text, DESCRIPTION_CHARACTERS_MAX));
        return description.filter(text -> !text.isBlank());
    }

    /** Whether {@code caller} may use it. */
    boolean isReadable(Caller caller) {
        return access.allows(caller, id.namespace(), Right.READ);
    }

    /** The model, where there is one by that name and it may be used. */
    Optional<Model> usable(ModelName model) {
        return Optional.ofNullable(offer.models().get(model.model()))
                .filter(found -> about.enabled() && found.enabled());
    }

    Integration offering(Offer other) {
        return new Integration(id, about, other, access, changes);
    }

    Integration changed(Caller by, Instant now) {
        return new Integration(id, about, offer, access, changes.by(by, now));
    }
}
