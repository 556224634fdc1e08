package dev.versicle.prompt;

import java.util.Optional;
import java.util.Set;

/**
 * Who is asking. A caller without any role creates prompts and has every right on its own, and on others those that
 * were granted.
 *
 * @param subject the identity that grants and {@code createdBy} name: one line of at most 200 characters
 * @param name for the author of commits; the subject where absent
 * @param email for the author of commits
 */
public record Caller(
        String subject, Optional<String> name, Optional<String> email, Namespace namespace, Set<Role> roles) {
    public static final int CHARACTERS_MAX = 200;

    /** Who shows no token. */
    public static final Caller NOBODY =
            new Caller("nobody", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.NOBODY));

    public Caller {
        if (subject.isBlank()) {
            throw Texts.invalid("subject", "must not be blank");
        }
        Texts.line("subject", subject, CHARACTERS_MAX);
        name = name.filter(text -> !text.isBlank());
        email = email.filter(text -> !text.isBlank());
        name.ifPresent(text -> Texts.line("name", text, CHARACTERS_MAX));
        email.ifPresent(text -> Texts.line("email", text, CHARACTERS_MAX));
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether this caller may create prompts in its namespace: everybody but a mere reader. */
    public boolean creates() {
        return roles.isEmpty() || has(Role.WRITER) || has(Role.ADMIN);
    }
}
