package dev.versicle.prompt;

/** What may be asked of a namespace: its readers see its settings, its writers change them. */
public final class NamespaceDesk {
    private final Namespaces namespaces;
    private final EnvironmentRepositories environments;

    public NamespaceDesk(Namespaces namespaces, EnvironmentRepositories environments) {
        this.namespaces = namespaces;
        this.environments = environments;
    }

    /** Throws {@link Problem.Forbidden}, whether there is such a namespace or not. */
    public NamespaceSettings settings(Caller caller, Namespace namespace) {
        require(namespace.isReadBy(caller), "reading the settings of namespace " + namespace);
        return namespaces.settings(namespace);
    }

    /** Makes the settings these; all that follows from them is there when it returns, or comes after a kill. */
    public NamespaceSettings change(Caller caller, Namespace namespace, NamespaceSettings settings) {
        require(namespace.isWrittenBy(caller), "changing the settings of namespace " + namespace);
        namespaces.ensure(namespace, caller);
        namespaces.change(namespace, settings, caller);
        environments.settle(namespace, caller);
        return namespaces.settings(namespace);
    }

    private static void require(boolean allowed, String what) {
        if (!allowed) {
            throw new PromptException(new Problem.Forbidden(what));
        }
    }
}
