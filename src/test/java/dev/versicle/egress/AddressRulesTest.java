package dev.versicle.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be called. */
class AddressRulesTest {
    private static final AddressRules PUBLIC = new AddressRules(List.of());

    private static AddressRules with(String... ranges) {
        return new AddressRules(Stream.of(ranges)
                .map(text -> AddressRange.parse(text).orElseThrow())
                .toList());
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    /** As a socket could still have it; Java itself makes an IPv4 address of every text like that. */
    private static InetAddress mapped(String ipv4) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(address(ipv4).getAddress(), 0, bytes, 12, 4);
        try {
            return Inet6Address.getByAddress("", bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "140.82.121.4",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:50c0:8000::153",
                "2a00:1450:4001:82a::200e",
                // NAT64 and 6to4 of a public address
                "64:ff9b::8c52:7904",
                "2002:8c52:7904::1"
            })
    void publicAddressesMayBeCalled(String literal) {
        assertTrue(PUBLIC.allows(address(literal)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "2002:c0a8:101::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void allOthersMayNot(String literal) {
        assertFalse(PUBLIC.allows(address(literal)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0"})
    void anIpv4AddressInIpv6sClothesIsWhatItIs(String literal) {
        assertFalse(PUBLIC.allows(mapped(literal)));
        assertTrue(PUBLIC.allows(mapped("1.1.1.1")));
        assertTrue(with(literal + "/32").allows(mapped(literal)));
    }

    @Test
    void whatIsListedMayBeCalledAndNothingNearIt() {
        AddressRules rules = with("10.1.0.0/16", "fd00:1::/32");

        List<Boolean> allowed = Stream.of("10.1.255.255", "10.2.0.0", "fd00:1::1", "fd00:2::1", "1.1.1.1")
                .map(literal -> rules.allows(address(literal)))
                .toList();

        assertEquals(List.of(true, false, true, false, true), allowed);
        assertFalse(rules.lists(address("1.1.1.1")));
        // A translator is another way than the one that was listed.
        assertFalse(rules.allows(address("64:ff9b::a01:1")));
    }
}
