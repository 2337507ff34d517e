package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a client hears of an import in time. */
class PartsInTimeTest {
    private static final ImportPart PART = ImportPart.last(new ImportSummary(Map.of(), 1, null, null));
    private static final ImportPart NOTHING = ImportPart.of(List.of());
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<UniEmitter<? super ImportPart>> work = new AtomicReference<>();
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whenAPartTakesLongThenSignsOfLifeUntilItIsThere() {
        ImportPart last = outcome(done -> {
            PartsInTime parts = parts(SHORT, true, PartsInTimeTest::longAgo);
            parts.next()
                    .invoke(first -> assertTrue(first.isSignOfLife()))
                    .chain(parts::next)
                    .invoke(second -> assertTrue(second.isSignOfLife()))
                    .invoke(() -> work.get().complete(PART))
                    .chain(parts::next)
                    .subscribe()
                    .with(done::complete, done::completeExceptionally);
        });
        assertSame(PART, last);
        assertEquals(1, begun.get());
    }

    @Test
    void whenItFailsAfterASignOfLifeThenThatIsHeard() {
        assertEquals(
                "failed late",
                outcome(done -> {
                            PartsInTime parts = parts(SHORT, true, PartsInTimeTest::longAgo);
                            parts.next()
                                    .invoke(() -> work.get().fail(new IllegalStateException("failed late")))
                                    .chain(parts::next)
                                    .onFailure()
                                    .recoverWithItem(
                                            failure -> ImportPart.last(new ImportSummary(Map.of(), 1, null, failure)))
                                    .subscribe()
                                    .with(done::complete, done::completeExceptionally);
                        })
                        .summary()
                        .stopped()
                        .getMessage());
    }

    /** Many parts of which each is soon there, and which tell nothing, are as long a silence. */
    @Test
    void whenPartsTellNothingThenSignsOfLifeWhereNothingElseWentOverTheConnection() {
        assertTrue(ofNothing(Duration.ZERO, PartsInTimeTest::longAgo).isSignOfLife());
        assertFalse(ofNothing(LONG, PartsInTimeTest::longAgo).isSignOfLife());
        assertFalse(ofNothing(Duration.ofMinutes(1), System::nanoTime).isSignOfLife());
    }

    @Test
    void whenLinesComeThenNoSignOfLife() {
        ImportPart first = outcome(done -> {
            parts(SHORT, true, System::nanoTime).next().subscribe().with(done::complete, done::completeExceptionally);
            vertx.setTimer(10 * SHORT.toMillis(), over -> work.get().complete(NOTHING));
        });
        assertSame(NOTHING, first);
    }

    @Test
    void whenTheClientIsWaitedForThenNoSignOfLife() {
        ImportPart first = outcome(done -> {
            PartsInTime parts = parts(SHORT, false, PartsInTimeTest::longAgo);
            parts.next().subscribe().with(done::complete, done::completeExceptionally);
            vertx.setTimer(10 * SHORT.toMillis(), over -> work.get().complete(PART));
        });
        assertSame(PART, first);
    }

    /** As of a client that has sent all. */
    private static long longAgo() {
        return System.nanoTime() - Duration.ofDays(1).toNanos();
    }

    private ImportPart ofNothing(Duration rest, LongSupplier received) {
        return outcome(done -> {
            PartsInTime parts = parts(rest, true, received);
            Uni<ImportPart> next = parts.next();
            next.subscribe().with(done::complete, done::completeExceptionally);
            work.get().complete(NOTHING);
        });
    }

    private PartsInTime parts(Duration rest, boolean works, LongSupplier received) {
        return new PartsInTime(
                () -> {
                    begun.incrementAndGet();
                    return Uni.createFrom().<ImportPart>emitter(work::set);
                },
                () -> works,
                new PartsInTime.Connection(received, rest));
    }

    private ImportPart outcome(Consumer<CompletableFuture<ImportPart>> test) {
        CompletableFuture<ImportPart> outcome = new CompletableFuture<>();
        vertx.runOnContext(start -> test.accept(outcome));
        return outcome.orTimeout(1, TimeUnit.MINUTES).join();
    }
}
