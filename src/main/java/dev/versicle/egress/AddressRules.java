package dev.versicle.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses may be called for whoever asks: those of the public internet, and those that an operator lists.
 *
 * <p>After IANA's registries of special-purpose addresses. Of IPv6 only what is given out as global unicast is public.
 * What carries an IPv4 address to a translator or a tunnel (NAT64, 6to4) is as public as that one is; {@code
 * ::ffff:10.0.0.1} is 10.0.0.1 itself, as every socket takes it.
 */
public final class AddressRules {
    private static final List<AddressRange> NOT_PUBLIC = ranges(
            // this host and network
            "0.0.0.0/8",
            // private
            "10.0.0.0/8",
            // carrier-grade NAT; some clouds' metadata
            "100.64.0.0/10",
            // loopback
            "127.0.0.0/8",
            // a public number that in Azure is the machine's own host
            "168.63.129.16/32",
            // link-local; most clouds' metadata
            "169.254.0.0/16",
            "172.16.0.0/12",
            // protocols' own
            "192.0.0.0/24",
            // documentation
            "192.0.2.0/24",
            // 6to4 relays
            "192.88.99.0/24",
            "192.168.0.0/16",
            // benchmarks
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // multicast
            "224.0.0.0/4",
            // reserved, and broadcast
            "240.0.0.0/4",
            // protocols' own: Teredo, benchmarks, ORCHID
            "2001::/23",
            // documentation
            "2001:db8::/32",
            "3fff::/20");

    private static final AddressRange GLOBAL_UNICAST = range("2000::/3");
    private static final AddressRange SIX_TO_FOUR = range("2002::/16");
    private static final AddressRange NAT64 = range("64:ff9b::/96");

    /** What {@code ::ffff:0.0.0.0} begins with. */
    private static final AddressRange MAPPED = new AddressRange(mappedFirst(), 96);

    private static final int SIX_TO_FOUR_BYTES = 2;
    private static final int LAST_BYTES = 12;
    private static final int IPV4_BYTES = 4;

    private final List<AddressRange> listed;

    /** {@code listed} may be called, whatever they are. */
    public AddressRules(List<AddressRange> listed) {
        this.listed = List.copyOf(listed);
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRules::range).toList();
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }

    /** Java gives an IPv4 address for every way to write this one. */
    private static InetAddress mappedFirst() {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        return v6(bytes);
    }

    private static InetAddress v6(byte[] bytes) {
        try {
            return java.net.Inet6Address.getByAddress("", bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether the address may be called. */
    public boolean allows(InetAddress address) {
        return lists(address) || isPublic(address);
    }

    /** Whether an operator said so. */
    public boolean lists(InetAddress address) {
        InetAddress meant = MAPPED.has(address) ? embedded(address, LAST_BYTES) : address;
        return listed.stream().anyMatch(range -> range.has(meant));
    }

    private static boolean isPublic(InetAddress address) {
        Optional<InetAddress> inner = inner(address);
        if (inner.isPresent()) {
            return isPublic(inner.get());
        }
        boolean unicast = address instanceof Inet4Address || GLOBAL_UNICAST.has(address);
        return unicast && NOT_PUBLIC.stream().noneMatch(range -> range.has(address));
    }

    /** The IPv4 address that an IPv6 one stands for. */
    private static Optional<InetAddress> inner(InetAddress address) {
        if (MAPPED.has(address) || NAT64.has(address)) {
            return Optional.of(embedded(address, LAST_BYTES));
        }
        return SIX_TO_FOUR.has(address) ? Optional.of(embedded(address, SIX_TO_FOUR_BYTES)) : Optional.empty();
    }

    private static InetAddress embedded(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
