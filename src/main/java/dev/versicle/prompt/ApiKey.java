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
public record ApiKey(String id, String secretHash, Caller bearer, Instant createdAt, Optional<Instant> expiresAt) {}
