package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Shares the threads that hash out among those who ask: each source has its turn after the others,
 * and places of its own, so that nobody who asks a hundred times at once makes others wait.
 */
final class HashingTurns {
    // An office that comes to work at nine, within the half second that this many take
    static final int MOST_OF_A_SOURCE = 16;

    // One person with several programs; more at once are guesses
    static final int MOST_OF_AN_ACCOUNT = 8;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final WorkerExecutor workers;
    private final int threads;
    private final int memory;
    private final Map<Object, Integer> places = new HashMap<>();
    private final Map<String, Queue<Turn<?>>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int used;

    /**
     * Over some threads.
     *
     * @param memory MiB that all take together that run at once, or one alone that takes more
     */
    HashingTurns(WorkerExecutor workers, int threads, int memory) {
        this.workers = workers;
        this.threads = threads;
        this.memory = memory;
    }

    /**
     * Does a piece of work when its turn comes. {@code rate_limited} at once where its source or
     * its account has too many already, {@code unavailable} where all have together.
     *
     * @param mib what it takes
     */
    <T> Uni<T> run(Asker asker, int mib, Callable<T> work) {
        return Uni.createFrom()
                .emitter(emitter -> enter(new Turn<>(asker, mib, work, emitter, Vertx.currentContext())));
    }

    /**
     * A piece of work that waits or runs.
     *
     * @param context where its outcome is expected; null where that does not matter
     */
    private record Turn<T>(Asker asker, int mib, Callable<T> work, UniEmitter<? super T> emitter, Context context) {

        Stream<Object> places() {
            return Stream.of(asker.kind(), asker.source(), "account " + asker.account());
        }

        void end(T result, Throwable failure) {
            if (context == null) {
                emit(result, failure);
            } else {
                context.runOnContext(back -> emit(result, failure));
            }
        }

        private void emit(T result, Throwable failure) {
            if (failure == null) {
                emitter.complete(result);
            } else {
                emitter.fail(failure);
            }
        }
    }

    private synchronized void enter(Turn<?> turn) {
        Asker asker = turn.asker();
        if (taken(asker.source()) >= MOST_OF_A_SOURCE || taken("account " + asker.account()) >= MOST_OF_AN_ACCOUNT) {
            throw RosterException.rateLimited(SOON);
        }
        if (taken(asker.kind()) >= asker.kind().places()) {
            throw RosterException.of(ErrorCode.UNAVAILABLE);
        }
        turn.places().forEach(place -> places.merge(place, 1, Integer::sum));
        waiting.computeIfAbsent(asker.source(), source -> new ArrayDeque<>()).add(turn);
        startNext();
    }

    private synchronized void leave(Turn<?> turn) {
        // No entry stays behind, or strangers would fill the memory with those of their addresses
        turn.places().forEach(place -> subtract(places, place));
        subtract(running, turn.asker().source());
        used -= turn.mib();
        startNext();
    }

    private static <K> void subtract(Map<K, Integer> counts, K counted) {
        counts.computeIfPresent(counted, (key, count) -> count == 1 ? null : count - 1);
    }

    private void startNext() {
        Optional<String> next = next();
        while (next.isPresent()) {
            String source = next.get();
            Queue<Turn<?>> turns = waiting.remove(source);
            Turn<?> turn = turns.remove();
            if (!turns.isEmpty()) {
                waiting.put(source, turns); // behind all others
            }
            running.merge(source, 1, Integer::sum);
            used += turn.mib();
            start(turn);
            next = next();
        }
    }

    /**
     * The source whose turn it is. One thread is left to others, so that they need not wait; what takes much memory is not
     * overtaken, so that it comes to its turn.
     */
    private Optional<String> next() {
        int mostOfASource = Math.max(1, threads - 1);
        int taken = running.values().stream().mapToInt(Integer::intValue).sum();
        return taken == threads
                ? Optional.empty()
                : waiting.keySet().stream()
                        .filter(source -> running.getOrDefault(source, 0) < mostOfASource)
                        .findFirst()
                        .filter(source -> taken == 0
                                || used + waiting.get(source).element().mib() <= memory);
    }

    private <T> void start(Turn<T> turn) {
        workers.executeBlocking(turn.work(), false).onComplete(done -> {
            leave(turn);
            turn.end(done.result(), done.cause());
        });
    }

    private int taken(Object place) {
        return places.getOrDefault(place, 0);
    }
}
