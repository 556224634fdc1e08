package dev.versicle.prompt;

/** How far the import of a remote history has come; the cases are in the order in which they come. */
public sealed interface ImportStep {
    /** The remote is asked for its refs. */
    record Connecting() implements ImportStep {}

    /** The remote says what the history has, so many objects up to now. */
    record Counting(long objects) implements ImportStep {}

    /** So many bytes of a history of so many objects are here. */
    record Receiving(long objects, long bytes) implements ImportStep {}

    /** All of it is here, and is looked at. */
    record Checking(long bytes) implements ImportStep {}

    /** It is sound, and becomes a prompt. */
    record Saving() implements ImportStep {}
}
