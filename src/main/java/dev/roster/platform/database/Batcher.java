package dev.roster.platform.database;

import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Sends what requests of one event loop ask of the database at the same moment, and what belongs together, by one statement: most
 * of what a short statement costs, here and there, is not its row. One that comes alone does not wait for others, and none fails
 * because of another's value.
 *
 * @param <G> what values that go together have in common, such as their organization
 * @param <V> what one request asks for
 * @param <R> what answers it
 */
public final class Batcher<G, V, R> {
    /** One that takes long, such as a name that is just being taken, holds up this many others at most. */
    static final int MOST = 16;

    private final VertxInternal vertx;
    private final BiFunction<G, List<V>, Uni<List<R>>> statement;
    private final Map<Askers<G>, List<Asked<V, R>>> waiting = new HashMap<>();

    /**
     * A batcher of one statement.
     *
     * @param statement answers 1 to {@link #MOST} values of one group with a list of their order and number, which may
     *     hold null; it does all or nothing
     */
    public Batcher(Vertx vertx, BiFunction<G, List<V>, Uni<List<R>>> statement) {
        this.vertx = (VertxInternal) vertx.getDelegate();
        this.statement = statement;
    }

    /** Whose share of the connections a statement counts to, what it is about, and where the answer is awaited. */
    private record Askers<G>(Object owner, G group, EventLoop loop) {}

    private record Asked<V, R>(V value, ContextInternal context, Promise<R> answer) {}

    /** The answer to one value; fails as the statement does. */
    public Uni<R> ask(G group, V value) {
        return Uni.createFrom().deferred(() -> {
            ContextInternal context = vertx.getOrCreateContext();
            Asked<V, R> asked = new Asked<>(value, context, context.promise());
            add(new Askers<>(WorkOwner.of(context), group, context.nettyEventLoop()), asked);
            return UniHelper.toUni(asked.answer().future());
        });
    }

    private void add(Askers<G> askers, Asked<V, R> asked) {
        List<Asked<V, R>> batch;
        synchronized (waiting) {
            List<Asked<V, R>> present = waiting.get(askers);
            if (present != null && present.size() < MOST) {
                present.add(asked);
                return;
            }
            batch = new ArrayList<>();
            batch.add(asked);
            waiting.put(askers, batch);
        }
        // After all that the event loop has received by now
        asked.context().runOnContext(now -> {
            synchronized (waiting) {
                waiting.remove(askers, batch);
            }
            send(askers.group(), batch);
        });
    }

    private void send(G group, List<Asked<V, R>> batch) {
        List<V> values = batch.stream().map(Asked::value).toList();
        Uni.createFrom()
                .deferred(() -> statement.apply(group, values))
                .subscribe()
                .with(
                        answers -> {
                            for (int i = 0; i < batch.size(); i++) {
                                batch.get(i).answer().complete(answers.get(i));
                            }
                        },
                        failure -> {
                            if (batch.size() > 1 && isOfAValue(failure)) {
                                batch.forEach(
                                        asked -> asked.context().runOnContext(now -> send(group, List.of(asked))));
                            } else {
                                batch.forEach(asked -> asked.answer().fail(failure));
                            }
                        });
    }

    // Data exceptions, integrity constraints and limits of the program (PostgreSQL, appendix A)
    private static boolean isOfAValue(Throwable failure) {
        return SqlState.own(failure)
                .filter(state -> List.of("22", "23", "54").contains(state.substring(0, 2)))
                .isPresent();
    }
}
