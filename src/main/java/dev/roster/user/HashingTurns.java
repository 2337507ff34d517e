package dev.roster.user;

import dev.roster.platform.database.WorkOwner;
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
 * and places of its own, so that nobody who asks a hundred times at once makes others wait. What costs more than a hash of
 * our own takes as many places as it costs, of others than those, and never the last thread: no import slows down who
 * has nothing to do with it.
 */
final class HashingTurns {
    // An office that comes to work at nine, within the half second that this many take
    static final int MOST_OF_A_SOURCE = 16;

    // One person with several programs; more at once are guesses
    static final int MOST_OF_AN_ACCOUNT = 8;

    // And from everywhere where an account is known: its member may come from as many networks as it likes
    static final int MOST_OF_A_PERSON = 2 * MOST_OF_AN_ACCOUNT;

    private static final String DEAR = "dear ";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final WorkerExecutor workers;
    private final int threads;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Queue<Turn<?>>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();

    HashingTurns(WorkerExecutor workers, int threads) {
        this.workers = workers;
        this.threads = threads;
    }

    /**
     * Does a piece of work when its turn comes. {@code rate_limited} at once where its source or
     * its account has too many already, {@code unavailable} where all have together.
     *
     * @param worth how many hashes of our own cost as much
     */
    <T> Uni<T> run(Asker asker, int worth, Callable<T> work) {
        return Uni.createFrom()
                .emitter(emitter -> enter(new Turn<>(asker, worth, work, emitter, Vertx.currentContext())));
    }

    /**
     * A piece of work that waits or runs.
     *
     * @param context where its outcome is expected; null where that does not matter
     */
    private record Turn<T>(Asker asker, int worth, Callable<T> work, UniEmitter<? super T> emitter, Context context) {

        boolean dear() {
            return worth > 1;
        }

        /** Whose turn it takes: dear ones are of one organization or another, which has imported them. */
        String line() {
            return dear() ? DEAR + asker.organization() : asker.source();
        }

        /** With whom together it may not have the last thread. */
        String party() {
            return dear() ? DEAR : asker.source();
        }

        String place(Object of) {
            return (dear() ? DEAR : "") + of;
        }

        String placeOfAccount() {
            return place("account " + asker.account());
        }

        String placeOfPerson() {
            return place("person " + asker.person());
        }

        /** How many places one organization has of those of its kind. */
        int mostOfOrganization() {
            int all = asker.kind().places();
            if (dear()) {
                return all / 2;
            }
            return asker.kind() == Asker.Kind.KNOWN ? WorkOwner.share(asker.organization(), all) : all;
        }

        String placeOfOrganization() {
            return place(asker.kind() + " organization " + asker.organization());
        }

        Stream<String> places() {
            return Stream.of(
                    place(asker.kind()),
                    place(asker.source()),
                    placeOfAccount(),
                    placeOfPerson(),
                    placeOfOrganization());
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
        if (taken(turn.place(asker.source())) >= MOST_OF_A_SOURCE
                || taken(turn.placeOfAccount()) >= MOST_OF_AN_ACCOUNT
                || taken(turn.placeOfPerson()) >= MOST_OF_A_PERSON) {
            throw RosterException.rateLimited(SOON);
        }
        if (taken(turn.place(asker.kind())) >= asker.kind().places()
                || taken(turn.placeOfOrganization()) >= turn.mostOfOrganization()) {
            throw RosterException.of(ErrorCode.UNAVAILABLE);
        }
        turn.places().forEach(place -> places.merge(place, turn.worth(), Integer::sum));
        waiting.computeIfAbsent(turn.line(), line -> new ArrayDeque<>()).add(turn);
        startNext();
    }

    private synchronized void leave(Turn<?> turn) {
        // No entry stays behind, or strangers would fill the memory with those of their addresses
        turn.places().forEach(place -> subtract(places, place, turn.worth()));
        subtract(running, turn.party(), 1);
        startNext();
    }

    private static void subtract(Map<String, Integer> counts, String counted, int many) {
        counts.computeIfPresent(counted, (key, count) -> count == many ? null : count - many);
    }

    private void startNext() {
        Optional<String> next = next();
        while (next.isPresent()) {
            String line = next.get();
            Queue<Turn<?>> turns = waiting.remove(line);
            Turn<?> turn = turns.remove();
            if (!turns.isEmpty()) {
                waiting.put(line, turns); // behind all others
            }
            running.merge(turn.party(), 1, Integer::sum);
            start(turn);
            next = next();
        }
    }

    /** The line whose turn it is. One thread is left to others, so that they need not wait. */
    private Optional<String> next() {
        int mostOfAParty = Math.max(1, threads - 1);
        int taken = running.values().stream().mapToInt(Integer::intValue).sum();
        return taken == threads
                ? Optional.empty()
                : waiting.entrySet().stream()
                        .filter(line ->
                                running.getOrDefault(line.getValue().element().party(), 0) < mostOfAParty)
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private <T> void start(Turn<T> turn) {
        workers.executeBlocking(turn.work(), false).onComplete(done -> {
            leave(turn);
            turn.end(done.result(), done.cause());
        });
    }

    private int taken(String place) {
        return places.getOrDefault(place, 0);
    }
}
