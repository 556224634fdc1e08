package dev.versicle.prompt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gives out API keys and takes them back. Nobody gives away more than they have. */
public final class KeyDesk {
    /** How many keys there may be in all. */
    public static final int KEYS_MAX = 10_000;

    private final KeyRing ring;
    private final KeyMint mint;
    private final InstantSource clock;

    public KeyDesk(KeyRing ring, KeyMint mint, InstantSource clock) {
        this.ring = ring;
        this.mint = mint;
        this.clock = clock;
    }

    /** A new key; {@code text} is told this once and never again. */
    public record Made(ApiKey key, Secret text) {}

    /** The keys that the caller made or bears, an administrator's all, newest first. Looks at every key there is. */
    public List<ApiKey> keys(Caller caller) {
        return ring.all().stream()
                .filter(key -> key.isOf(caller))
                .sorted(Comparator.comparing((ApiKey key) -> key.issue().at())
                        .thenComparing(ApiKey::id)
                        .reversed())
                .toList();
    }

    /** Makes a key; it counts when this returns. */
    public Made create(Caller caller, NewKey wanted) {
        Caller bearer = bearer(caller, wanted);
        Instant now = clock.instant();
        if (wanted.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
            throw Texts.invalid("expires_at", "must be in the future");
        }
        ApiKey.Issue issue = new ApiKey.Issue(wanted.name(), caller.subject(), now, wanted.expiresAt());
        if (ring.all().size() >= KEYS_MAX) {
            throw Texts.invalid("keys", "are " + KEYS_MAX + " already, which is as many as there may be");
        }
        KeyMint.Coin coin = mint.coin();
        ApiKey key = new ApiKey(coin.id(), coin.secretHash(), bearer, issue);
        ring.add(key, caller);
        return new Made(key, coin.text());
    }

    /** Takes a key back; it has ended when this returns. Throws {@link Problem.KeyNotFound}. */
    public void remove(Caller caller, String id) {
        if (ring.find(id).filter(key -> key.isOf(caller)).isEmpty()) {
            throw new PromptException(new Problem.KeyNotFound(id));
        }
        ring.remove(id, caller);
    }

    private static Caller bearer(Caller caller, NewKey wanted) {
        boolean administers = caller.has(Role.ADMIN);
        String subject = wanted.subject().orElse(administers ? wanted.name() : caller.subject());
        Namespace namespace = wanted.namespace().orElse(caller.namespace());
        if (!administers) {
            require(subject.equals(caller.subject()), "making keys for others");
            require(namespace.equals(caller.namespace()), "making keys for another namespace");
            require(caller.roles().containsAll(wanted.roles()), "giving a key roles that are not yours");
            // No role at all is more than that of a reader: it creates prompts.
            require(!wanted.roles().isEmpty() || caller.creates(), "making keys that create prompts");
        }
        boolean own = subject.equals(caller.subject());
        return new Caller(
                subject,
                own ? caller.name() : Optional.of(wanted.name()),
                own ? caller.email() : Optional.empty(),
                namespace,
                wanted.roles());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new PromptException(new Problem.Forbidden(what));
        }
    }
}
