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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is hashed for next, and who is not at all. */
class HashingTurnsTest {
    private static final UUID ACME = UUID.fromString("01980f2e-0001-7000-8000-000000000001");

    private final Vertx vertx = Vertx.vertx();
    private final HashingTurns turns = new HashingTurns(vertx.createSharedWorkerExecutor("turns", 1), 1);
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
        HashingTurns two = new HashingTurns(vertx.createSharedWorkerExecutor("two", 2), 2);
        Asker often = stranger("a", "a");
        CompletableFuture<Boolean> blocked = two.run(often, 1, () -> {
                    free.await();
                    return true;
                })
                .subscribeAsCompletionStage();
        CompletableFuture<Boolean> waiting = two.run(often, 1, () -> true).subscribeAsCompletionStage();
        CompletableFuture<Boolean> other =
                two.run(stranger("b", "b"), 1, () -> true).subscribeAsCompletionStage();
        assertTrue(other.join());
        assertFalse(waiting.isDone());
        free.countDown();
        assertTrue(blocked.join() && waiting.join());
    }

    @Test
    void whenDearOnesWaitThenOthersOvertakeThemOnAThreadOfTheirOwn() {
        HashingTurns two = new HashingTurns(vertx.createSharedWorkerExecutor("dear", 2), 2);
        List<CompletableFuture<Boolean>> dear = IntStream.range(0, 6)
                .mapToObj(i -> run(two, new Asker(Asker.Kind.STRANGER, "d" + i, ACME, "d" + i), 5, "dear"))
                .toList();
        List<String> others = IntStream.range(0, 20).mapToObj(i -> "other" + i).toList();
        others.forEach(name -> two.run(stranger("s" + name, name), 1, () -> done.add(name))
                .await()
                .indefinitely());
        assertEquals(others, done);
        assertTrue(dear.stream().noneMatch(CompletableFuture::isDone));
        free.countDown();
        dear.forEach(CompletableFuture::join);
        assertTrue(run(two, new Asker(Asker.Kind.STRANGER, "d", ACME, "d"), 5, "dear")
                .join());
    }

    /** Who signs in from the same network, or to the same organization, has nothing to do with them either. */
    @Test
    void whenDearOnesOfASourceWaitThenItsOthersDoNot() {
        HashingTurns two = new HashingTurns(vertx.createSharedWorkerExecutor("office", 2), 2);
        Asker office = stranger("office", "a");
        List<CompletableFuture<Boolean>> dear =
                List.of(run(two, office, 8, "dear"), run(two, stranger("office", "b"), 8, "dear"));
        assertEquals(
                429,
                refusal(run(two, stranger("office", "c"), 8, "dear")).code().status());
        assertTrue(two.run(office, 1, () -> true).await().indefinitely());
        free.countDown();
        dear.forEach(CompletableFuture::join);
    }

    @Test
    void whenThingsCostMoreThenTheyTakeAsManyPlacesMore() {
        List<CompletableFuture<Boolean>> works = new ArrayList<>();
        works.add(run(turns, stranger("s", "account"), 7, "dear"));
        works.add(run(turns, stranger("t", "account"), 7, "dear"));
        assertEquals(
                429,
                refusal(run(turns, stranger("u", "account"), 2, "dear")).code().status());
        IntStream.range(0, 3).forEach(i -> works.add(run(turns, stranger("d" + i, "d" + i), 6, "dear")));
        // 32 of 64: the rest is for other organizations
        assertEquals(
                503, refusal(run(turns, stranger("e", "e"), 2, "dear")).code().status());
        IntStream.range(0, 4)
                .forEach(i -> works.add(
                        run(turns, new Asker(Asker.Kind.STRANGER, "o" + i, UUID.randomUUID(), "o" + i), 8, "dear")));
        assertEquals(
                503,
                refusal(run(turns, new Asker(Asker.Kind.STRANGER, "p", UUID.randomUUID(), "p"), 2, "dear"))
                        .code()
                        .status());
        works.add(ask("s", "account"));
        free.countDown();
        works.forEach(CompletableFuture::join);
        assertTrue(run(turns, stranger("e", "account"), 8, "dear").join());
    }

    @Test
    void whenOneOrganizationHasManyDearOnesThenThoseOfOthersComeInBetween() {
        List<CompletableFuture<Boolean>> works = new ArrayList<>();
        IntStream.range(0, 4).forEach(i -> works.add(run(turns, stranger("s" + i, "a" + i), 5, "a" + i)));
        works.add(run(turns, new Asker(Asker.Kind.STRANGER, "t", UUID.randomUUID(), "b"), 5, "b"));
        free.countDown();
        works.forEach(CompletableFuture::join);
        assertEquals(List.of("a0", "a1", "b", "a2", "a3"), done);
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
    void whenStrangersHaveAllPlacesOfAnAccountThenItsPersonHasThoseOfItsNetwork() {
        UUID account = UUID.randomUUID();
        List<CompletableFuture<Boolean>> works = new ArrayList<>();
        IntStream.range(0, HashingTurns.MOST_OF_AN_ACCOUNT)
                .forEach(i -> works.add(run(Asker.stranger("192.0.2." + i, ACME, account.toString()), "s")));
        IntStream.range(0, 64 - works.size()).forEach(i -> works.add(ask("s" + i, "account " + i)));
        assertEquals(503, refusal(ask("another", "other")).code().status());
        for (String home : List.of("198.51.100.1", "2001:db8::1")) {
            IntStream.range(0, HashingTurns.MOST_OF_AN_ACCOUNT)
                    .forEach(i -> works.add(run(Asker.known(home, ACME, account), "home")));
            assertEquals(
                    429,
                    refusal(run(Asker.known(home, ACME, account), "home"))
                            .code()
                            .status());
        }
        free.countDown();
        works.forEach(CompletableFuture::join);
    }

    @Test
    void whenOneIsKnownInManyNetworksThenItDoesNotTakeThePlacesOfOthers() {
        List<CompletableFuture<Boolean>> works = new ArrayList<>();
        UUID account = UUID.randomUUID();
        IntStream.range(0, HashingTurns.MOST_OF_A_PERSON)
                .forEach(i -> works.add(run(Asker.known("2001:db8:0:" + i + "::1", ACME, account), "home")));
        assertEquals(
                429,
                refusal(run(Asker.known("198.51.100.1", ACME, account), "home"))
                        .code()
                        .status());
        IntStream.range(HashingTurns.MOST_OF_A_PERSON, 48)
                .forEach(i -> works.add(run(Asker.known("192.0.2." + i, ACME, UUID.randomUUID()), "colleague")));
        assertEquals(
                503,
                refusal(run(Asker.known("192.0.2.1", ACME, UUID.randomUUID()), "colleague"))
                        .code()
                        .status());
        works.add(run(Asker.known("192.0.2.1", UUID.randomUUID(), UUID.randomUUID()), "another's"));
        free.countDown();
        works.forEach(CompletableFuture::join);
    }

    @Test
    void whenStrangersHaveAllTheirPlacesThenCallersHaveTheirs() {
        List<CompletableFuture<Boolean>> works = IntStream.range(0, 64)
                .mapToObj(i -> ask("s" + i, "account " + i))
                .toList();
        assertEquals(503, refusal(ask("another", "other")).code().status());
        CompletableFuture<Boolean> caller = run(new Asker(Asker.Kind.CALLER, "caller", ACME, "caller"), "caller");
        free.countDown();
        assertTrue(caller.join());
        works.forEach(CompletableFuture::join);
    }

    @Test
    void whenWorkFailsThenThePlaceIsFreeAgain() {
        free.countDown();
        for (int i = 0; i < 2 * HashingTurns.MOST_OF_A_SOURCE; i++) {
            CompletableFuture<Object> failing = turns.run(stranger("a", "a"), 1, () -> {
                        throw new IllegalStateException("wrong hash");
                    })
                    .subscribeAsCompletionStage();
            assertEquals(
                    "wrong hash",
                    failing.handle((item, failure) -> failure.getMessage()).join());
        }
    }

    private CompletableFuture<Boolean> ask(String source, String account) {
        return run(stranger(source, account), account);
    }

    private CompletableFuture<Boolean> run(Asker asker, String name) {
        return run(turns, asker, 1, name);
    }

    private CompletableFuture<Boolean> run(HashingTurns among, Asker asker, int worth, String name) {
        return among.run(asker, worth, () -> {
                    free.await();
                    return done.add(name);
                })
                .subscribeAsCompletionStage();
    }

    private static Asker stranger(String source, String account) {
        return new Asker(Asker.Kind.STRANGER, source, ACME, account);
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
