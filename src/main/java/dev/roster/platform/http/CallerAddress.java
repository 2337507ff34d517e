package dev.roster.platform.http;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The address that a request comes from, found out once for each and the same for everybody who
 * counts, keeps or logs it: that of the peer, or what a trusted proxy says.
 */
@Singleton
public class CallerAddress {
    private static final String KEY = CallerAddress.class.getName();

    private final TrustedProxies proxies;

    CallerAddress(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** As text in its one form (RFC 5952); null where the connection has no address. */
    public static String of(RoutingContext request) {
        return request.get(KEY);
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(this::find);
    }

    private void find(RoutingContext request) {
        // Of the connection: Quarkus may have replaced that of the request
        peer(request.request().connection().remoteAddress())
                .map(peer -> proxies.caller(peer, request.request().headers()))
                .ifPresent(caller -> request.put(KEY, NetUtil.toAddressString(caller)));
        request.next();
    }

    private static Optional<InetAddress> peer(SocketAddress remote) {
        return Optional.ofNullable(remote).map(SocketAddress::hostAddress).flatMap(AddressRange::address);
    }
}
