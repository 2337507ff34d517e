package dev.roster.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One connection to the API: counted from its first moment, ended where its next head is slow. */
final class AcceptedConnection extends ChannelInboundHandlerAdapter {
    private final ConnectionGate gate;
    private Object place;
    private ChannelHandlerContext connection;
    private ScheduledFuture<?> end;
    private int requests;
    private boolean manyAtOnce;

    AcceptedConnection(ConnectionGate gate) {
        this.gate = gate;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection = context;
        Channel channel = context.channel();
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)
                || !gate.guards(local)) {
            context.pipeline().remove(this);
            context.fireChannelActive();
            return;
        }
        place = gate.enter(remote.getAddress());
        if (place == null) {
            var unused = context.close();
            return;
        }
        waitForHead();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (requests == 0 && !manyAtOnce) {
            waitForHead();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        gate.leave(place);
        place = null;
        context.fireChannelInactive();
    }

    private void waitForHead() {
        if (end == null) {
            end =
                    connection
                            .executor()
                            .schedule(
                                    this::close,
                                    gate.headTimeoutMilliseconds(),
                                    TimeUnit.MILLISECONDS);
        }
    }

    private void close() {
        var unused = connection.close();
    }

    private void stopWaiting() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    /**
     * A head has come.
     *
     * @param http2 whether further ones come between others, where nothing tells a slow head from
     *     the signs of life of a resting connection
     */
    void begin(boolean http2) {
        onLoop(
                () -> {
                    requests++;
                    manyAtOnce |= http2;
                    stopWaiting();
                });
    }

    /** Its request is answered. */
    void end() {
        onLoop(() -> requests--);
    }

    private void onLoop(Runnable step) {
        if (connection.executor().inEventLoop()) {
            step.run();
        } else {
            connection.executor().execute(step);
        }
    }
}
