package dev.versicle.clients;

/**
 * What came of a client's work.
 *
 * @param done whether it says that all was done
 * @param words what it told its user
 */
record Said(boolean done, String words) {
    /** These words, where the work is done; an error with them where it is not. */
    Said required() {
        if (!done) {
            throw new AssertionError("the client says: " + words);
        }
        return this;
    }
}
