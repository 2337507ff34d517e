package dev.roster.platform.database;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * Gives up a connection to a server that does not end it. The PostgreSQL client of Vert.x says farewell, closes its
 * direction and waits for the server to close the other one, with the requests whose statements run there: one that hangs
 * never does. Netty makes this as a service.
 */
@RegisterForReflection
public final class SilentServers extends ChannelInitializerExtension {
    private static final long PATIENCE_MILLISECONDS = 500;

    /** Ends the connection of a pool at once, without a farewell: its statements fail, and it is not used again. */
    public static void giveUp(SqlConnection connection) {
        SocketConnectionBase physical = (SocketConnectionBase)
                ((SqlConnectionBase<?>) connection).unwrap().unwrap();
        // Past the client, which would wait until the server has read its farewell
        var unused = physical.socket()
                .channelHandlerContext()
                .channel()
                .pipeline()
                .firstContext()
                .close();
    }

    @Override
    public void postInitializeClientChannel(Channel channel) {
        channel.pipeline().addFirst(new GivenUp());
    }

    /** First in the pipeline, so that its end of the connection goes past the farewell of the client. */
    private static final class GivenUp extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof ChannelOutputShutdownEvent) {
                var unused = context.executor()
                        .schedule(() -> giveUp(context), PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            }
            super.userEventTriggered(context, event);
        }

        private static void giveUp(ChannelHandlerContext context) {
            var unused = context.close();
        }
    }
}
