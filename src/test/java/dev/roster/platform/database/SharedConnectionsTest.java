package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Short statements that use a connection together. */
@QuarkusTest
class SharedConnectionsTest {
    private static final String CONNECTION = "SELECT pg_backend_pid()";
    private static final String WAITING =
            "SELECT pg_backend_pid() FROM users WHERE organization_id = $1 AND id = $2 FOR UPDATE";

    private final TestOrganization organization = TestOrganization.create();
    private final UUID user = TestRows.person(organization, "ann", Role.MEMBER);

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    DedicatedConnections dedicated;

    @Inject
    MeterRegistry metrics;

    private final AtomicLong time = new AtomicLong();
    private ContextInternal loop;

    @BeforeEach
    void chooseALoop() {
        loop = (ContextInternal) vertx.getOrCreateContext();
    }

    @AfterEach
    void allConnectionsAreGivenBack() {
        Eventually.equal(0.0, () -> metrics.get("roster.db.pool.active").gauge().value());
    }

    @Test
    void whenOthersAreOnTheirWayThenAsManyAsMayShareAConnectionAndTheNextHasItsOwn() throws Exception {
        SharedConnections shared = sharing();
        List<CompletableFuture<Integer>> together = new ArrayList<>();
        int own;
        try (TableLock lock = TableLock.ofRow("users", user)) {
            together.add(waiting(shared, lock));
            for (int n = 1; n < SharedConnections.MOST_AT_ONCE; n++) {
                together.add(connection(shared, organization.id()));
            }
            own = connection(shared, organization.id()).get(1, TimeUnit.MINUTES);
            assertFalse(together.stream().anyMatch(CompletableFuture::isDone));
        }
        List<Integer> connections =
                together.stream().map(CompletableFuture::join).toList();
        assertEquals(Collections.nCopies(SharedConnections.MOST_AT_ONCE, connections.get(0)), connections);
        assertNotEquals(own, connections.get(0));
    }

    @Test
    void whenStatementsOfOneOrganizationHangThenThoseOfOthersDoNotWaitBehindThem() throws Exception {
        SharedConnections shared = sharing();
        try (TableLock lock = TableLock.ofRow("users", user)) {
            CompletableFuture<Integer> hanging = waiting(shared, lock);
            connection(shared, UUID.randomUUID()).get(1, TimeUnit.MINUTES);
            connection(shared, null).get(1, TimeUnit.MINUTES);
            assertFalse(hanging.isDone());
        }
    }

    @Test
    void whenAStatementTakesLongThenLaterOnesDoNotWaitBehindIt() throws Exception {
        SharedConnections shared = sharing();
        try (TableLock lock = TableLock.ofRow("users", user)) {
            CompletableFuture<Integer> hanging = waiting(shared, lock);
            time.addAndGet(SharedConnections.PATIENCE.toNanos());
            connection(shared, organization.id()).get(1, TimeUnit.MINUTES);
            assertFalse(hanging.isDone());
        }
    }

    /** Otherwise a pool of one connection would never serve anybody else. */
    @Test
    void whenThereIsAlwaysOneOnItsWayThenTheConnectionGoesBackAfterSoMany() throws Exception {
        SharedConnections shared = sharing();
        Endless endless = new Endless(shared);
        try (TableLock lock = TableLock.ofRow("users", user)) {
            CompletableFuture<Integer> first = waiting(shared, lock);
            endless.begin(SharedConnections.MOST_AT_ONCE - 1);
            assertFalse(first.isDone());
        }
        List<Integer> connections = endless.connections();
        List<Integer> ofOneTurn = connections.subList(0, connections.size() - 1);
        assertEquals(Collections.nCopies(ofOneTurn.size(), ofOneTurn.get(0)), ofOneTurn);
        assertNotEquals(ofOneTurn.get(0), connections.get(connections.size() - 1));
    }

    /** Statements of which each sends the next one as soon as it is answered. All of it happens on the event loop. */
    private final class Endless {
        private final SharedConnections shared;
        private final List<CompletableFuture<Integer>> sent = new ArrayList<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        private Endless(SharedConnections shared) {
            this.shared = shared;
        }

        /** Sends the first ones, so many at once. */
        private void begin(int count) {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            asRequestOf(organization.id(), () -> {
                for (int n = 0; n < count; n++) {
                    send();
                }
                begun.complete(null);
            });
            begun.join();
        }

        private void send() {
            if (sent.size() < SharedConnections.MOST_OF_ONE_TURN) {
                CompletableFuture<Integer> next = new CompletableFuture<>();
                sent.add(next);
                execute(shared, CONNECTION, Tuple.tuple(), next);
                var unused = next.thenRun(this::send);
            } else {
                end.complete(null);
            }
        }

        /** What answered them, in the order in which they were sent. */
        private List<Integer> connections() {
            end.join();
            return sent.stream().map(CompletableFuture::join).toList();
        }
    }

    @Test
    void whenStatementsFailThenTheirConnectionsGoBack() {
        SharedConnections shared = sharing();
        for (int n = 0; n < 100; n++) {
            CompletionException failure = assertThrows(
                    CompletionException.class, () -> send(shared, organization.id(), "SELECT 1 / 0", Tuple.tuple())
                            .join());
            assertEquals("22012", ((PgException) failure.getCause()).getSqlState());
        }
    }

    @Test
    void whenTheServerIsInDoubtThenNothingMoreIsSentToIt() throws Exception {
        SharedConnections shared = sharing();
        try (TableLock lock = TableLock.ofRow("users", user)) {
            CompletableFuture<Integer> hanging = waiting(shared, lock);
            List<CompletableFuture<Integer>> later = new ArrayList<>();
            // Who doubts soon after somebody else changes nothing; and there is room for all of them
            while (later.stream().noneMatch(CompletableFuture::isDone)
                    && later.size() < SharedConnections.MOST_AT_ONCE - 1) {
                dedicated.doubt();
                later.add(connection(shared, organization.id()));
                LockSupport.parkNanos(2 * Servers.PAUSE_NANOSECONDS);
            }
            Eventually.holds(() -> later.stream().anyMatch(CompletableFuture::isDone));
            assertFalse(hanging.isDone());
        }
    }

    /** What waits for others does not end later than it would alone. */
    @Test
    void whenStatementsAreAnsweredLateOneByOneThenAllEndWithASilentConnection() throws Exception {
        SharedConnections shared = sharing();
        List<CompletableFuture<Integer>> late = new ArrayList<>();
        try (TableLock lock = TableLock.ofRow("users", user)) {
            late.add(waiting(shared, lock));
            for (int n = 1; n < SharedConnections.MOST_AT_ONCE; n++) {
                late.add(send(shared, organization.id(), "SELECT 1 FROM pg_sleep(2)", Tuple.tuple()));
            }
        }
        List<Boolean> answered = late.stream()
                .map(each -> each.handle((value, failure) -> failure == null).join())
                .toList();
        // Those of the first ten seconds, or some more where the machine is late
        assertTrue(answered.stream().filter(each -> each).count() <= 10, answered.toString());
        assertFalse(answered.get(answered.size() - 1));
    }

    @Test
    void whenTheConnectionIsLostThenTheNextStatementHasAnother() throws Exception {
        SharedConnections shared = sharing();
        try (TableLock lock = TableLock.ofRow("users", user)) {
            CompletableFuture<Integer> hanging = waiting(shared, lock);
            assertEquals(
                    true,
                    Database.value(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE query = ? AND state = 'active' AND datname = current_database()",
                            WAITING));
            assertThrows(CompletionException.class, hanging::join);
            connection(shared, organization.id()).get(1, TimeUnit.MINUTES);
        }
    }

    private SharedConnections sharing() {
        return new SharedConnections((VertxInternal) vertx, (DatabasePool) ClientProxy.unwrap(pool), time::get);
    }

    /** A statement that waits for a row, and is known to. */
    private CompletableFuture<Integer> waiting(SharedConnections shared, TableLock lock) {
        CompletableFuture<Integer> waiting =
                send(shared, organization.id(), WAITING, Tuple.of(organization.id(), user));
        Eventually.holds(() -> lock.waiting() == 1);
        return waiting;
    }

    private CompletableFuture<Integer> connection(SharedConnections shared, UUID owner) {
        return send(shared, owner, CONNECTION, Tuple.tuple());
    }

    /** Sends a statement as a request of that organization does. */
    private CompletableFuture<Integer> send(SharedConnections shared, UUID owner, String sql, Tuple values) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        asRequestOf(owner, () -> execute(shared, sql, values, answer));
        return answer;
    }

    private void asRequestOf(UUID owner, Runnable work) {
        loop.duplicate().runOnContext(now -> {
            if (owner != null) {
                WorkOwner.set(owner);
            }
            work.run();
        });
    }

    private static void execute(SharedConnections shared, String sql, Tuple values, CompletableFuture<Integer> answer) {
        shared.preparedQuery(sql).execute(values).onComplete(done -> {
            if (done.succeeded()) {
                answer.complete(done.result().iterator().next().getInteger(0));
            } else {
                answer.completeExceptionally(done.cause());
            }
        });
    }
}
