package dev.roster.platform.http;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Ends what is left when an answer is given before the whole request was read, or after a request
 * that should not have been sent: what still comes is dropped, and the connection closed (RFC 9112
 * section 9.6). What stands behind it on the connection is never taken for a request.
 */
@Singleton
public class Leftovers {
    // Whoever is still sending gets the time to read the answer, which a reset would take away
    private static final long LINGER_MILLISECONDS = 1_000;

    private static final AttributeKey<Boolean> CLOSING = AttributeKey.valueOf(Leftovers.class, "closing");

    void register(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(this::watch);
    }

    private void watch(RoutingContext context) {
        if (!isHttp1(context.request())) {
            context.next();
        } else if (!((ConnectionBase) context.request().connection()).channel().hasAttr(CLOSING)) {
            context.addHeadersEndHandler(head -> drop(context));
            context.next();
        }
    }

    private static void drop(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!RequestBody.isLeft(request)) {
            return;
        }
        if (BodyStream.isRead(context)) {
            context.addEndHandler(answered -> dropRest(context));
            return;
        }
        request.handler(ignored -> {}).resume(); // what has come already is gone at once
        if (!request.isEnded()) {
            closeAfterAnswer(context);
        }
    }

    /** After an answer that was given while its request came, and ended before it. */
    private static void dropRest(RoutingContext context) {
        if (RequestBody.isLeft(context.request())) {
            ((ConnectionBase) context.request().connection())
                    .channel()
                    .attr(CLOSING)
                    .set(true);
            context.request().handler(ignored -> {}).resume();
            hangUp(context);
        }
    }

    /** Lets this answer be the last of its connection; HTTP/2 has its own ways. */
    public static void closeAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isHttp1(request)) {
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        ((ConnectionBase) request.connection()).channel().attr(CLOSING).set(true);
        context.addEndHandler(answered -> hangUp(context));
    }

    private static void hangUp(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean waitsForVerdict = request.headers().contains(HttpHeaders.EXPECT) && !BodyStream.isRead(context);
        if (waitsForVerdict || !RequestBody.isLeft(request)) {
            request.connection().close();
            return;
        }
        long timer = context.vertx()
                .setTimer(LINGER_MILLISECONDS, over -> request.connection().close());
        // The one handler that a connection has for its end is the server's, which counts connections
        ((ConnectionBase) request.connection()).channel().closeFuture().addListener(closed -> context.vertx()
                .cancelTimer(timer));
        request.endHandler(end -> request.connection().close());
    }

    private static boolean isHttp1(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2;
    }
}
