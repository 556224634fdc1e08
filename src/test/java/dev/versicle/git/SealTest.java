package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.versicle.prompt.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A seal opens for its own key and owner, and for nothing else. */
class SealTest {
    private static final Secret SECRET = new Secret("sk-0123456789");

    private final SecureRandom random = new SecureRandom();
    private final Seal seal = Seal.make(random);

    @Test
    void whatWasSealedIsOpenedByTheSameKeyReadFromItsFile() {
        Seal again = Seal.parse(seal.text(), random).orElseThrow();

        assertEquals(Optional.of(SECRET), again.open("one", seal.close("one", SECRET)));
    }

    @Test
    void anotherKeyAndAnotherOwnerOpenNothing() {
        String sealed = seal.close("one", SECRET);

        assertEquals(Optional.empty(), Seal.make(random).open("one", sealed));
        assertEquals(Optional.empty(), seal.open("other", sealed));
    }

    @Test
    void everyBitCounts() {
        byte[] sealed = Base64.getDecoder().decode(seal.close("one", SECRET));
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertEquals(Optional.empty(), seal.open("one", Base64.getEncoder().encodeToString(changed)));
        }
    }

    @Test
    void textThatWasNeverSealedOpensNothing() {
        for (String text : new String[] {"", "AAAA", "not base64!", "A".repeat(64)}) {
            assertEquals(Optional.empty(), seal.open("one", text));
        }
    }

    @Test
    void theSameSecretTwiceMakesTwoTexts() {
        assertNotEquals(seal.close("one", SECRET), seal.close("one", SECRET));
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertEquals("(secret)", SECRET.toString());
    }

    @Test
    void onlyA64DigitTextIsAKey() {
        for (String text : new String[] {"", "0".repeat(63), "0".repeat(65), "G".repeat(64)}) {
            assertEquals(Optional.empty(), Seal.parse(text, random));
        }
    }
}
