package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts at batches that begin while the ones before are written. */
class BatchAheadTest {
    private static final Caller CALLER = new Caller(
            UUID.randomUUID(), "org", UUID.randomUUID(), Role.ADMIN, Set.of(), "client", UUID.randomUUID(), null);

    // Nothing here waits for as long
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final ImportWriter writer =
            new ImportWriter(null, new SingleWriter(null, null, null, null, new ImportEvents(null)));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** What is told to go on has left already, and stays so. */
    @Test
    void whenAnEarlyAttemptFailsThenWhatBeganBehindItLeavesBeforeTheNextAttempt() {
        assertEquals(Optional.empty(), behind(Uni.createFrom().failure(new IllegalStateException("failed late"))));
    }

    @Test
    void whenAnEarlyAttemptSucceedsThenWhatBeganBehindItGoesOn() {
        assertEquals(Optional.of(Written.nothing()), behind(Uni.createFrom().item(Written.nothing())));
    }

    @Test
    void whenItsTurnDoesNotComeInTimeThenItLeaves() {
        CompletableFuture<Optional<Written>> outcome = new CompletableFuture<>();
        vertx.runOnContext(start -> {
            BatchAhead early = new BatchAhead(BatchAheadTest::begin, Duration.ofMillis(1));
            early.begin();
            early.outcome().subscribe().with(outcome::complete, outcome::completeExceptionally);
        });
        assertEquals(Optional.empty(), outcome.orTimeout(1, TimeUnit.MINUTES).join());
    }

    /** What comes of an attempt that began behind one with this end, of lines that are none. */
    private Optional<Written> behind(Uni<Written> end) {
        CompletableFuture<Optional<Written>> outcome = new CompletableFuture<>();
        vertx.runOnContext(start -> {
            BatchAhead early = new BatchAhead(BatchAheadTest::begin, PATIENCE);
            BatchAhead behind = early.behind();
            early.begin(CALLER, List.of(), () -> {
                behind.begin();
                return end;
            });
            writer.write(null, List.of(), early, behind)
                    .invoke(behind::goOn)
                    .chain(behind::outcome)
                    .subscribe()
                    .with(outcome::complete, outcome::completeExceptionally);
        });
        return outcome.orTimeout(1, TimeUnit.MINUTES).join();
    }

    private static void begin(BatchAhead next) {
        next.begin(CALLER, List.of(), () -> next.turn().replaceWith(Written::nothing));
    }
}
