package dev.roster.platform.http;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Finds the address of a caller behind proxies that each append the address of their peer: the
 * first from the right that is not a trusted proxy's. Everything left of it is an invention of the
 * caller.
 */
@Singleton
public class TrustedProxies {
    private static final Logger LOG = Logger.getLogger(TrustedProxies.class);

    private final List<AddressRange> ranges;
    private final String header;

    // Once: strangers can send such a header too
    private final AtomicBoolean told = new AtomicBoolean();

    TrustedProxies(ProxySettings settings) {
        ranges = settings.ranges().stream()
                .map(AddressRange::parse)
                .flatMap(Optional::stream)
                .toList();
        header = settings.trustedProxiesHeader().toLowerCase(Locale.ROOT);
    }

    /** Whether this is the address of a proxy that is believed. */
    public boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * The address that a request comes from.
     *
     * @param peer the other end of its connection
     */
    InetAddress caller(InetAddress peer, MultiMap headers) {
        InetAddress caller = peer;
        if (!contains(peer)) {
            tell(peer, headers);
            return caller;
        }
        for (String node : nearestFirst(headers.getAll(header))) {
            Optional<InetAddress> address = address(node);
            if (address.isEmpty()) {
                return caller; // unknown or hidden (RFC 7239 section 6): the last one that is known
            }
            caller = address.get();
            if (!contains(caller)) {
                return caller;
            }
        }
        return caller;
    }

    /** A proxy that nobody has named is the caller of all whom it passes on, and has the limits of one. */
    private void tell(InetAddress peer, MultiMap headers) {
        if (headers.contains(header) && told.compareAndSet(false, true)) {
            LOG.warnf(
                    "%s of %s is not read, as ROSTER_TRUSTED_PROXIES does not name it: if that is a proxy of yours,"
                            + " all behind it count as one caller",
                    header, NetUtil.toAddressString(peer));
        }
    }

    private List<String> nearestFirst(List<String> lines) {
        String all = String.join(",", lines);
        List<String> nodes = header.equals(ProxySettings.FORWARDED)
                ? ForwardedHeader.nodes(all).orElse(List.of())
                : List.of(all.split(",", -1));
        List<String> reversed = new ArrayList<>(nodes);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The address of a node (RFC 7239 section 6), which may have a port behind it. */
    private static Optional<InetAddress> address(String node) {
        String text = node.strip();
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : AddressRange.address(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
        return AddressRange.address(hasPort ? text.substring(0, colon) : text);
    }
}
