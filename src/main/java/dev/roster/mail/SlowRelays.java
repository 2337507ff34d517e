package dev.roster.mail;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.NetUtil;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends each connection to the mail server when the time of its mail is over. The client of Vert.x has no limit: what is
 * given up would keep its place among the few connections for as long as the relay is silent, and would still be sent when that
 * wakes. Netty makes this as a service.
 */
@RegisterForReflection
public final class SlowRelays extends ChannelInitializerExtension {
    private static final AtomicReference<Relay> RELAY = new AtomicReference<>();

    private record Relay(String host, int port, Duration longest) {
        boolean isAt(SocketAddress remote) {
            return remote instanceof InetSocketAddress address
                    && address.getPort() == port
                    && (address.getHostString().equalsIgnoreCase(host) || isAddressOf(address));
        }

        // One address has several spellings
        private boolean isAddressOf(InetSocketAddress remote) {
            InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
            return address != null && address.equals(remote.getAddress());
        }
    }

    /**
     * Connections to this mail server carry one mail each.
     *
     * @param longest how long one may take, from the begin of the connection
     */
    static void end(String host, int port, Duration longest) {
        RELAY.set(new Relay(host, port, longest));
    }

    @Override
    public void postInitializeClientChannel(Channel channel) {
        if (RELAY.get() != null) {
            channel.pipeline().addFirst(new Connecting());
        }
    }

    /** Waits until it is known where a connection leads. */
    private static final class Connecting extends ChannelOutboundHandlerAdapter {
        @Override
        public void connect(
                ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
                throws Exception {
            Relay relay = RELAY.get();
            if (relay.isAt(remote)) {
                endAfter(relay.longest(), context);
            }
            super.connect(context, remote, local, promise);
        }

        // First in the pipeline, so that it goes past the client and its farewell
        private static void endAfter(Duration longest, ChannelHandlerContext context) {
            var end = context.executor().schedule(() -> giveUp(context), longest.toMillis(), TimeUnit.MILLISECONDS);
            var unused = context.channel().closeFuture().addListener(closed -> end.cancel(false));
        }

        private static void giveUp(ChannelHandlerContext context) {
            var unused = context.close();
        }
    }
}
