package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;

/** The body of one request while it comes: counted with what is made of it, timed, and given up at a limit. */
final class ComingBody implements ServerHttpRequest.ReadCallback {
    private final ResteasyReactiveContainerRequestContext request;
    private final RoutingContext http;
    private final BodyMemory memory;
    private final long most;
    private final ToIntFunction<ByteBuffer> weight;
    private final Context context;
    private final Uni<?> readmission;
    private Bytes bytes = new Bytes();
    private long wanted;
    private long timer;
    private boolean over;

    // Guarded by the memory, which also gives bodies up from the threads of others
    private long counted;
    private boolean givenUp;

    /**
     * @param most bytes of it
     * @param weight what is made of each of its parts takes besides
     */
    ComingBody(
            ResteasyReactiveContainerRequestContext request,
            RoutingContext http,
            BodyMemory memory,
            long most,
            ToIntFunction<ByteBuffer> weight) {
        this.request = request;
        this.http = http;
        this.memory = memory;
        this.most = most;
        this.weight = weight;
        context = http.vertx().getOrCreateContext();
        readmission = Readmission.of(context);
    }

    void read(long timeoutMilliseconds) {
        timer = http.vertx().setTimer(timeoutMilliseconds, late -> fail(RosterException.of(ErrorCode.REQUEST_TIMEOUT)));
        http.addEndHandler(answeredOrBroken -> end());
        ((ResteasyReactiveRequestContext) request.getServerRequestContext())
                .serverRequest()
                .setReadListener(this);
        AcceptedConnections.of(http.request())
                .ifPresent(connection -> connection.whenBroken(() -> context.runOnContext(later -> refuse())));
    }

    /** Takes the place of those that have been coming for longer, where there are too many. */
    void makeRoom() {
        if (!over && !count(0)) {
            fail(RosterException.of(ErrorCode.UNAVAILABLE));
        }
    }

    private void refuse() {
        if (!over) {
            fail(RequestBody.refuseChunks(http));
        }
    }

    @Override
    public void data(ByteBuffer part) {
        if (over) {
            return; // read on without keeping it: whoever still sends shall get the answer
        }
        int size = part.remaining();
        int taken = size + weight.applyAsInt(part);
        wanted += taken;
        if (bytes.size() + (long) size > most || !memory.hasRoomFor(wanted)) {
            fail(RosterException.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else if (!count(taken)) {
            fail(RosterException.of(ErrorCode.UNAVAILABLE));
        } else {
            byte[] copy = new byte[size];
            part.get(copy);
            bytes.write(copy, 0, size);
        }
    }

    private boolean count(int size) {
        synchronized (memory) {
            boolean taken = !givenUp && memory.take(this, size);
            counted += taken ? size : 0;
            return taken;
        }
    }

    @Override
    public void done() {
        if (!over && isKept()) {
            readmission.subscribe().with(still -> goOn(), this::fail);
        }
    }

    private void goOn() {
        if (!over) {
            over = true;
            http.vertx().cancelTimer(timer);
            request.setEntityStream(bytes.stream());
            request.resume();
        }
    }

    /** Whether it counts until it is answered; one that was given up at this moment fails soon. */
    private boolean isKept() {
        synchronized (memory) {
            memory.complete(this);
            return !givenUp;
        }
    }

    /** Frees its bytes for others: how many. Called with the memory locked, from any thread. */
    long giveUp() {
        long freed = counted;
        counted = 0;
        givenUp = true;
        context.runOnContext(later -> fail(RosterException.of(ErrorCode.UNAVAILABLE)));
        return freed;
    }

    private void fail(Throwable reason) {
        if (!over) {
            end();
            request.resume(reason);
        }
    }

    private void end() {
        over = true;
        http.vertx().cancelTimer(timer);
        bytes = new Bytes();
        synchronized (memory) {
            memory.release(this, counted);
            counted = 0;
        }
    }

    /** Lends its array out instead of copying it once more. */
    private static final class Bytes extends ByteArrayOutputStream {
        InputStream stream() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
