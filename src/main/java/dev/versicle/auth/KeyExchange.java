package dev.versicle.auth;

import dev.versicle.prompt.Tokens;
import java.time.Duration;
import java.util.Optional;

/**
 * Exchanges API keys for JWTs of this server. The JWT names the key, and {@link SignedTokens} asks for it at each use:
 * who removes a key has shut out whoever holds a token of it, too.
 */
public final class KeyExchange implements Tokens {
    private final ApiKeys keys;
    private final TokenMint mint;
    private final Duration lifetime;

    public KeyExchange(ApiKeys keys, TokenMint mint, Duration lifetime) {
        this.keys = keys;
        this.mint = mint;
        this.lifetime = lifetime;
    }

    @Override
    public Optional<String> exchange(String keyId, String keySecret) {
        String id = keyId.startsWith(ApiKeyText.PREFIX) ? keyId.substring(ApiKeyText.PREFIX.length()) : keyId;
        return keys.judge(ApiKeyText.PREFIX + id + "_" + keySecret)
                .bearer()
                .map(bearer -> mint.token(bearer, id, lifetime));
    }
}
