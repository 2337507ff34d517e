package dev.roster.platform.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

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
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return new Network("");
        }
        try {
            // An IPv4 address in the form of IPv6 becomes one of four bytes
            byte[] plain = InetAddress.getByAddress(bytes).getAddress();
            return new Network(HexFormat.of()
                    .formatHex(plain.length == IPV6_BYTES ? Arrays.copyOf(plain, IPV6_PREFIX_BYTES) : plain));
        } catch (UnknownHostException neverOfThisLength) {
            throw new IllegalStateException(neverOfThisLength);
        }
    }
}
