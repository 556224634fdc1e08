package dev.versicle.catalog;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Role;

/**
 * Which prompts a caller may read, besides those that everybody may.
 *
 * @param all whether it is every one
 * @param namespace the namespace of which it is every one; empty, which no namespace is, for a member of none
 * @param subject who owns them or has them granted; empty, which no subject is, for nobody
 */
record Reach(boolean all, String namespace, String subject) {
    private static final Reach PUBLIC_ALONE = new Reach(false, "", "");

    static Reach of(Caller caller) {
        if (caller.has(Role.NOBODY)) {
            return PUBLIC_ALONE;
        }
        boolean member = caller.has(Role.READER) || caller.has(Role.WRITER);
        return new Reach(caller.has(Role.ADMIN), member ? caller.namespace().text() : "", caller.subject());
    }

    boolean allOf(String asked) {
        return all || namespace.equals(asked);
    }
}
