package dev.roster.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;

/** What has come over a connection and may not be passed on yet. */
final class WaitingBytes {
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** Keeps some more behind those that there are; the handler that has them passes on no request to read as long. */
    void keep(Channel connection, ByteBuf more) {
        bytes = isEmpty() ? more : joined(bytes, more);
        ChannelConfig config = connection.config();
        if (config.isAutoRead()) {
            // The system's buffer is read until it is told not to be, whether or not anybody asks
            config.setAutoRead(false);
            config.setAutoRead(true);
        }
    }

    // One buffer of as many as a turn of reading brings, and none within another
    private static ByteBuf joined(ByteBuf first, ByteBuf more) {
        CompositeByteBuf all = first instanceof CompositeByteBuf several
                ? several
                : Unpooled.compositeBuffer().addComponent(true, first);
        return all.addComponent(true, more);
    }

    /** All that there are, which are kept no longer. */
    ByteBuf take() {
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        return all;
    }

    void release() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
