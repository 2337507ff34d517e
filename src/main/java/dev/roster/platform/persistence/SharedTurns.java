package dev.roster.platform.persistence;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Reads in turn, as {@link OneByOne} does, but once for all who ask for the same before the turn has come: they have one place
 * together. Who comes later has another, since what is being read may be of before a change of its own.
 *
 * @param <W> what is read
 * @param <T> what answers it, which all share
 */
public final class SharedTurns<W, T> {
    private final OneByOne turns;
    private final ConcurrentMap<W, Turn> waiting = new ConcurrentHashMap<>();

    /** Those of some turns. */
    public SharedTurns(OneByOne turns) {
        this.turns = turns;
    }

    /** What is to be read in one turn. */
    private final class Turn {
        private final W what;
        private final Uni<T> answer;

        private Turn(String key, W what, Supplier<Uni<T>> read) {
            this.what = what;
            answer = turns.run(key, () -> {
                        close();
                        return read.get();
                    })
                    .onFailure()
                    .invoke(this::close) // it may be refused before it begins
                    .memoize()
                    .indefinitely();
        }

        private void close() {
            waiting.remove(what, this);
        }
    }

    /** Reads something when its turn has come, or shares the turn that somebody else waits for; fails as that does. */
    public Uni<T> read(String key, W what, Supplier<Uni<T>> read) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            Uni<T> answer = waiting.computeIfAbsent(what, absent -> new Turn(key, absent, read)).answer;
            // Who shares it goes on where it asked
            return context == null ? answer : answer.emitOn(next -> context.runOnContext(now -> next.run()));
        });
    }
}
