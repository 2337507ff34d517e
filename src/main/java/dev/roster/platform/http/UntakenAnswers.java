package dev.roster.platform.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
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
 * connection whose client has been behind for the longest is ended: whoever takes slowly loses, and shuts out for some seconds
 * at most those who come later. An answer that is made as a whole is refused where nobody has been behind for those.
 */
@Singleton
class UntakenAnswers {
    // Behind a piece of a list wait the rows that are written next
    private static final int BESIDE = 1024 * 1024;

    private static final long PART_OF_HEAP = 8;

    // A client that goes on takes a piece more often, also over a bad line
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    // Those of a burst are all behind for so long, and end each other only where memory ends
    private static final long MOMENT = Duration.ofSeconds(1).toNanos();

    private final long most;
    private final long refusing;
    private final long full;
    private final LongSupplier nanoTime;
    // Connections and answers, the one that has been behind for the longest first
    private final Map<Object, Untaken> waiting = new LinkedHashMap<>();
    private long held;
    // Of connections that are being ended: a burst keeps their loop from doing so
    private long leaving;

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
     * @param most bytes from which on whoever has been behind for some seconds is ended; from twice as many on, whoever has been for
     *     a second; from three times as many on, anybody. Answers that may be refused have no room beyond twice as many
     */
    UntakenAnswers(long most, LongSupplier nanoTime) {
        this.most = most;
        this.refusing = 2 * most;
        this.full = 3 * most;
        this.nanoTime = nanoTime;
    }

    /** What waits for a client, and since when it is behind. */
    private record Untaken(Channel channel, long bytes, long since) {}

    /** A connection that is being ended, and the bytes that are free by that. */
    private record Ended(Channel channel, long bytes) {}

    /**
     * An answer that is made as a whole, or a list over HTTP/2.
     *
     * @param stream of HTTP/2; -1 over HTTP/1.1, where a connection has one answer at a time
     */
    record Answer(Channel channel, int stream) {
        static final int NO_STREAM = -1;
    }

    synchronized double held() {
        return held + leaving;
    }

    /** Takes note of whether a client is behind: more than its connection's buffer, which Netty has as 64 KiB, waits for it. */
    void look(Channel channel) {
        List<Ended> ended = List.of();
        synchronized (this) {
            // One that is being handed over counts already
            if (!waiting.containsKey(new Answer(channel, Answer.NO_STREAM))) {
                ended = note(channel, BESIDE);
            }
        }
        close(ended);
    }

    private List<Ended> note(Channel channel, long beside) {
        drop(channel);
        if (channel.isWritable() || !channel.isOpen()) {
            return List.of();
        }
        return hold(channel, channel, channel.bytesBeforeWritable() + beside);
    }

    private List<Ended> hold(Object key, Channel channel, long bytes) {
        put(key, channel, bytes);
        return makeRoom(0);
    }

    /** Counts an answer that is about to be sent, where there is room for it. */
    boolean admit(Answer answer, long bytes) {
        // Nobody is ended for what can never fit
        if (bytes > refusing) {
            return false;
        }
        List<Ended> ended;
        synchronized (this) {
            ended = makeRoom(bytes);
        }
        close(ended);
        synchronized (this) {
            boolean hasRoom = held + leaving + bytes <= refusing;
            if (hasRoom) {
                put(answer, answer.channel(), bytes);
            }
            return hasRoom;
        }
    }

    /** Counts an answer that is being sent, unless it was admitted: whether or not there is room, so its own connection may be ended. */
    void count(Answer answer, long bytes) {
        List<Ended> ended = List.of();
        synchronized (this) {
            if (!waiting.containsKey(answer)) {
                ended = hold(answer, answer.channel(), bytes);
            }
        }
        close(ended);
    }

    /** Counts a piece of a list, and what follows it, in the place of the one before, which has been taken. */
    void follow(Answer list, long bytes) {
        List<Ended> ended;
        synchronized (this) {
            ended = hold(list, list.channel(), bytes);
        }
        close(ended);
    }

    /** What has been handed to its connection counts as far as its client has not taken it. */
    void handOver(Answer answer) {
        List<Ended> ended;
        synchronized (this) {
            ended = note(answer.channel(), drop(answer) / LargeAnswers.COPIES);
        }
        close(ended);
    }

    /** The answer is taken, or given up. */
    synchronized void release(Answer answer) {
        drop(answer);
    }

    /** The connection is over; its streams end by themselves. */
    synchronized void forget(Channel channel) {
        drop(channel);
        drop(new Answer(channel, Answer.NO_STREAM));
    }

    private void put(Object key, Channel channel, long bytes) {
        drop(key);
        waiting.put(key, new Untaken(channel, bytes, nanoTime.getAsLong()));
        held += bytes;
    }

    private long drop(Object key) {
        Untaken before = waiting.remove(key);
        long bytes = before == null ? 0 : before.bytes();
        held -= bytes;
        return bytes;
    }

    /**
     * Forgets those who are to be ended for the sake of others.
     *
     * @param more bytes that are asked for, and not held yet
     */
    private List<Ended> makeRoom(long more) {
        List<Ended> ended = new ArrayList<>();
        long now = nanoTime.getAsLong();
        while (held + more > most) {
            long patience = patience(more);
            Optional<Channel> longest = waiting.values().stream()
                    .findFirst()
                    .filter(one -> now - one.since() >= patience)
                    .map(Untaken::channel);
            if (longest.isEmpty()) {
                break;
            }
            ended.add(new Ended(longest.get(), dropAll(longest.get())));
        }
        return ended;
    }

    // For how long who is ended must have been behind; what is only asked for can be refused
    private long patience(long more) {
        if (more > 0) {
            return PATIENCE;
        }
        if (held > full) {
            return 0;
        }
        return held > refusing ? MOMENT : PATIENCE;
    }

    private long dropAll(Channel channel) {
        long before = held;
        List<Object> keys = waiting.entrySet().stream()
                .filter(one -> one.getValue().channel().equals(channel))
                .map(Map.Entry::getKey)
                .toList();
        keys.forEach(this::drop);
        leaving += before - held;
        return before - held;
    }

    // Without the lock: what ends asks for it
    private void close(List<Ended> ended) {
        for (Ended slow : ended) {
            cut(slow.channel()).addListener(closed -> left(slow.bytes()));
        }
    }

    // From the front of the pipeline: the server itself would first wait until what is written has been taken
    private static ChannelFuture cut(Channel channel) {
        ChannelHandlerContext front = channel.pipeline().firstContext();
        return front == null ? channel.close() : front.close();
    }

    private synchronized void left(long bytes) {
        leaving -= bytes;
    }
}
