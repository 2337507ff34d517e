package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.UntakenAnswers.Answer;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * What waits for a client counts until it is taken. Over HTTP/1.1 it waits in the buffer of the connection, where only large
 * answers that are made as a whole are not seen; over HTTP/2 before that, for the window of its stream, and counts until that is
 * closed: whole answers, and of a list the piece that waits.
 */
@Singleton
public class LargeAnswers {
    // Bytes that do not count. A hundred streams of a connection may have as many each
    private static final int SMALL = 16 * 1024;
    private static final int SMALL_FOR_STREAM = 2 * 1024;

    // As it was made, and in a buffer: both are there until it is taken
    static final int COPIES = 2;

    // The rows behind a piece that is full
    private static final int ROWS_OF_PIECE = 4;

    private static final AttributeKey<Boolean> WATCHED = AttributeKey.valueOf(LargeAnswers.class, "watched");

    private final UntakenAnswers answers;
    private final CurrentVertxRequest request;

    LargeAnswers(UntakenAnswers answers, CurrentVertxRequest request) {
        this.answers = answers;
        this.request = request;
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.OWN_ANSWERS).handler(this::promise);
    }

    /** Makes room for what answers the present request; {@code unavailable} where there is none. */
    public void admit(byte[] body) {
        RoutingContext http = request.getCurrent();
        if (counts(http, body.length)) {
            Answer answer = answer(http);
            ErrorCode.UNAVAILABLE.unless(answers.admit(answer, (long) COPIES * body.length));
            watch(http, answer);
        }
    }

    /** The pieces of the list that answers the present request, each made when the one before has been taken. */
    public Multi<byte[]> follow(Multi<byte[]> pieces) {
        RoutingContext http = request.getCurrent();
        if (!isStream(http)) {
            return pieces;
        }
        Answer list = answer(http);
        return pieces.invoke(piece -> {
            if (counts(http, piece.length)) {
                answers.follow(list, (long) (COPIES + ROWS_OF_PIECE) * piece.length);
                watch(http, list);
            } else {
                answers.release(list);
            }
        });
    }

    private static boolean counts(RoutingContext http, long bytes) {
        return bytes > (isStream(http) ? SMALL_FOR_STREAM : SMALL);
    }

    private static boolean isStream(RoutingContext http) {
        return http.request().version() == HttpVersion.HTTP_2;
    }

    private void promise(RoutingContext http) {
        if (isStream(http) && !HttpMethod.HEAD.equals(http.request().method())) {
            http.addHeadersEndHandler(head -> count(http));
        }
        http.next();
    }

    // What tells of a change is carried out, and is not refused any more. Lists have no length, and are followed
    private void count(RoutingContext http) {
        String length = http.response().headers().get(HttpHeaders.CONTENT_LENGTH);
        long bytes = length == null ? 0 : Long.parseLong(length);
        if (counts(http, bytes)) {
            Answer answer = answer(http);
            answers.count(answer, COPIES * bytes);
            watch(http, answer);
        }
    }

    private static Answer answer(RoutingContext http) {
        Channel channel = ((ConnectionBase) http.request().connection()).channel();
        return new Answer(channel, http.request().streamId());
    }

    private void watch(RoutingContext http, Answer answer) {
        Http2ConnectionHandler http2 = answer.channel().pipeline().get(Http2ConnectionHandler.class);
        if (http2 != null) {
            EventLoops.run(answer.channel().eventLoop(), () -> watch(http2.connection(), answer));
            return;
        }
        // It is written by then, as both are done by the loop
        http.addEndHandler(sent -> EventLoops.run(answer.channel().eventLoop(), () -> answers.handOver(answer)));
        if (http.response().ended() || !answer.channel().isOpen()) {
            answers.release(answer);
        }
    }

    private void watch(Http2Connection connection, Answer answer) {
        Channel channel = answer.channel();
        Http2Stream stream = connection.stream(answer.stream());
        if (stream == null || stream.state() == Http2Stream.State.CLOSED) {
            answers.release(answer);
        } else if (channel.attr(WATCHED).setIfAbsent(true) == null) {
            connection.addListener(new Http2ConnectionAdapter() {
                @Override
                public void onStreamClosed(Http2Stream closed) {
                    answers.release(new Answer(channel, closed.id()));
                }
            });
        }
    }
}
