package dev.versicle.auth;

import java.net.URI;
import java.util.Optional;

/**
 * An outside party whose tokens are taken.
 *
 * @param keys where its public keys are, a JWKS document (RFC 7517)
 * @param issuer what the {@code iss} of its tokens must be
 * @param audience what must be among the {@code aud} of its tokens
 */
public record IdentityProvider(URI keys, Optional<String> issuer, Optional<String> audience) {}
