package dev.versicle.prompt;

/** An environment of all prompts of a namespace: what one generated repository shows. */
public record EnvironmentPlace(Namespace namespace, EnvironmentName environment) {
    /** Reads all of a namespace, and so this: an administrator, and who reads or writes there by role. */
    public boolean isReadBy(Caller caller) {
        return namespace.isReadBy(caller);
    }

    @Override
    public String toString() {
        return namespace + "/" + environment;
    }
}
