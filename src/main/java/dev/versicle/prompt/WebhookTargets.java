package dev.versicle.prompt;

/** Where subscribers may be told of events. */
@FunctionalInterface
public interface WebhookTargets {
    /** Throws {@link Problem.Invalid} of field {@code url} where that is no address that this server may call. */
    void require(String url);
}
