package dev.roster.platform.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The addresses that begin with the same bits (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param first any address of the range
 * @param bits how many bits of it count
 */
record AddressRange(InetAddress first, int bits) {

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address; empty for the rest. */
    static Optional<AddressRange> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        return parts.length > 2 ? Optional.empty() : address(parts[0]).flatMap(first -> range(first, parts));
    }

    private static Optional<AddressRange> range(InetAddress first, String[] parts) {
        int longest = first.getAddress().length * Byte.SIZE;
        if (parts.length == 1) {
            return Optional.of(new AddressRange(first, longest));
        }
        if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > longest) {
            return Optional.empty();
        }
        return Optional.of(new AddressRange(first, Integer.parseInt(parts[1])));
    }

    /**
     * Reads an address without asking anybody for a name; an IPv4 address inside an IPv6 one (RFC
     * 4291 section 2.5.5.2) is that IPv4 address.
     */
    static Optional<InetAddress> address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
    }

    boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % Byte.SIZE;
            if (((ours[i / Byte.SIZE] ^ theirs[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
