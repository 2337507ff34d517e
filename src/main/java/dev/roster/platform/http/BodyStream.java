package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A body that is read piece by piece, as fast as it is asked for: whoever sends faster waits. All of it happens on the
 * event loop of the request.
 */
public final class BodyStream {
    // A few pieces, so that there is always a next one; beyond that the connection is not read
    private static final int MOST = 256 * 1024;

    private static final String KEY = BodyStream.class.getName();

    private final RoutingContext http;
    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();
    private final long timeoutMilliseconds;
    private final Queue<Buffer> pieces = new ArrayDeque<>();
    private long held;
    private long received = System.nanoTime();
    private boolean started;
    private boolean paused;
    private boolean ended;
    private Throwable failure;
    private UniEmitter<? super Buffer> waiting;
    private Context waitsOn;
    private long timer;

    private BodyStream(RoutingContext http, long timeoutMilliseconds) {
        this.http = http;
        this.request = http.request();
        this.timeoutMilliseconds = timeoutMilliseconds;
    }

    /** The failure of a client that has left. */
    public static final class Left extends RuntimeException {
        Left(Throwable cause) {
            super("the client has left", cause, false, false);
        }
    }

    /** Takes over the body of a request, of which nothing was read. */
    static void open(RoutingContext http, long timeoutMilliseconds) {
        BodyStream stream = new BodyStream(http, timeoutMilliseconds);
        http.put(KEY, stream);
        if (!RequestBody.isLeft(stream.request)) {
            stream.ended = true;
            return;
        }
        stream.request.exceptionHandler(gone -> stream.fail(new Left(gone)));
        http.response().exceptionHandler(gone -> stream.fail(new Left(gone)));
        stream.request.endHandler(end -> stream.end());
        stream.request.handler(stream::take).resume();
        AcceptedConnections.of(stream.request)
                .ifPresent(connection -> connection.whenBroken(() -> stream.fail(RequestBody.refuseChunks(http))));
    }

    /** The body of a request to a {@link StreamedResource}. */
    public static BodyStream of(RoutingContext http) {
        return http.get(KEY);
    }

    /** Whether somebody reads the body of this request, so that it is no leftover. */
    static boolean isRead(RoutingContext http) {
        BodyStream stream = http.get(KEY);
        return stream != null && stream.started;
    }

    /**
     * The next piece; null at the end. Fails with {@code request_timeout} where nothing comes for too long, with
     * {@code invalid_request} where its chunks are broken, and with {@link Left} where the client has gone. Only
     * one may be asked for at a time.
     */
    public Uni<Buffer> next() {
        return Uni.createFrom().emitter(emitter -> {
            waiting = emitter;
            waitsOn = Vertx.currentContext();
            begin();
            if (!answer()) {
                timer = http.vertx()
                        .setTimer(timeoutMilliseconds, late -> fail(RosterException.of(ErrorCode.REQUEST_TIMEOUT)));
            }
        });
    }

    /** Reads no further, on any thread: who waits for a piece, or asks for one that has not come, is told why. */
    public void giveUp(RosterException why) {
        context.runOnContext(now -> fail(why));
    }

    /** When the last piece has come, or the head of the request, by {@link System#nanoTime}. */
    public long received() {
        return received;
    }

    private void begin() {
        if (!started && !ended && request.headers().contains(HttpHeaders.EXPECT)) {
            http.response().writeContinue();
        }
        started = true;
    }

    private void take(Buffer piece) {
        received = System.nanoTime();
        pieces.add(piece);
        held += piece.length();
        if (held > MOST && !paused) {
            paused = true;
            request.pause();
        }
        answer();
    }

    private void end() {
        ended = true;
        answer();
    }

    private void fail(Throwable reason) {
        if (failure == null && !ended) {
            failure = reason;
        }
        answer();
    }

    /** Gives whoever waits what there is; false where it goes on waiting. */
    private boolean answer() {
        if (waiting == null || (pieces.isEmpty() && failure == null && !ended)) {
            return false;
        }
        UniEmitter<? super Buffer> emitter = waiting;
        Buffer piece = pieces.poll();
        waiting = null;
        http.vertx().cancelTimer(timer);
        if (piece == null && failure != null) {
            waitsOn.runOnContext(later -> emitter.fail(failure));
        } else {
            release(piece);
            waitsOn.runOnContext(later -> emitter.complete(piece));
        }
        return true;
    }

    private void release(Buffer piece) {
        held -= piece == null ? 0 : piece.length();
        if (paused && held <= MOST / 2) {
            paused = false;
            request.resume();
        }
    }
}
