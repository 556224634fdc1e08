package dev.versicle.prompt;

/**
 * What holds for a whole namespace.
 *
 * @param kustomization whether its environments' repositories have a {@code kustomization.yaml}
 */
public record NamespaceSettings(boolean kustomization) {
    /** What holds where nobody said anything. */
    public static final NamespaceSettings DEFAULT = new NamespaceSettings(false);
}
