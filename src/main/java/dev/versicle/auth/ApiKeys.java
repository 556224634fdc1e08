package dev.versicle.auth;

import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;

/** Judges API keys, and the tokens that were given for them. */
public final class ApiKeys {
    private static final String NO_HASH = "0".repeat(64);

    private final KeyRing ring;
    private final InstantSource clock;

    public ApiKeys(KeyRing ring, InstantSource clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /** Whose key this is; what is malformed, unknown or has another secret is worthless, at no telling pace. */
    Verdict judge(String token) {
        return ApiKeyText.parse(token).map(this::judge).orElseGet(Verdict.Worthless::new);
    }

    /** The verdict on a genuine token of {@code caller} that was given for a key: it holds as long as the key does. */
    Verdict judge(Caller caller, String keyId) {
        return ring.find(keyId).map(kept -> judge(kept, caller)).orElseGet(Verdict.Worthless::new);
    }

    private Verdict judge(ApiKeyText key) {
        Optional<ApiKey> kept = ring.find(key.id());
        // An unknown id is compared too: how long it takes must not tell which ids there are.
        boolean same = same(kept.map(ApiKey::secretHash).orElse(NO_HASH), key.secretHash());
        return kept.filter(found -> same)
                .map(found -> judge(found, found.bearer()))
                .orElseGet(Verdict.Worthless::new);
    }

    private Verdict judge(ApiKey kept, Caller caller) {
        boolean holds = kept.issue().until().map(clock.instant()::isBefore).orElse(true);
        return holds ? new Verdict.Holds(caller) : new Verdict.Expired();
    }

    private static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
