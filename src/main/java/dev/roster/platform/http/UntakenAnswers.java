package dev.roster.platform.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds the bytes of answers that wait until their clients take them, over all connections. Where there is no room, the
 * connection whose client has been behind for the longest is ended: whoever takes slowly loses, and never shuts out those who
 * come later.
 */
@Singleton
class UntakenAnswers {
    // Behind a piece of a list wait the rows that are written next
    private static final int BESIDE = 1024 * 1024;

    private static final long PART_OF_HEAP = 8;

    // A client that goes on takes a piece more often, also over a bad line
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private final long most;
    private final LongSupplier nanoTime;
    private final Map<Channel, Untaken> waiting = new LinkedHashMap<>();
    private long held;

    @Inject
    UntakenAnswers(MeterRegistry metrics) {
        this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, System::nanoTime);
        Gauge.builder("roster.http.answers", this, UntakenAnswers::held)
                .baseUnit("bytes")
                .description("Bytes of answers that wait until their clients take them, and of what follows them")
                .register(metrics);
    }

    /**
     * For some memory.
     *
     * @param most bytes from which on whoever has been behind for some seconds is ended; from twice as many on, anybody
     */
    UntakenAnswers(long most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** What waits for a client, and since when it is behind. */
    private record Untaken(long bytes, long since) {}

    synchronized double held() {
        return held;
    }

    /** Takes note of whether a client is behind: more than its connection's buffer, which Netty has as 64 KiB, waits for it. */
    void look(Channel channel) {
        List<Channel> ended = new ArrayList<>();
        synchronized (this) {
            forget(channel);
            if (!channel.isWritable() && channel.isOpen()) {
                Untaken untaken = new Untaken(channel.bytesBeforeWritable() + BESIDE, nanoTime.getAsLong());
                waiting.put(channel, untaken);
                held += untaken.bytes();
                makeRoom(channel, untaken.since(), ended);
            }
        }
        for (Channel slow : ended) {
            var unused = slow.close();
        }
    }

    private void makeRoom(Channel last, long now, List<Channel> ended) {
        Iterator<Map.Entry<Channel, Untaken>> longest = waiting.entrySet().iterator();
        while (held > most) {
            Map.Entry<Channel, Untaken> one = longest.next();
            boolean mayGoOn = held <= 2 * most && now - one.getValue().since() < PATIENCE;
            if (one.getKey().equals(last) || mayGoOn) {
                return;
            }
            longest.remove();
            held -= one.getValue().bytes();
            ended.add(one.getKey());
        }
    }

    /** The connection is over. */
    synchronized void forget(Channel channel) {
        Untaken before = waiting.remove(channel);
        held -= before == null ? 0 : before.bytes();
    }
}
