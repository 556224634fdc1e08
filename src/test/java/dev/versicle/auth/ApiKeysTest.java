package dev.versicle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final Instant NOW = Instant.parse("2026-04-22T10:14:00Z");
    private static final Caller BOT =
            new Caller("bot", Optional.of("Build bot"), Optional.empty(), new Namespace("tools"), Set.of(Role.WRITER));

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final KeysInMemory ring = new KeysInMemory();
    private final ApiKeys keys = new ApiKeys(ring, InstantSource.fixed(NOW));
    private final ApiKeyText key = ApiKeyText.make(random);

    @Test
    void aKeyThatWasAddedIsItsBearers() {
        ring.add(key.kept(BOT, NOW, Optional.empty()), BOT);
        assertEquals(Optional.of(BOT), bearer(key.text()));
    }

    @Test
    void anotherSecretUnderAKnownIdIsNobodys() {
        ring.add(key.kept(BOT, NOW, Optional.empty()), BOT);
        ApiKeyText forged = new ApiKeyText(key.id(), ApiKeyText.make(random).secret());
        assertEquals(Optional.empty(), bearer(forged.text()));
    }

    @Test
    void anUnknownIdIsNobodys() {
        assertEquals(Optional.empty(), bearer(key.text()));
    }

    @Test
    void aRemovedKeyIsNobodysAtOnce() {
        ring.add(key.kept(BOT, NOW, Optional.empty()), BOT);
        ring.remove(key.id(), BOT);
        assertEquals(Optional.empty(), bearer(key.text()));
    }

    @Test
    void aKeyHoldsUntilTheMomentItExpires() {
        ring.add(key.kept(BOT, NOW, Optional.of(NOW.plusMillis(1))), BOT);
        assertEquals(Optional.of(BOT), bearer(key.text()));

        ring.add(key.kept(BOT, NOW, Optional.of(NOW)), BOT);
        assertEquals(Optional.empty(), bearer(key.text()));
    }

    @Test
    void aMalformedKeyIsNobodys() {
        ring.add(key.kept(BOT, NOW, Optional.empty()), BOT);
        assertEquals(Optional.empty(), bearer(key.text() + "0"));
        assertEquals(Optional.empty(), bearer("vsk_"));
    }

    @Test
    void theHashThatIsKeptIsNoKey() {
        ring.add(
                new ApiKey(key.id(), key.secretHash(), BOT, new ApiKey.Issue("bot", "bot", NOW, Optional.empty())),
                BOT);
        assertEquals(Optional.empty(), bearer("vsk_" + key.id() + "_" + key.secretHash()));
    }

    @Test
    void onlyWhoHasTheSecretIsToldThatAKeyHasExpired() {
        ring.add(key.kept(BOT, NOW, Optional.of(NOW)), BOT);
        ApiKeyText forged = new ApiKeyText(key.id(), ApiKeyText.make(random).secret());
        assertEquals(new Verdict.Expired(), keys.judge(key.text()));
        assertEquals(new Verdict.Worthless(), keys.judge(forged.text()));
    }

    private Optional<Caller> bearer(String token) {
        return keys.judge(token).bearer();
    }
}
