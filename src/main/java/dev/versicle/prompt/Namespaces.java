package dev.versicle.prompt;

/** The namespaces that were ever used. */
public interface Namespaces {
    /** Registers a namespace unless it is known; durable when it returns. */
    void ensure(Namespace namespace, Caller by);

    boolean knows(Namespace namespace);
}
