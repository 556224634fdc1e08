package dev.versicle.prompt;

/** Which integration: what it is called, in a namespace. The name has no colon, since {@code name:model} is a model. */
public record IntegrationId(Namespace namespace, String name) {
    public IntegrationId {
        if (name.isBlank() || name.indexOf(ModelName.DIVIDER) >= 0) {
            throw Texts.invalid("integration", "must be a name without colons, and not blank");
        }
        Texts.line("integration", name, ModelName.CHARACTERS_MAX);
    }

    /** The integration that a model is of, in the caller's namespace. */
    static IntegrationId of(Caller caller, ModelName model) {
        return new IntegrationId(caller.namespace(), model.provider());
    }
}
