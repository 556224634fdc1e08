package dev.versicle.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private final SigningKey key =
            SigningKey.make(RandomGeneratorFactory.of("L64X128MixRandom").create(3));

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        assertArrayEquals(
                key.bytes(), SigningKey.parse(key.text()).orElseThrow().bytes());
        assertEquals(64, key.text().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"})
    void anythingElseIsNoKey(String text) {
        assertEquals(Optional.empty(), SigningKey.parse(text));
    }
}
