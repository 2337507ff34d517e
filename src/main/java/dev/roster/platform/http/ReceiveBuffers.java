package dev.roster.platform.http;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Bounds what one connection has sent that nobody has asked for: what the system holds, and what is read of it at once.
 * The ones that grow by themselves would be 64 KB on the heap, times every connection there may be.
 */
@Singleton
public class ReceiveBuffers implements HttpServerOptionsCustomizer {
    /** Read at once; in the place of Vert.x' own, which is as large as the system's buffer. */
    static final FixedRecvByteBufAllocator READ = new FixedRecvByteBufAllocator(16 * 1024);

    // The system takes twice this, and so more than one segment of the loopback interface (64 KB): with less, senders
    // there wait for timers
    private static final int SYSTEM_BYTES = 64 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setReceiveBufferSize(SYSTEM_BYTES);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setReceiveBufferSize(SYSTEM_BYTES);
    }
}
