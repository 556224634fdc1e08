package dev.versicle.prompt;

/** What a grant allows; each right includes those before it, so OWNER is all of them. */
public enum Right {
    READ,
    UPDATE,
    PROMOTE,
    DELETE,
    OWNER
}
