package dev.versicle.prompt;

/** The namespaces that were ever used, and what was set for them. */
public interface Namespaces {
    /** Registers a namespace unless it is known; durable when it returns. */
    void ensure(Namespace namespace, Caller by);

    boolean knows(Namespace namespace);

    /** What holds in a namespace; one that nobody knows has what all begin with. */
    NamespaceSettings settings(Namespace namespace);

    /** Makes the settings these; durable when it returns. */
    void change(Namespace namespace, NamespaceSettings settings, Caller by);
}
