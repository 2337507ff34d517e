package dev.roster.platform.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Bounds the bytes of bodies that are there at once, and of the values that are made of them, over all connections. What
 * has come counts, not what is announced. Where nothing is left, the body that has been coming for the longest is
 * given up: whoever sends slowly loses, and never shuts out those who come later. So it is with requests whose bodies do not come
 * at all.
 */
@Startup
@ApplicationScoped
class BodyMemory {
    private static final long PART_OF_HEAP = 8;

    // What a request takes besides its body while that comes: over HTTP/2 a stranger has thousands at once
    private static final long REQUEST = 8 * 1024;

    private final long most;
    private final long timeoutMilliseconds;
    private final Set<ComingBody> coming = new LinkedHashSet<>();
    private long held;

    BodyMemory(RequestLimits limits, MeterRegistry metrics) {
        timeoutMilliseconds = limits.bodyTimeout().toMillis();
        most = limits.bodyMemory()
                .map(size -> size.asLongValue())
                .orElse(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
        Gauge.builder("roster.http.bodies", this, BodyMemory::held)
                .baseUnit("bytes")
                .description(
                        "Bytes of the bodies of requests that are there at once, and of the values that are made of them")
                .register(metrics);
    }

    private synchronized double held() {
        return held;
    }

    /**
     * Reads a body, and lets the request go on with it, or with the reason why it has none.
     *
     * @param limit bytes of it
     * @param weight what is made of each of its parts takes besides
     */
    void read(
            ResteasyReactiveContainerRequestContext request,
            RoutingContext http,
            long limit,
            ToIntFunction<ByteBuffer> weight) {
        request.suspend();
        ComingBody body = new ComingBody(request, http, this, limit, weight);
        synchronized (this) {
            coming.add(body);
        }
        body.read(timeoutMilliseconds);
        body.makeRoom();
    }

    /** Lets an operation read a body itself, piece by piece: there is little of it at once, which does not count. */
    void stream(RoutingContext http) {
        BodyStream.open(http, timeoutMilliseconds);
    }

    /** Whether there is room for one body of this size, if it is alone. */
    boolean hasRoomFor(long bytes) {
        return bytes <= most;
    }

    /** Makes room for more of a body; false where there is none, and the body has to go. */
    synchronized boolean take(ComingBody body, int bytes) {
        Iterator<ComingBody> oldest = coming.iterator();
        while (held + bytes + REQUEST * (coming.size() - 1) > most) {
            ComingBody other = oldest.hasNext() ? oldest.next() : body;
            if (other.equals(body)) {
                return false;
            }
            oldest.remove();
            held -= other.giveUp();
        }
        held += bytes;
        return true;
    }

    /** The body has come wholly: it can no longer be given up. */
    synchronized void complete(ComingBody body) {
        coming.remove(body);
    }

    synchronized void release(ComingBody body, long bytes) {
        coming.remove(body);
        held -= bytes;
    }
}
