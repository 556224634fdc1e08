package dev.versicle.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges as CIDR writes them. */
class AddressRangeTest {
    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }

    /** By arithmetic: as numbers, both addresses have the same quotient by the size of the range. */
    private static boolean inRange(InetAddress first, int bits, InetAddress address) {
        int size = first.getAddress().length;
        int shift = size * Byte.SIZE - bits;
        return size == address.getAddress().length
                && number(first).shiftRight(shift).equals(number(address).shiftRight(shift));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static InetAddress near(Random random, InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        int bit = random.nextInt(bytes.length * Byte.SIZE);
        bytes[bit / Byte.SIZE] ^= (byte) (0x80 >> (bit % Byte.SIZE));
        return InetAddress.getByAddress(bytes);
    }

    private static AddressRange any(Random random) throws UnknownHostException {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(bytes);
        int bits = random.nextInt(bytes.length * Byte.SIZE + 1);
        BigInteger kept = new BigInteger(1, bytes)
                .shiftRight(bytes.length * Byte.SIZE - bits)
                .shiftLeft(bytes.length * Byte.SIZE - bits);
        byte[] first = new byte[bytes.length];
        byte[] digits = kept.toByteArray();
        int count = Math.min(digits.length, first.length);
        System.arraycopy(digits, digits.length - count, first, first.length - count, count);
        return new AddressRange(InetAddress.getByAddress(first), bits);
    }

    @RepeatedTest(500)
    void whatIsWrittenIsReadAgainAndHasWhatArithmeticSays(RepetitionInfo run) throws UnknownHostException {
        Random random = new Random(run.getCurrentRepetition());
        AddressRange range = any(random);

        assertEquals(Optional.of(range), AddressRange.parse(range.toString()));
        assertTrue(range.has(range.first()), range::toString);
        InetAddress near = near(random, range.first());
        assertEquals(inRange(range.first(), range.bits(), near), range.has(near), () -> range + " " + near);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
        "0.0.0.0/0, 255.255.255.255, ::",
        "192.0.2.7, 192.0.2.7, 192.0.2.6",
        "fd00::/8, fdff::1, fe00::",
        "2001:DB8::/32, 2001:db8:ffff::, 2001:db9::",
        "::1, ::1, ::2",
        "::/0, ffff::, 0.0.0.0"
    })
    void aRangeHasWhatBeginsAsItDoes(String text, String inside, String outside) {
        assertTrue(range(text).has(InetAddress.ofLiteral(inside)));
        assertFalse(range(text).has(InetAddress.ofLiteral(outside)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 10.0.0.0/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/",
                "10/8",
                "10.0.0/8",
                "0x0a.0.0.0/8",
                "256.0.0.0/8",
                "10.0.0.1/8",
                "fd00::1/8",
                "fd00::/129",
                "fe80::1%eth0",
                "[::1]",
                "::ffff:10.0.0.0/104",
                "localhost",
                "example.org/8",
                "1.2.3.4:80"
            })
    void whatIsNoRangeIsNotReadAsOne(String text) {
        assertEquals(Optional.empty(), AddressRange.parse(text));
    }
}
