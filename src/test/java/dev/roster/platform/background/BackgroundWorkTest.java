package dev.roster.platform.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.LogListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work comes again whatever becomes of it, and never twice at once. */
class BackgroundWorkTest {
    private static final int RUNS = 5;

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
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
        other = new Counting(before -> {
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
        work = new Counting(before -> {
            runs.countDown();
            if (before == 0) {
                throw new IllegalStateException("at once");
            }
            return Uni.createFrom().failure(new IllegalStateException("later"));
        });
        start(work);
        assertTrue(runs.await(60, TimeUnit.SECONDS));
        assertTrue(failures("Counting") >= RUNS - 1);
    }

    @Test
    void whenWorkBeginsToFailThenOneWarningUntilItSucceedsAgain() throws InterruptedException {
        List<String> log = new CopyOnWriteArrayList<>();
        try (LogListener said = new LogListener(WorkState.class.getName(), entry -> keep(log, entry))) {
            work = new Counting(before -> {
                runs.countDown();
                return before < 3
                        ? Uni.createFrom().failure(new IOException("secret"))
                        : Uni.createFrom().voidItem();
            });
            start(work);
            assertTrue(runs.await(60, TimeUnit.SECONDS));
        }
        assertEquals(
                List.of("Counting fails (java.io.IOException), and is tried again", "Counting succeeds again"), log);
        assertEquals(3, failures("Counting"));
    }

    @Test
    void whenWorkGoesOnThenItIsNotStartedAgainAndOtherWorkIs() throws InterruptedException {
        work = new Counting(before -> Uni.createFrom().nothing());
        start(work, other);
        assertTrue(runs.await(60, TimeUnit.SECONDS));
        assertEquals(1, work.started.get());
    }

    private double failures(String name) {
        return metrics.counter("roster.background.failures", "work", name).count();
    }

    // The work of a service that runs in this JVM is told of here too
    private static void keep(List<String> log, ExtLogRecord entry) {
        String message = entry.getFormattedMessage();
        if (entry.getLevel().intValue() >= Level.INFO.intValue() && message.startsWith("Counting ")) {
            log.add(message);
        }
    }

    private void start(PeriodicWork... works) {
        background = new BackgroundWork(List.of(works), vertx, metrics);
        background.onStart(new StartupEvent());
    }
}
