package dev.versicle.auth;

import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Tells who bears an API key. */
public final class ApiKeys {
    private static final String NO_HASH = "0".repeat(64);

    private final KeyRing ring;
    private final InstantSource clock;

    public ApiKeys(KeyRing ring, InstantSource clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /** Whose key this is; empty for what is malformed, unknown, expired or has another secret, at no telling pace. */
    Optional<Caller> bearer(String token) {
        return ApiKeyText.parse(token).flatMap(this::bearer);
    }

    private Optional<Caller> bearer(ApiKeyText key) {
        Optional<ApiKey> kept = ring.find(key.id());
        // An unknown id is compared too: how long it takes must not tell which ids there are.
        boolean same = same(kept.map(ApiKey::secretHash).orElse(NO_HASH), key.secretHash());
        Instant now = clock.instant();
        return kept.filter(found -> same)
                .filter(found -> found.expiresAt().map(now::isBefore).orElse(true))
                .map(ApiKey::bearer);
    }

    private static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
