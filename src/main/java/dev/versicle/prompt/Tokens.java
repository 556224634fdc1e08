package dev.versicle.prompt;

import java.util.Optional;

/** Gives tokens for API keys, to clients that send a key once and a token from then on. */
public interface Tokens {
    /**
     * A token that makes its bearer the caller of the key, for a while and at most as long as the key itself holds;
     * empty for a key that is malformed, unknown, expired or has another secret, at no telling pace.
     *
     * @param keyId 12 lower-case hex digits, or {@code vsk_} and these
     * @param keySecret 64 lower-case hex digits
     */
    Optional<String> exchange(String keyId, String keySecret);
}
