package dev.roster.cli;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A call of any length, which ends where its service neither takes nor says anything for too long. Time in which the
 * command itself is waited for, at a pipe that it reads or writes, does not count.
 */
final class LongCall implements AutoCloseable {
    private static final int LOOKS = 10;

    private final Vertx vertx;
    private final Promise<Void> over = Promise.promise();
    private final AtomicInteger own = new AtomicInteger();
    private final long timer;
    private volatile long last = System.nanoTime();

    /** @param silent for how many milliseconds nothing may be heard */
    LongCall(Vertx vertx, int silent) {
        this.vertx = vertx;
        timer = vertx.setPeriodic(Math.max(1, silent / LOOKS), now -> look(TimeUnit.MILLISECONDS.toNanos(silent)));
    }

    private void look(long silent) {
        if (own.get() == 0 && System.nanoTime() - last > silent) {
            over.tryFail(new TimeoutException());
        }
    }

    /** Its end: that of the answer, or an earlier failure. */
    Future<Void> end(Future<Void> answer) {
        answer.onSuccess(over::tryComplete).onFailure(over::tryFail);
        return over.future();
    }

    void fail(Throwable failure) {
        over.tryFail(failure);
    }

    /** The command is waited for, until it goes on. */
    void hold() {
        own.incrementAndGet();
    }

    void goOn() {
        last = System.nanoTime();
        own.decrementAndGet();
    }

    /** Takes what the service says. Its failure ends the call: thrown by a handler, it would be told to the log alone. */
    Handler<Buffer> taking(Consumer<Buffer> taker) {
        return piece -> {
            hold();
            try {
                taker.accept(piece);
            } catch (RuntimeException failure) {
                fail(failure);
            } finally {
                goOn();
            }
        };
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
