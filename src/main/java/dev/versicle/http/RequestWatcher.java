package dev.versicle.http;

/** Is told of every request once it has ended. */
public interface RequestWatcher {
    void ended(EndedRequest request);
}
