package dev.roster.platform.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.quarkus.runtime.Startup;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets so many connections in from one address, and a head take so long: otherwise a stranger who
 * sends next to nothing would hold every connection that the service has.
 */
@Startup
@Singleton
public class ConnectionGate {
    private static final Object FREE = new Object();

    private final TrustedProxies proxies;
    private final UntakenAnswers answers;
    private final long headTimeoutMilliseconds;
    private final int most;
    private final int streams;
    private final int managementPort;
    private final Map<Object, Integer> connections = new ConcurrentHashMap<>();

    ConnectionGate(
            TrustedProxies proxies,
            UntakenAnswers answers,
            RequestLimits limits,
            @ConfigProperty(name = "quarkus.http.limits.max-concurrent-streams") int streams,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        this.proxies = proxies;
        this.answers = answers;
        this.headTimeoutMilliseconds = limits.headTimeout().toMillis();
        this.most = limits.connectionsPerAddress();
        this.streams = streams;
        this.managementPort = managementPort;
        AcceptedConnections.lead(this);
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(ConnectionGate::note);
    }

    private static void note(RoutingContext context) {
        AcceptedConnections.of(context.request()).ifPresent(accepted -> {
            accepted.begin();
            context.addEndHandler(answered -> accepted.end(context.request().connection()));
        });
        context.next();
    }

    /** Whether a connection to this address of ours is one to the API, and not to its operator. */
    boolean guards(InetSocketAddress local) {
        return local.getPort() != managementPort;
    }

    /** Whether a connection over HTTP/2 has more streams open than it may. */
    boolean hasTooManyStreams(ChannelPipeline connection) {
        Http2ConnectionHandler http2 = connection.get(Http2ConnectionHandler.class);
        return http2 != null && http2.connection().numActiveStreams() > streams;
    }

    /** What looks at clients that are behind. */
    UntakenAnswers answers() {
        return answers;
    }

    long headTimeoutMilliseconds() {
        return headTimeoutMilliseconds;
    }

    /** The place that a connection takes, to be given back; null where all are taken. */
    Object enter(InetAddress address) {
        if (proxies.contains(address)) {
            return FREE;
        }
        Network host = Network.of(address);
        int taken = connections.merge(host, 1, Integer::sum);
        if (taken > most) {
            leave(host);
            return null;
        }
        return host;
    }

    void leave(Object place) {
        if (place != null && place != FREE) {
            connections.computeIfPresent(place, (host, taken) -> taken == 1 ? null : taken - 1);
        }
    }
}
