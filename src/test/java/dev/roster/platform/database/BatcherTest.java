package dev.roster.platform.database;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.testing.Beside;
import dev.roster.testing.DriverFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which values go to the database together, and what each is answered. */
@Beside
class BatcherTest {
    private static final UUID ORGANIZATION = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal loop = ((VertxInternal) vertx.getDelegate()).getOrCreateContext();
    private final List<List<Integer>> sent = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void whenAskedOneAfterTheOtherThenEachIsSentAlone() {
        Batcher<UUID, Integer, String> batcher = batcher(BatcherTest::words);
        for (int n = 0; n < 3; n++) {
            assertEquals(List.of("word " + n), answers(together(batcher, ORGANIZATION, n)));
        }
        assertEquals(List.of(List.of(0), List.of(1), List.of(2)), sent);
    }

    @Test
    void whenAskedTogetherThenSentTogetherAndEachHasItsOwnAnswer() {
        List<CompletableFuture<String>> asked = together(batcher(BatcherTest::words), ORGANIZATION, 5, 3, 5, -1);
        List<String> expected = new ArrayList<>(List.of("word 5", "word 3", "word 5"));
        expected.add(null);
        assertEquals(expected, answers(asked));
        assertEquals(List.of(List.of(5, 3, 5, -1)), sent);
    }

    @Test
    void whenMoreAreAskedForThenEachStatementHasAsManyAsItMay() {
        int[] values = IntStream.range(0, 2 * Batcher.MOST + 1).toArray();
        List<CompletableFuture<String>> asked = together(batcher(BatcherTest::words), ORGANIZATION, values);
        assertEquals(IntStream.of(values).mapToObj(n -> "word " + n).toList(), answers(asked));
        assertEquals(
                List.of(Batcher.MOST, Batcher.MOST, 1),
                sent.stream().map(List::size).toList());
    }

    @Test
    void whenOrganizationsOrOwnersDifferThenTheyShareNoStatement() {
        Batcher<UUID, Integer, String> batcher = batcher(BatcherTest::words);
        List<CompletableFuture<String>> asked = new ArrayList<>();
        loop.runOnContext(now -> {
            asked.add(ask(batcher, ORGANIZATION, ORGANIZATION, 1));
            asked.add(ask(batcher, OTHER, OTHER, 2));
            asked.add(ask(batcher, OTHER, ORGANIZATION, 3));
            asked.add(ask(batcher, ORGANIZATION, ORGANIZATION, 4));
        });
        settle();
        assertEquals(List.of("word 1", "word 2", "word 3", "word 4"), answers(asked));
        assertEquals(Set.of(List.of(1, 4), List.of(2), List.of(3)), new HashSet<>(sent));
    }

    /** Otherwise what one request knows of its caller would be known of another. */
    @Test
    void whenSentTogetherThenEachIsAnsweredInItsOwnContext() {
        Batcher<UUID, Integer, String> batcher = batcher(BatcherTest::words);
        List<ContextInternal> contexts =
                IntStream.range(0, 3).mapToObj(n -> loop.duplicate()).toList();
        List<CompletableFuture<Object>> answered = new ArrayList<>();
        loop.runOnContext(now -> contexts.forEach(context -> {
            CompletableFuture<Object> seen = new CompletableFuture<>();
            answered.add(seen);
            context.dispatch(null, in -> batcher.ask(ORGANIZATION, 1)
                    .subscribe()
                    .with(word -> seen.complete(io.vertx.core.Vertx.currentContext())));
        }));
        settle();
        assertEquals(contexts, answered.stream().map(CompletableFuture::join).toList());
        assertEquals(1, sent.size());
    }

    @Test
    void whenTheDatabaseRefusesAValueThenOnlyItsOwnRequestFails() {
        PgException refusal = DriverFailure.raisedIn("json", "22P05");
        Batcher<UUID, Integer, String> batcher =
                batcher(values -> values.contains(7) ? Uni.createFrom().failure(refusal) : words(values));
        List<CompletableFuture<String>> asked = together(batcher, ORGANIZATION, 1, 7, 2);
        assertEquals("word 1", asked.get(0).join());
        assertEquals(
                refusal,
                assertThrows(CompletionException.class, asked.get(1)::join).getCause());
        assertEquals("word 2", asked.get(2).join());
        assertEquals(List.of(List.of(1, 7, 2), List.of(1), List.of(7), List.of(2)), sent);
    }

    /** What became of it may not be known. */
    @Test
    void whenTheStatementFailsForAnotherReasonThenAllFailAndNoneIsSentAgain() {
        for (Supplier<Throwable> reason : List.<Supplier<Throwable>>of(
                () -> DriverFailure.raisedIn("shutdown", "57P01"),
                () -> DriverFailure.raisedIn("lock", "40P01"),
                () -> new IllegalStateException("closed"))) {
            sent.clear();
            Throwable failure = reason.get();
            List<CompletableFuture<String>> asked =
                    together(batcher(values -> Uni.createFrom().failure(failure)), ORGANIZATION, 1, 2);
            assertEquals(
                    Set.of(failure),
                    asked.stream()
                            .map(each -> assertThrows(CompletionException.class, each::join)
                                    .getCause())
                            .collect(toSet()));
            assertEquals(List.of(List.of(1, 2)), sent);
        }
    }

    @Test
    void whenTheStatementCannotBeMadeThenAllFailWithThat() {
        Batcher<UUID, Integer, String> batcher = batcher(values -> {
            throw new IllegalStateException("no statement");
        });
        together(batcher, ORGANIZATION, 1, 2)
                .forEach(each -> assertEquals(
                        "no statement",
                        assertThrows(CompletionException.class, each::join)
                                .getCause()
                                .getMessage()));
    }

    private interface Statement {
        Uni<List<String>> of(List<Integer> values);
    }

    private Batcher<UUID, Integer, String> batcher(Statement statement) {
        return new Batcher<>(vertx, (organizationId, values) -> {
            sent.add(values);
            return statement.of(values);
        });
    }

    /** A word for each number, and none for those below zero. */
    private static Uni<List<String>> words(List<Integer> values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value < 0 ? null : "word " + value));
        return Uni.createFrom().item(words);
    }

    private List<CompletableFuture<String>> together(
            Batcher<UUID, Integer, String> batcher, UUID organizationId, int... values) {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        loop.runOnContext(now ->
                IntStream.of(values).forEach(value -> asked.add(ask(batcher, organizationId, organizationId, value))));
        settle();
        return asked;
    }

    /** Asks as a request of the owner does. */
    private CompletableFuture<String> ask(
            Batcher<UUID, Integer, String> batcher, UUID owner, UUID organizationId, int value) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.duplicate().dispatch(null, in -> {
            WorkOwner.set(owner);
            batcher.ask(organizationId, value).subscribe().with(answer::complete, answer::completeExceptionally);
        });
        return answer;
    }

    /** Until all has been asked for. */
    private void settle() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        loop.runOnContext(now -> settled.complete(null));
        settled.join();
    }

    private static List<String> answers(List<CompletableFuture<String>> asked) {
        return asked.stream().map(CompletableFuture::join).toList();
    }
}
