package dev.versicle.prompt;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A request to make an API key.
 *
 * @param subject whom the key makes its bearer; where absent, an administrator's key is for who is called {@code name},
 *     anybody else's for themselves
 * @param namespace where absent, the caller's
 */
public record NewKey(
        String name,
        Optional<String> subject,
        Optional<Namespace> namespace,
        Set<Role> roles,
        Optional<Instant> expiresAt) {
    public NewKey {
        roles = Set.copyOf(roles);
    }
}
