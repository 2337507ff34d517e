package dev.roster.platform.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Ends a connection whose head is slow. */
final class HeadTimer {
    private final long milliseconds;
    private ScheduledFuture<?> end;

    HeadTimer(long milliseconds) {
        this.milliseconds = milliseconds;
    }

    /** Begins to wait, unless it does already. */
    void start(ChannelHandlerContext connection) {
        if (end == null) {
            end = connection.executor().schedule(() -> close(connection), milliseconds, TimeUnit.MILLISECONDS);
        }
    }

    static void close(ChannelHandlerContext connection) {
        var unused = connection.close();
    }

    void stop() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }
}
