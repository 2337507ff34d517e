package dev.roster.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One connection to the API: counted from its first moment, ended where a head is slow, and cut off where what comes can be read in
 * two ways. Over HTTP/1.1 a request waits until the one before is answered and mostly taken; nothing more is read meanwhile.
 */
final class AcceptedConnection extends ChannelDuplexHandler {
    private final ConnectionGate gate;
    private final StrictFraming framing = new StrictFraming();
    private final HeadTimer timer;
    private final WaitingBytes waiting = new WaitingBytes();
    private Object place;
    private ChannelHandlerContext connection;
    private int requests;
    private boolean broken;
    private boolean goesOn;
    private Runnable reader;

    AcceptedConnection(ConnectionGate gate) {
        this.gate = gate;
        this.timer = new HeadTimer(gate.headTimeoutMilliseconds());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timer.stop();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
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
            HeadTimer.close(context);
            return;
        }
        timer.start(connection);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (framing.isOver()) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ByteBuf bytes && !isEncrypted(context)) {
            if (waiting.isEmpty()) {
                follow(context, bytes);
            } else {
                waiting.keep(context.channel(), bytes);
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Passes on what comes next, one request at most: each of many that came together has a turn of its own. */
    private void follow(ChannelHandlerContext context, ByteBuf bytes) {
        int end = framing.read(bytes, mayTurnToHttp2(context), mayBegin(context));
        if (end < bytes.writerIndex() && !framing.isOver()) {
            if (end > bytes.readerIndex()) {
                context.fireChannelRead(bytes.readRetainedSlice(end - bytes.readerIndex()));
            }
            waiting.keep(connection.channel(), bytes);
            goOn();
            return;
        }
        bytes.writerIndex(end);
        timeHead();
        context.fireChannelRead(bytes);
        if (framing.isRefusedInBody()) {
            breakBody();
        } else if (framing.isRefused()) {
            byte[] instead = framing.hasTooManyHeaders() ? HttpBytes.END_OF_HEAD : HttpBytes.BROKEN_LINES;
            context.fireChannelRead(Unpooled.wrappedBuffer(instead));
        }
    }

    // The server itself takes as many as come, and writes their answers whether or not anybody reads them
    private boolean mayBegin(ChannelHandlerContext context) {
        return mayTurnToHttp2(context) || (requests == 0 && context.channel().isWritable());
    }

    // Not within what is being passed on
    private void goOn() {
        // One step at a time: each takes up a request, and several may have cause for the next
        if (!waiting.isEmpty() && !goesOn) {
            goesOn = true;
            connection.executor().execute(() -> {
                goesOn = false;
                if (!waiting.isEmpty() && mayBegin(connection)) {
                    follow(connection, waiting.take());
                    connection.fireChannelReadComplete(); // the server sends nothing before
                    if (connection.channel().config().isAutoRead()) {
                        read(connection);
                    }
                }
            });
        }
    }

    // Nothing more of it comes. Its request is the last one: whoever reads its body refuses it, and it is answered then
    private void breakBody() {
        broken = true;
        if (requests == 0) {
            closeBehindAnswers();
        } else if (reader != null) {
            reader.run();
        }
    }

    /** Runs the refusal where the body of the present request, which is being read, cannot be read on, now or later. */
    void whenBroken(Runnable refusal) {
        EventLoops.run(connection.executor(), () -> {
            reader = refusal;
            if (broken) {
                refusal.run();
            }
        });
    }

    private static boolean isEncrypted(ChannelHandlerContext context) {
        return context.pipeline().get(SslHandler.class) != null;
    }

    // At the beginning, by who knows that the server speaks it
    private static boolean mayTurnToHttp2(ChannelHandlerContext context) {
        return context.pipeline().get(HttpRequestDecoder.class) == null;
    }

    // Over HTTP/2 the first head alone is timed: the others come between what else goes on
    private void timeHead() {
        if (framing.isInHead() && requests == 0) {
            timer.start(connection);
        } else if (!framing.isHttp2() || framing.heads() > 0) {
            timer.stop();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting.isEmpty()) {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        gate.answers().look(context.channel());
        context.fireChannelWritabilityChanged();
        goOn();
    }

    // Before the first head nothing behind this takes note of a connection that breaks
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException && !isEncrypted(context) && framing.heads() == 0 && !framing.isHttp2()) {
            HeadTimer.close(connection);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.stop();
        gate.answers().forget(context.channel());
        gate.leave(place);
        place = null;
        waiting.release();
        context.fireChannelInactive();
    }

    // An answer that is given while its request is read is not sent yet, and what is not sent is lost with the end
    private void closeBehindAnswers() {
        connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** A head has come. */
    void begin() {
        EventLoops.run(connection.executor(), () -> {
            requests++;
            timer.stop();
            // HTTP/2 holds nobody to the limit who does not acknowledge it, and an answer that waits for its window is
            // ended here
            if (gate.hasTooManyStreams(connection.pipeline())) {
                HeadTimer.close(connection);
            }
        });
    }

    /**
     * Its request is answered.
     *
     * @param server what is behind this: whoever ends an answer holds it until it is told, which is after this is called
     */
    void end(HttpConnection server) {
        EventLoops.runBehind(connection.executor(), server, this::answered);
    }

    private void answered() {
        requests--;
        reader = null;
        goOn();
        if (broken) {
            closeBehindAnswers();
        } else if (framing.isInHead() && requests == 0) {
            timer.start(connection);
        }
    }
}
