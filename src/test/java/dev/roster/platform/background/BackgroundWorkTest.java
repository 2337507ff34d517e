package dev.roster.platform.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work comes again whatever becomes of it, and never twice at once. */
class BackgroundWorkTest {
    private static final int RUNS = 5;

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch runs = new CountDownLatch(RUNS);
    private Counting work;
    private Counting other;
    private BackgroundWork background;

    /** Counts its runs; the answer depends on how many there were before. */
    private static final class Counting implements PeriodicWork {
        private final AtomicInteger started = new AtomicInteger();
        private final IntFunction<Uni<Void>> answer;

        Counting(IntFunction<Uni<Void>> answer) {
            this.answer = answer;
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(5);
        }

        @Override
        public Uni<Void> run() {
            return answer.apply(started.getAndIncrement());
        }
    }

    @BeforeEach
    void prepare() {
        other =
                new Counting(
                        before -> {
                            runs.countDown();
                            return Uni.createFrom().voidItem();
                        });
    }

    @AfterEach
    void stop() {
        background.onStop(new ShutdownEvent());
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whenWorkFailsThenItComesAgain() throws InterruptedException {
        work =
                new Counting(
                        before -> {
                            runs.countDown();
                            if (before == 0) {
                                throw new IllegalStateException("at once");
                            }
                            return Uni.createFrom().failure(new IllegalStateException("later"));
                        });
        start(work);
        assertTrue(runs.await(10, TimeUnit.SECONDS));
    }

    @Test
    void whenWorkGoesOnThenItIsNotStartedAgainAndOtherWorkIs() throws InterruptedException {
        work = new Counting(before -> Uni.createFrom().nothing());
        start(work, other);
        assertTrue(runs.await(10, TimeUnit.SECONDS));
        assertEquals(1, work.started.get());
    }

    private void start(PeriodicWork... works) {
        background = new BackgroundWork(List.of(works), vertx);
        background.onStart(new StartupEvent());
    }
}
