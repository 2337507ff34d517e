package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.error.RosterException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is hashed for next, and who is not at all. */
class HashingTurnsTest {
    private final Vertx vertx = Vertx.vertx();
    private final HashingTurns turns = new HashingTurns(vertx.createSharedWorkerExecutor("turns", 1), 1, 40);
    private final CountDownLatch free = new CountDownLatch(1);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        free.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whenOneSourceAsksOftenThenOthersComeInBetween() {
        List<CompletableFuture<Boolean>> works = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> works.add(ask("a", "a" + i)));
        works.add(ask("b", "b"));
        works.add(ask("c", "c"));
        free.countDown();
        works.forEach(CompletableFuture::join);
        assertEquals(List.of("a0", "a1", "b", "c", "a2", "a3", "a4", "a5"), done);
    }

    @Test
    void whenOneSourceAsksOftenThenAThreadIsLeftToOthers() {
        HashingTurns two = new HashingTurns(vertx.createSharedWorkerExecutor("two", 2), 2, 40);
        Asker often = new Asker(Asker.Kind.STRANGER, "a", "a");
        CompletableFuture<Boolean> blocked = two.run(often, 20, () -> {
                    free.await();
                    return true;
                })
                .subscribeAsCompletionStage();
        CompletableFuture<Boolean> waiting = two.run(often, 20, () -> true).subscribeAsCompletionStage();
        CompletableFuture<Boolean> other = two.run(new Asker(Asker.Kind.STRANGER, "b", "b"), 20, () -> true)
                .subscribeAsCompletionStage();
        assertTrue(other.join());
        assertFalse(waiting.isDone());
        free.countDown();
        assertTrue(blocked.join() && waiting.join());
    }

    @Test
    void whenTogetherTheyWouldTakeTooMuchMemoryThenOneAfterTheOther() {
        HashingTurns two = new HashingTurns(vertx.createSharedWorkerExecutor("memory", 2), 2, 40);
        CompletableFuture<Boolean> blocked = two.run(new Asker(Asker.Kind.STRANGER, "a", "a"), 20, () -> {
                    free.await();
                    return done.add("small");
                })
                .subscribeAsCompletionStage();
        CompletableFuture<Boolean> large = two.run(
                        new Asker(Asker.Kind.STRANGER, "b", "b"), 64, () -> done.add("large"))
                .subscribeAsCompletionStage();
        CompletableFuture<Boolean> later = two.run(
                        new Asker(Asker.Kind.STRANGER, "c", "c"), 20, () -> done.add("later"))
                .subscribeAsCompletionStage();
        assertFalse(large.isDone() || later.isDone());
        free.countDown();
        assertTrue(blocked.join() && large.join() && later.join());
        assertEquals(List.of("small", "large", "later"), done);
    }

    @Test
    void whenASourceHasItsPlacesThenPutOffAtOnceAndWelcomeLater() {
        List<CompletableFuture<Boolean>> works = IntStream.range(0, HashingTurns.MOST_OF_A_SOURCE)
                .mapToObj(i -> ask("a", "a" + i))
                .toList();
        RosterException refused = refusal(ask("a", "one more"));
        assertEquals(429, refused.code().status());
        assertEquals(Duration.ofSeconds(1), refused.retryAfter().orElseThrow());
        free.countDown();
        works.forEach(CompletableFuture::join);
        assertTrue(ask("a", "one more").join());
    }

    @Test
    void whenAnAccountHasItsPlacesThenPutOffFromEverywhere() {
        List<CompletableFuture<Boolean>> works = IntStream.range(0, HashingTurns.MOST_OF_AN_ACCOUNT)
                .mapToObj(i -> ask("s" + i, "account"))
                .toList();
        assertEquals(429, refusal(ask("another", "account")).code().status());
        free.countDown();
        works.forEach(CompletableFuture::join);
    }

    @Test
    void whenStrangersHaveAllTheirPlacesThenCallersHaveTheirs() {
        List<CompletableFuture<Boolean>> works = IntStream.range(0, 64)
                .mapToObj(i -> ask("s" + i, "account " + i))
                .toList();
        assertEquals(503, refusal(ask("another", "other")).code().status());
        CompletableFuture<Boolean> caller = run(new Asker(Asker.Kind.CALLER, "caller", "caller"), "caller");
        free.countDown();
        assertTrue(caller.join());
        works.forEach(CompletableFuture::join);
    }

    @Test
    void whenWorkFailsThenThePlaceIsFreeAgain() {
        free.countDown();
        for (int i = 0; i < 2 * HashingTurns.MOST_OF_A_SOURCE; i++) {
            CompletableFuture<Object> failing = turns.run(new Asker(Asker.Kind.STRANGER, "a", "a"), 20, () -> {
                        throw new IllegalStateException("wrong hash");
                    })
                    .subscribeAsCompletionStage();
            assertEquals(
                    "wrong hash",
                    failing.handle((item, failure) -> failure.getMessage()).join());
        }
    }

    private CompletableFuture<Boolean> ask(String source, String account) {
        return run(new Asker(Asker.Kind.STRANGER, source, account), account);
    }

    private CompletableFuture<Boolean> run(Asker asker, String name) {
        return turns.run(asker, 20, () -> {
                    free.await();
                    return done.add(name);
                })
                .subscribeAsCompletionStage();
    }

    private static RosterException refusal(CompletableFuture<Boolean> work) {
        try {
            work.join();
            throw new AssertionError("not refused");
        } catch (CompletionException failure) {
            return (RosterException) failure.getCause();
        }
    }
}
