package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.caller.CurrentCaller;
import dev.roster.platform.request.OwnContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The first attempt at a batch, where it begins while the batch before is still written: its accounts are added, and
 * then it waits. It goes on when all of the batch before is there, as if it had begun only then; where anything of that is
 * to be done again, it ends with nothing done. All of it happens on one event loop.
 */
final class BatchAhead {
    private static final Logger LOG = Logger.getLogger(BatchAhead.class);

    // It holds locks while it waits, and maybe for who waits for them; a batch seldom takes as long
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Consumer<BatchAhead> beginning;
    private final Duration patience;
    private final Promise<Void> turn = Promise.promise();
    private BatchAhead behind;
    private List<Line> lines;
    private Uni<Written> outcome;

    /**
     * One that has not begun.
     *
     * @param beginning begins it, where it may begin at all
     */
    BatchAhead(Consumer<BatchAhead> beginning) {
        this(beginning, PATIENCE);
    }

    /**
     * One that has not begun.
     *
     * @param patience how long it waits for its turn
     */
    BatchAhead(Consumer<BatchAhead> beginning, Duration patience) {
        this.beginning = beginning;
        this.patience = patience;
    }

    /** One that never begins. */
    static BatchAhead none() {
        return new BatchAhead(never -> {});
    }

    /** The end of an attempt that was made in vain. */
    private static final class Vain extends RuntimeException {
        Vain() {
            super("to be written at its turn", null, false, false);
        }
    }

    /** That at the batch behind its own. */
    BatchAhead behind() {
        behind = behind == null ? new BatchAhead(beginning, patience) : behind;
        return behind;
    }

    /** The accounts of the batch before are as they will be. */
    void begin() {
        if (lines == null && !turn.future().isComplete()) {
            beginning.accept(this);
        }
    }

    /** The failure of an attempt that has to be made again at its turn. */
    static RuntimeException inVain() {
        return new Vain();
    }

    /** The lines of the batch; empty where none was begun. */
    Optional<List<Line>> lines() {
        return Optional.ofNullable(lines);
    }

    /** What the attempt came to; empty where there was none, or it was made in vain. */
    Uni<Optional<Written>> outcome() {
        return outcome == null
                ? Uni.createFrom().item(Optional.empty())
                : OwnContext.keep(outcome.map(Optional::of)
                        .onFailure(failure -> !(failure instanceof Vain))
                        .invoke(failure -> LOG.debug("A batch that was begun early is written again", failure))
                        .onFailure()
                        .recoverWithItem(Optional.empty()));
    }

    /** Begins an attempt, on a context of its own: the one of the request has the transaction of the batch before. */
    void begin(Caller caller, List<Line> batch, Supplier<Uni<Written>> attempt) {
        lines = batch;
        outcome = OwnContext.apart(() -> {
                    CurrentCaller.set(caller);
                    return attempt.get();
                })
                .memoize()
                .indefinitely();
        outcome.subscribe().with(done -> {}, failure -> {});
    }

    /** Waits until the batch before is there; fails where that does not come to be. */
    Uni<Void> turn() {
        Vertx vertx = Vertx.currentContext().owner();
        long timer = vertx.setTimer(patience.toMillis(), late -> leave());
        return OwnContext.keep(Uni.createFrom().completionStage(turn.future().toCompletionStage()))
                .onTermination()
                .invoke(() -> vertx.cancelTimer(timer));
    }

    /** Tells it that the batch before is there. */
    void goOn() {
        turn.tryComplete();
    }

    /** Tells it that the batch before is to be written again, in part or as a whole. */
    void leave() {
        turn.tryFail(new Vain());
    }

    /** The same, but one that has not begun may still do so, when the accounts of the batch before are there again. */
    void leaveIfBegun() {
        if (lines != null) {
            leave();
        }
    }
}
