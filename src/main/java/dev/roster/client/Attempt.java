package dev.roster.client;

import io.netty.util.NetUtil;
import io.vertx.mutiny.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Whose failures an attempt to authenticate counts to. Digests only: what is sent as a client
 * identifier may be a secret in the wrong place, and of any length.
 */
record Attempt(Buffer address, Buffer client, Buffer pair) {

    // Whoever has an IPv6 address has all of its /64 (RFC 6177)
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    /**
     * An attempt.
     *
     * @param clientId as it was sent
     * @param address in digits; null where it is not known
     */
    static Attempt of(String clientId, String address) {
        byte[] network = network(address);
        byte[] client = digest(clientId.getBytes(StandardCharsets.UTF_8));
        return new Attempt(
                Buffer.buffer(digest(network)),
                Buffer.buffer(client),
                Buffer.buffer(digest(client, network)));
    }

    private static byte[] network(String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return new byte[0];
        }
        try {
            // An IPv4 address in the form of IPv6 becomes one of four bytes
            byte[] plain = InetAddress.getByAddress(bytes).getAddress();
            return plain.length == IPV6_BYTES ? Arrays.copyOf(plain, IPV6_PREFIX_BYTES) : plain;
        } catch (UnknownHostException neverOfThisLength) {
            throw new IllegalStateException(neverOfThisLength);
        }
    }

    private static byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
