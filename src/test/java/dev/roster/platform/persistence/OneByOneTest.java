package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneByOneTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void whenTheWorkBeforeHangsThenWhoWaitsHasAnEndAndTheNextOneItsTurn() throws Exception {
        OneByOne turns = new OneByOne(2, Duration.ofMillis(300));
        CompletableFuture<String> hanging = new CompletableFuture<>();
        ask(turns, Uni.createFrom().completionStage(hanging));
        ask(turns, Uni.createFrom().item("never"));
        assertEquals(ErrorCode.UNAVAILABLE.name(), answers.poll(20, TimeUnit.SECONDS));
        // In one step: a slow machine would let the patience end between the two
        context.runOnContext(now -> {
            ask(turns, Uni.createFrom().item("waited"));
            complete(hanging, "hung");
        });
        assertEquals("hung", answers.poll(20, TimeUnit.SECONDS));
        assertEquals("waited", answers.poll(20, TimeUnit.SECONDS));
        ask(turns, Uni.createFrom().item("later"));
        assertEquals("later", answers.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void whenMoreWaitThanMayThenRefusedAtOnce() throws Exception {
        OneByOne turns = new OneByOne(1, Duration.ofMinutes(1));
        CompletableFuture<String> first = new CompletableFuture<>();
        ask(turns, Uni.createFrom().completionStage(first));
        ask(turns, Uni.createFrom().item("second"));
        ask(turns, Uni.createFrom().item("never"));
        assertEquals(ErrorCode.RATE_LIMITED.name(), answers.poll(20, TimeUnit.SECONDS));
        complete(first, "first");
        assertEquals("first", answers.poll(20, TimeUnit.SECONDS));
        assertEquals("second", answers.poll(20, TimeUnit.SECONDS));
    }

    private void ask(OneByOne turns, Uni<String> work) {
        context.runOnContext(now -> turns.run("key", () -> work)
                .subscribe()
                .with(
                        answers::add,
                        failure ->
                                answers.add(((RosterException) failure).code().name())));
    }

    /** Where it was asked for: elsewhere who comes next could answer before who was first. */
    private void complete(CompletableFuture<String> work, String answer) {
        context.runOnContext(now -> work.complete(answer));
    }
}
