package dev.versicle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTextTest {
    private static final String ID = "0123456789ab";
    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @RepeatedTest(200)
    void whatIsMadeIsReadBackTheSameAndNothingNearItIs(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ApiKeyText key = ApiKeyText.make(random);
        String text = key.text();
        assertEquals(Optional.of(key), ApiKeyText.parse(text), "seed " + seed);

        int at = random.nextInt(text.length());
        char other = (char) random.nextInt(0x20, 0x7F);
        String changed = text.substring(0, at) + other + text.substring(at + 1);
        boolean same = ApiKeyText.parse(changed).map(key::equals).orElse(false);
        assertEquals(changed.equals(text), same, "seed " + seed + ": " + changed);
        assertEquals(Optional.empty(), ApiKeyText.parse(text.substring(0, at)), "seed " + seed);
        assertEquals(Optional.empty(), ApiKeyText.parse(text + other), "seed " + seed);
    }

    @Test
    void twoKeysHaveNothingInCommon() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        ApiKeyText first = ApiKeyText.make(random);
        ApiKeyText second = ApiKeyText.make(random);
        assertNotEquals(first.id(), second.id());
        assertNotEquals(first.secret(), second.secret());
        assertNotEquals(first.secretHash(), second.secretHash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vsk_",
                "vsk_" + ID,
                "vsk_" + ID + "_",
                "vsk_" + SECRET + "_" + ID,
                "vsk_" + ID + "_" + SECRET + "\n",
                " vsk_" + ID + "_" + SECRET,
                "VSK_" + ID + "_" + SECRET,
                "vsk-" + ID + "-" + SECRET,
                "vsk_" + ID + "__" + SECRET,
                "vsk_" + ID + "_" + SECRET + "0",
                "vsk_٠123456789ab_" + SECRET
            })
    void aTextOfAnotherShapeIsNoKey(String text) {
        assertEquals(Optional.empty(), ApiKeyText.parse(text));
    }

    @Test
    void upperCaseDigitsAreNoKey() {
        String text = new ApiKeyText(ID, SECRET).text();
        assertEquals(
                Optional.empty(), ApiKeyText.parse("vsk_" + text.substring(4).toUpperCase(Locale.ROOT)));
        assertThrows(IllegalArgumentException.class, () -> new ApiKeyText(ID.toUpperCase(Locale.ROOT), SECRET));
    }

    @Test
    void theHashIsSha256OfTheSecretsDigits() {
        // printf %s "$SECRET" | sha256sum
        assertEquals(
                "2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737",
                new ApiKeyText(ID, SECRET).secretHash());
    }

    @Test
    void aKeyThatStraysIntoALogKeepsItsSecret() {
        ApiKeyText key = new ApiKeyText(ID, SECRET);
        assertTrue(key.toString().contains(ID));
        assertFalse(key.toString().contains(SECRET));
    }
}
