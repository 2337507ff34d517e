package dev.roster.platform.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The network that an address counts as: whoever has an IPv6 address has all of its /64 (RFC 6177).
 *
 * @param prefix in hexadecimal digits; empty where the address is not known
 */
public record Network(String prefix) {
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    /**
     * The network of an address.
     *
     * @param address in digits; null where it is not known
     */
    public static Network of(String address) {
        return Optional.ofNullable(address)
                .flatMap(AddressRange::address)
                .map(Network::of)
                .orElse(new Network(""));
    }

    static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Network(
                HexFormat.of().formatHex(bytes.length == IPV6_BYTES ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES) : bytes));
    }
}
