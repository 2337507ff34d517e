package dev.roster.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the API: counted from its first moment, ended where a head is slow, and cut off
 * where what comes can be read in two ways.
 */
final class AcceptedConnection extends ChannelInboundHandlerAdapter {
    // In the place of what is refused: the server, which keeps the order of its answers, refuses
    // this. A line feed alone ends no line; behind a chunk it may, but then x is no size.
    private static final byte[] BROKEN_LINES = "x\nx\n".getBytes(StandardCharsets.US_ASCII);

    private final ConnectionGate gate;
    private final StrictFraming framing = new StrictFraming();
    private Object place;
    private ChannelHandlerContext connection;
    private ScheduledFuture<?> end;
    private int requests;
    private int ended;
    private boolean broken;
    private Runnable reader;

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
        if (framing.isOver()) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ByteBuf bytes && !isEncrypted(context)) {
            follow(context, bytes);
        }
        context.fireChannelRead(message);
        if (framing.isRefusedInBody()) {
            breakBody();
        } else if (framing.isRefused()) {
            context.fireChannelRead(Unpooled.wrappedBuffer(BROKEN_LINES));
        }
    }

    // Nothing more of it comes. Its request is the last one: whoever reads its body refuses it, and it is answered then
    private void breakBody() {
        broken = true;
        if (ended == framing.heads()) {
            closeBehindAnswers();
        } else if (reader != null && requests == framing.heads() - ended) {
            reader.run();
        }
    }

    /** The connection that a request has come over; empty where the bytes of its body are not looked at. */
    static Optional<AcceptedConnection> of(HttpServerRequest request) {
        ConnectionBase connection = (ConnectionBase) request.connection();
        return Optional.ofNullable(connection.channel().pipeline().get(AcceptedConnection.class));
    }

    /**
     * The body of the request that has begun last is read.
     *
     * @param refusal is run where the body cannot be read on, now or later
     */
    void read(Runnable refusal) {
        onLoop(() -> {
            reader = refusal;
            if (broken && requests == framing.heads() - ended) {
                refusal.run();
            }
        });
    }

    /** Leaves of the bytes what may be passed on, and has not been yet. */
    private void follow(ChannelHandlerContext context, ByteBuf bytes) {
        int end = framing.read(bytes, mayTurnToHttp2(context));
        while (end < bytes.writerIndex() && !framing.isOver()) {
            context.fireChannelRead(bytes.readRetainedSlice(end - bytes.readerIndex()));
            end = framing.read(bytes, mayTurnToHttp2(context));
        }
        bytes.writerIndex(end);
        timeHead();
    }

    private static boolean isEncrypted(ChannelHandlerContext context) {
        return context.pipeline().get(SslHandler.class) != null;
    }

    // At the beginning, and when it has asked for the upgrade and got it
    private static boolean mayTurnToHttp2(ChannelHandlerContext context) {
        return context.pipeline().get(HttpRequestDecoder.class) == null;
    }

    // Over HTTP/2 the first head alone is timed: the others come between what else goes on
    private void timeHead() {
        if (framing.isInHead() && requests == 0) {
            waitForHead();
        } else if (!framing.isHttp2()) {
            stopWaiting();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        gate.answers().look(context.channel());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        gate.answers().forget(context.channel());
        gate.leave(place);
        place = null;
        context.fireChannelInactive();
    }

    private void waitForHead() {
        if (end == null) {
            end = connection.executor().schedule(this::close, gate.headTimeoutMilliseconds(), TimeUnit.MILLISECONDS);
        }
    }

    private void close() {
        var unused = connection.close();
    }

    // An answer that is given while its request is read is not sent yet, and what is not sent is lost with the end
    private void closeBehindAnswers() {
        connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void stopWaiting() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    /** A head has come. */
    void begin() {
        onLoop(() -> {
            requests++;
            stopWaiting();
            // HTTP/2 holds nobody to the limit who does not acknowledge it
            if (requests > gate.requestsAtOnce()) {
                close();
            }
        });
    }

    /** Its request is answered. */
    void end() {
        onLoop(() -> {
            requests--;
            ended++;
            reader = null;
            if (broken && ended == framing.heads()) {
                closeBehindAnswers();
                return;
            }
            if (framing.isInHead() && requests == 0) {
                waitForHead();
            }
        });
    }

    private void onLoop(Runnable step) {
        if (connection.executor().inEventLoop()) {
            step.run();
        } else {
            connection.executor().execute(step);
        }
    }
}
