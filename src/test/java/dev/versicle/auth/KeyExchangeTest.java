package dev.versicle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExchangeTest {
    private static final Instant NOW = Instant.parse("2026-04-22T10:14:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Caller BOT = new Caller(
            "bot",
            Optional.of("Build bot"),
            Optional.of("bot@example.org"),
            new Namespace("tools"),
            Set.of(Role.WRITER));

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    private final SigningKey signing = SigningKey.make(random);
    private final ApiKeyText key = ApiKeyText.make(random);
    private final KeysInMemory ring = new KeysInMemory();
    private final KeyExchange exchange = at(NOW);

    @BeforeEach
    void addKey() {
        ring.add(key.kept(BOT, NOW, Optional.empty()), BOT);
    }

    @Test
    void theTokenIsTheKeysBearers() {
        String token = exchange.exchange(key.id(), key.secret()).orElseThrow();
        assertEquals(new Verdict.Holds(BOT), judge(token, NOW));
    }

    @Test
    void theIdMayHaveItsPrefix() {
        String token = exchange.exchange("vsk_" + key.id(), key.secret()).orElseThrow();
        assertEquals(new Verdict.Holds(BOT), judge(token, NOW));
    }

    @Test
    void theTokenHoldsForItsLifetimeAndTheClockSkew() {
        String token = exchange.exchange(key.id(), key.secret()).orElseThrow();
        Instant end = NOW.plus(HOUR).plusSeconds(SignedTokens.CLOCK_SKEW_SECONDS);
        assertEquals(new Verdict.Holds(BOT), judge(token, end.minusSeconds(1)));
        assertEquals(new Verdict.Expired(), judge(token, end.plusSeconds(1)));
    }

    @Test
    void theTokenOfARemovedKeyIsWorthlessAtOnce() {
        String token = exchange.exchange(key.id(), key.secret()).orElseThrow();
        ring.remove(key.id(), BOT);
        assertEquals(new Verdict.Worthless(), judge(token, NOW));
    }

    @Test
    void theTokenExpiresWithItsKey() {
        ring.add(key.kept(BOT, NOW, Optional.of(NOW.plusSeconds(60))), BOT);
        String token = exchange.exchange(key.id(), key.secret()).orElseThrow();
        assertEquals(new Verdict.Holds(BOT), judge(token, NOW.plusSeconds(59)));
        assertEquals(new Verdict.Expired(), judge(token, NOW.plusSeconds(60)));
    }

    @Test
    void anotherKeysRemovalLeavesTheToken() {
        ApiKeyText other = ApiKeyText.make(random);
        ring.add(other.kept(BOT, NOW, Optional.empty()), BOT);
        String token = exchange.exchange(key.id(), key.secret()).orElseThrow();
        ring.remove(other.id(), BOT);
        assertEquals(new Verdict.Holds(BOT), judge(token, NOW));
    }

    @Test
    void anotherSecretAnUnknownIdAndAnExpiredKeyGetNothing() {
        ApiKeyText other = ApiKeyText.make(random);
        assertEquals(Optional.empty(), exchange.exchange(key.id(), other.secret()));
        assertEquals(Optional.empty(), exchange.exchange(other.id(), key.secret()));
        ring.add(key.kept(BOT, NOW, Optional.of(NOW)), BOT);
        assertEquals(Optional.empty(), exchange.exchange(key.id(), key.secret()));
    }

    @Test
    void theHashThatIsKeptIsNoSecret() {
        assertEquals(Optional.empty(), exchange.exchange(key.id(), key.secretHash()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "vsk_", "vsk_vsk_0123456789ab", "0123456789ab\n", "../0123456789ab"})
    void whatIsNoIdGetsNothing(String id) {
        assertEquals(Optional.empty(), exchange.exchange(id, key.secret()));
    }

    @Test
    void aWholeKeyInEitherPlaceGetsNothing() {
        assertEquals(Optional.empty(), exchange.exchange(key.text(), ""));
        assertEquals(Optional.empty(), exchange.exchange(key.text(), key.secret()));
        assertEquals(Optional.empty(), exchange.exchange(key.id(), key.text()));
        assertEquals(Optional.empty(), exchange.exchange(key.id(), key.secret().toUpperCase(Locale.ROOT)));
    }

    private KeyExchange at(Instant moment) {
        InstantSource clock = InstantSource.fixed(moment);
        return new KeyExchange(new ApiKeys(ring, clock), new TokenMint(signing, clock), HOUR);
    }

    private Verdict judge(String token, Instant moment) {
        InstantSource clock = InstantSource.fixed(moment);
        return new SignedTokens(signing, Optional.empty(), new ApiKeys(ring, clock), clock).judge(token);
    }
}
