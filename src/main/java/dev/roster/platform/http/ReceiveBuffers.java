package dev.roster.platform.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Bounds what one connection has read that nobody has asked for: a few of these buffers. The ones
 * that grow by themselves would be 64 KB, times every connection there may be.
 */
@Singleton
public class ReceiveBuffers implements HttpServerOptionsCustomizer {
    private static final int BYTES = 16 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setReceiveBufferSize(BYTES);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setReceiveBufferSize(BYTES);
    }
}
