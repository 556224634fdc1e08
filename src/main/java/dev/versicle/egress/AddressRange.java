package dev.versicle.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses, written as CIDR: {@code 10.0.0.0/8}, {@code fd00::/8}. An address alone is a range of one.
 *
 * @param first has no bit set beyond {@code bits}
 * @param bits how many of an address' leading bits are those of {@code first}
 */
public record AddressRange(InetAddress first, int bits) {
    /** Dotted in four: Java also takes {@code 10.1} for {@code 10.0.0.1}, which is not what whoever wrote it meant. */
    private static final String IPV4 = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}";

    private static final String IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    private static final Pattern SHAPE = Pattern.compile("(" + IPV4 + "|" + IPV6 + ")(?:/(0|[1-9][0-9]{0,2}))?");

    public AddressRange {
        if (bits < 0 || bits > size(first)) {
            throw new IllegalArgumentException("an address of " + size(first) + " bits has no prefix of " + bits);
        }
        if (!Arrays.equals(masked(first.getAddress(), bits), first.getAddress())) {
            throw new IllegalArgumentException("bits beyond the prefix are set");
        }
    }

    /** Reads a range; empty where the text is none, or has bits set beyond its prefix: most likely a slip. */
    public static Optional<AddressRange> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress first = InetAddress.ofLiteral(shape.group(1));
            boolean mapped = first instanceof Inet4Address && shape.group(1).contains(":");
            Optional<Integer> bits = Optional.ofNullable(shape.group(2)).map(Integer::valueOf);
            return mapped ? Optional.empty() : Optional.of(new AddressRange(first, bits.orElse(size(first))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is in this range; one of the other family never is. */
    public boolean has(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == first.getAddress().length && Arrays.equals(masked(bytes, bits), first.getAddress());
    }

    private static int size(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = new byte[address.length];
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            masked[bit / Byte.SIZE] |= (byte) (address[bit / Byte.SIZE] & mask);
        }
        return masked;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
