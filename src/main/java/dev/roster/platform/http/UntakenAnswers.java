package dev.roster.platform.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Bounds the bytes of answers that wait until their clients take them, over all connections. Where there is no room, the
 * connection whose client has been behind for the longest is ended: whoever takes slowly loses, and never shuts out those who
 * come later. An answer that is made as a whole is refused where nobody has been behind for long.
 */
@Singleton
class UntakenAnswers {
    // Behind a piece of a list wait the rows that are written next
    private static final int BESIDE = 1024 * 1024;

    private static final long PART_OF_HEAP = 8;

    // A client that goes on takes a piece more often, also over a bad line
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    // Those of a burst are all behind for so long
    private static final long MOMENT = Duration.ofSeconds(1).toNanos();

    private final long most;
    private final LongSupplier nanoTime;
    // Connections and answers, the one that has been behind for the longest first
    private final Map<Object, Untaken> waiting = new LinkedHashMap<>();
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
    private record Untaken(Channel channel, long bytes, long since) {}

    /**
     * An answer that is made as a whole.
     *
     * @param stream of HTTP/2; -1 over HTTP/1.1, where a connection has one answer at a time
     */
    record Whole(Channel channel, int stream) {
        static final int NO_STREAM = -1;
    }

    synchronized double held() {
        return held;
    }

    /** Takes note of whether a client is behind: more than its connection's buffer, which Netty has as 64 KiB, waits for it. */
    void look(Channel channel) {
        List<Channel> ended = List.of();
        synchronized (this) {
            // One that is being handed over counts already
            if (!waiting.containsKey(new Whole(channel, Whole.NO_STREAM))) {
                ended = note(channel);
            }
        }
        close(ended);
    }

    private List<Channel> note(Channel channel) {
        drop(channel);
        if (channel.isWritable() || !channel.isOpen()) {
            return List.of();
        }
        put(channel, channel, channel.bytesBeforeWritable() + BESIDE);
        return makeRoom(0, channel, 0);
    }

    /** Counts an answer that is about to be sent, where there is room for it. */
    boolean admit(Whole answer, long bytes) {
        List<Channel> ended;
        boolean hasRoom;
        synchronized (this) {
            ended = makeRoom(bytes, answer.channel(), MOMENT);
            hasRoom = held + bytes <= 2 * most;
            if (hasRoom) {
                put(answer, answer.channel(), bytes);
            }
        }
        close(ended);
        return hasRoom;
    }

    /** Counts an answer that is about to be sent, whether or not there is room. */
    void count(Whole answer, long bytes) {
        List<Channel> ended;
        synchronized (this) {
            put(answer, answer.channel(), bytes);
            ended = makeRoom(0, answer.channel(), 0);
        }
        close(ended);
    }

    /** What has been handed to its connection counts as far as its client has not taken it. */
    void handOver(Whole answer) {
        List<Channel> ended;
        synchronized (this) {
            drop(answer);
            ended = note(answer.channel());
        }
        close(ended);
    }

    /** The answer is taken, or given up. */
    synchronized void release(Whole answer) {
        drop(answer);
    }

    /** The connection is over; its streams end by themselves. */
    synchronized void forget(Channel channel) {
        drop(channel);
        drop(new Whole(channel, Whole.NO_STREAM));
    }

    private void put(Object key, Channel channel, long bytes) {
        drop(key);
        waiting.put(key, new Untaken(channel, bytes, nanoTime.getAsLong()));
        held += bytes;
    }

    private void drop(Object key) {
        Untaken before = waiting.remove(key);
        held -= before == null ? 0 : before.bytes();
    }

    /**
     * Forgets those who are to be ended for the sake of others.
     *
     * @param last is never ended
     * @param patience nanoseconds for which whoever is ended has been behind where there is twice too much
     */
    private List<Channel> makeRoom(long more, Channel last, long patience) {
        List<Channel> ended = new ArrayList<>();
        long now = nanoTime.getAsLong();
        while (held + more > most) {
            long enough = held + more > 2 * most ? patience : PATIENCE;
            Optional<Channel> longest = waiting.values().stream()
                    .filter(one -> !one.channel().equals(last))
                    .findFirst()
                    .filter(one -> now - one.since() >= enough)
                    .map(Untaken::channel);
            if (longest.isEmpty()) {
                break;
            }
            dropAll(longest.get());
            ended.add(longest.get());
        }
        return ended;
    }

    private void dropAll(Channel channel) {
        List<Object> keys = waiting.entrySet().stream()
                .filter(one -> one.getValue().channel().equals(channel))
                .map(Map.Entry::getKey)
                .toList();
        keys.forEach(this::drop);
    }

    // Without the lock: what ends asks for it
    private static void close(List<Channel> ended) {
        for (Channel slow : ended) {
            var unused = slow.close();
        }
    }
}
