package dev.roster.platform.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Bounds the bytes of bodies that are there at once, over all connections. What has come counts,
 * not what is announced. Where nothing is left, the body that has been coming for the longest is
 * given up: whoever sends slowly loses, and never shuts out those who come later.
 */
@Startup
@Singleton
class BodyMemory {
    private static final long PART_OF_HEAP = 8;

    private final long most;
    private final Set<ComingBody> coming = new LinkedHashSet<>();
    private long held;

    BodyMemory(RequestLimits limits, MeterRegistry metrics) {
        most =
                limits.checked()
                        .bodyMemory()
                        .map(size -> size.asLongValue())
                        .orElse(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
        Gauge.builder("roster.http.bodies", this, BodyMemory::held)
                .baseUnit("bytes")
                .description("Bytes of the bodies of requests that are there at once")
                .register(metrics);
    }

    private synchronized double held() {
        return held;
    }

    synchronized void begin(ComingBody body) {
        coming.add(body);
    }

    /** Makes room for more of a body; false where there is none, and the body has to go. */
    synchronized boolean take(ComingBody body, int bytes) {
        Iterator<ComingBody> oldest = coming.iterator();
        while (held + bytes > most) {
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
