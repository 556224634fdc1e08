package dev.versicle.prompt;

import java.time.Instant;
import java.util.Optional;

/**
 * What the server keeps of an API key.
 *
 * @param id 12 lower-case hex digits, the public half
 * @param secretHash SHA-256 of the secret half, 64 hex digits; the secret itself is stored nowhere
 * @param bearer who a request with this key is
 */
public record ApiKey(String id, String secretHash, Caller bearer, Issue issue) {
    /**
     * How it came to be.
     *
     * @param name what people call it
     * @param by the subject that made it
     * @param until when it ends, if ever
     */
    public record Issue(String name, String by, Instant at, Optional<Instant> until) {
        public static final int NAME_CHARACTERS_MAX = 200;

        public Issue {
            if (name.isBlank()) {
                throw Texts.invalid("name", "must not be blank");
            }
            Texts.line("name", name, NAME_CHARACTERS_MAX);
        }
    }

    /** Whether it is {@code caller}'s to see and to remove: who made it, who bears it, and every administrator. */
    boolean isOf(Caller caller) {
        return caller.has(Role.ADMIN)
                || issue.by().equals(caller.subject())
                || bearer.subject().equals(caller.subject());
    }
}
