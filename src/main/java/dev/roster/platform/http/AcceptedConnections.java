package dev.roster.platform.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Leads every connection that a server of this process accepts past the {@link ConnectionGate},
 * before it has sent anything: Vert.x tells only of those that have sent a whole request. Netty
 * makes it as a service, and has no way to hand it the gate.
 */
@RegisterForReflection
public final class AcceptedConnections extends ChannelInitializerExtension {
    private static final String PROPERTY = "io.netty.bootstrap.extensions";
    private static final AtomicReference<ConnectionGate> GATE = new AtomicReference<>();

    /** Asks Netty to look for this service; before it opens the first connection. */
    public static void watch() {
        System.setProperty(PROPERTY, "serviceload");
    }

    static void lead(ConnectionGate gate) {
        GATE.set(gate);
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.config().setRecvByteBufAllocator(ReceiveBuffers.READ);
        ConnectionGate gate = GATE.get();
        if (gate != null) {
            channel.pipeline().addFirst(new AcceptedConnection(gate));
        }
    }

    /** The connection that a request has come over; empty where the bytes of its body are not looked at. */
    static Optional<AcceptedConnection> of(HttpServerRequest request) {
        ConnectionBase connection = (ConnectionBase) request.connection();
        return Optional.ofNullable(connection.channel().pipeline().get(AcceptedConnection.class));
    }
}
