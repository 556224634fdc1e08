package dev.versicle.prompt;

import java.util.Comparator;

/**
 * A model that a prompt is meant for, written {@code provider:model}.
 *
 * @param provider the name of an integration, which has no colon
 * @param model the model's name there
 */
public record ModelName(String provider, String model) implements Comparable<ModelName> {
    public static final int CHARACTERS_MAX = 200;

    static final char DIVIDER = ':';
    private static final Comparator<ModelName> ORDER =
            Comparator.comparing(ModelName::provider).thenComparing(ModelName::model);

    public ModelName {
        if (provider.isBlank() || provider.indexOf(DIVIDER) >= 0 || model.isBlank()) {
            throw Texts.invalid("models", "must be written integration:model");
        }
        Texts.line("models", provider, CHARACTERS_MAX);
        Texts.line("models", model, CHARACTERS_MAX);
    }

    /** Reads {@code provider:model}; the first colon divides. */
    public static ModelName parse(String text) {
        int divider = text.indexOf(DIVIDER);
        if (divider < 0) {
            throw Texts.invalid("models", "must be written integration:model");
        }
        return new ModelName(text.substring(0, divider), text.substring(divider + 1));
    }

    @Override
    public int compareTo(ModelName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return provider + DIVIDER + model;
    }
}
