package dev.roster.platform.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.database.WorkOwner;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.ReplicatedDatabase;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.ContextInternal;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** When a standby is read from, and when it is left alone. */
@Isolated("a second without an answer counts")
class StandbyTest {
    private static final int CONNECTIONS = 4;
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(50);

    // Of a connection that says nothing; a busy machine takes its time to notice
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static ReplicatedDatabase database;
    private static Vertx vertx;

    private DatabaseProxy proxy;
    private Standby standby;

    @BeforeAll
    static void start() throws Exception {
        database = new ReplicatedDatabase(folder);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.closeAndAwait();
        database.close();
    }

    @BeforeEach
    void connect() {
        proxy = new DatabaseProxy("localhost", database.standbyPort());
        standby = standby(proxy.port());
    }

    @AfterEach
    void disconnect() {
        standby.close();
        proxy.close();
    }

    @Test
    void whenItAnswersThenReadFromAtOnceAndOnlyWithWhatIsAskedFor() {
        assertFalse(standby.isAvailable());
        look();
        assertTrue(standby.isAvailable());
        WalPosition written = written();
        assertEquals(1, read(written).await().atMost(SOON).size());
        WalPosition later = new WalPosition(written.cluster(), written.timeline(), written.bytes() + 1_000_000_000);
        assertThrows(RuntimeException.class, () -> read(later).await().atMost(SOON));
        WalPosition other = new WalPosition(written.cluster(), written.timeline() + 1, 0);
        assertThrows(IllegalStateException.class, () -> read(other).await().atMost(SOON));
        WalPosition foreign = new WalPosition(written.cluster() + 1, written.timeline(), 0);
        assertThrows(IllegalStateException.class, () -> read(foreign).await().atMost(SOON));
        assertTrue(standby.isAvailable(), "it is behind, and not away");
    }

    @Test
    void whenItIsThePrimaryThenNeverReadFrom() {
        Standby primary = standby(database.primary().port());
        primary.look().await().atMost(SOON);
        assertFalse(primary.isAvailable());
        assertThrows(IllegalStateException.class, () -> primary.read(written(), PATIENCE, "SELECT 1", Tuple.tuple())
                .await()
                .atMost(SOON));
        primary.close();
    }

    @Test
    void whenItSaysNothingThenEveryReadHasItsEndAndItIsLeftAlone() {
        Eventually.holds(this::isBack);
        readAll(ended -> ended);
        proxy.hang();
        readAll(ended -> !ended);
        assertFalse(standby.isAvailable());
        look();
        assertFalse(standby.isAvailable());
        proxy.restore();
        Eventually.holds(this::isBack);
        readAll(ended -> ended);
    }

    @Test
    void whenTheNetworkHasForgottenItsConnectionsThenReadFromAgainWhenNoneOfThemIsLeft() {
        Eventually.holds(this::isBack);
        // Not after it: meanwhile its connections could end, as they do when nobody uses them
        WalPosition written = written();
        readAll(ended -> ended);
        proxy.forget();
        assertThrows(RuntimeException.class, () -> read(written).await().atMost(SOON));
        assertFalse(standby.isAvailable());
        Eventually.holds(this::isBack);
        for (int i = 0; i < 5; i++) {
            readAll(ended -> ended);
        }
        assertTrue(standby.isAvailable());
    }

    @Test
    void whenItGoesThenThatIsKnownWithTheFirstReadThatFails() {
        Eventually.holds(this::isBack);
        readAll(ended -> ended);
        proxy.refuse();
        assertThrows(RuntimeException.class, () -> read(written()).await().atMost(SOON));
        assertFalse(standby.isAvailable());
    }

    @Test
    void whenItCatchesUpWithinThePatienceThenTheListIsItsOwn() throws Exception {
        Eventually.holds(this::isBack);
        database.waitForStandby(false);
        database.standbyValue("SELECT pg_wal_replay_pause()");
        database.primary().execute("CREATE TABLE caught_up AS SELECT 1 AS value");
        WalPosition target =
                position(database.primary().rows(WalPosition.WRITTEN).get(0));
        Uni<RowSet<Row>> list = standby.read(target, SOON, "SELECT value FROM caught_up", Tuple.tuple())
                .memoize()
                .indefinitely();
        list.subscribe().with(rows -> {}, failure -> {});
        database.standbyValue("SELECT pg_wal_replay_resume()");
        assertEquals(1, list.await().atMost(SOON).iterator().next().getInteger(0));
        database.waitForStandby(true);
    }

    @Test
    void whenOneOrganizationHasItsShareUnderWayThenItsNextListIsRefusedAndThoseOfOthersAreNot() {
        Eventually.holds(this::isBack);
        WalPosition written = written();
        int share = WorkOwner.share("an organization", CONNECTIONS);
        UUID greedy = UUID.randomUUID();
        List<Uni<RowSet<Row>>> slow = IntStream.range(0, share)
                .mapToObj(i -> as(greedy, written, "SELECT pg_sleep(3)"))
                .toList();
        slow.forEach(each -> each.subscribe().with(rows -> {}, failure -> {}));
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> as(greedy, written, "SELECT 1").await().atMost(SOON));
        assertEquals("its share of the standby is in use", refused.getMessage());
        as(UUID.randomUUID(), written, "SELECT 1").await().atMost(SOON);
        slow.forEach(each -> each.await().atMost(SOON));
        as(greedy, written, "SELECT 1").await().atMost(SOON);
        assertTrue(standby.isAvailable());
    }

    @Test
    void whenThePrimarySaysNothingOnOneConnectionThenTheQuestionEndsAndTheNextIsAsked() {
        try (DatabaseProxy between =
                new DatabaseProxy("localhost", database.primary().port())) {
            Pool primary = pool(between.port());
            WrittenSoFar question = new WrittenSoFar(primary, vertx);
            assertEquals(
                    written().cluster(), question.get().await().atMost(SOON).cluster());
            between.forget();
            assertThrows(TimeoutException.class, () -> question.get().await().atMost(SOON));
            Eventually.holds(() -> question.get()
                    .map(position -> true)
                    .onFailure()
                    .recoverWithItem(false)
                    .await()
                    .atMost(SOON));
            primary.closeAndAwait();
        }
    }

    /** A read of a request of that organization, begun at once. */
    private Uni<RowSet<Row>> as(UUID organization, WalPosition target, String sql) {
        Uni<RowSet<Row>> read = Uni.createFrom().emitter(emitter -> {
            ContextInternal request = ((ContextInternal) vertx.getDelegate().getOrCreateContext()).duplicate();
            request.runOnContext(now -> {
                WorkOwner.set(organization);
                standby.read(target, SOON, sql, Tuple.tuple()).subscribe().with(emitter::complete, emitter::fail);
            });
        });
        return read.memoize().indefinitely();
    }

    private boolean isBack() {
        look();
        return standby.isAvailable();
    }

    private void look() {
        standby.look().await().atMost(SOON);
    }

    /** As many at once as there are connections. */
    private void readAll(Predicate<Boolean> expected) {
        WalPosition written = written();
        List<Boolean> ended = Uni.join()
                .all(IntStream.range(0, CONNECTIONS)
                        .mapToObj(
                                i -> read(written).replaceWith(true).onFailure().recoverWithItem(false))
                        .toList())
                .andFailFast()
                .await()
                .atMost(SOON);
        assertTrue(ended.stream().allMatch(expected), ended.toString());
    }

    private Uni<RowSet<Row>> read(WalPosition target) {
        return standby.read(target, PATIENCE, "SELECT 1", Tuple.tuple());
    }

    /** What the standby has surely replayed: it is waited for by each commit. */
    private static WalPosition written() {
        WalPosition written =
                position(database.primary().rows(WalPosition.WRITTEN).get(0));
        Eventually.holds(() -> (Boolean)
                database.standbyValue("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') >= " + written.bytes()));
        return written;
    }

    private static WalPosition position(List<String> row) {
        return new WalPosition(Long.parseLong(row.get(0)), Long.parseLong(row.get(1)), Long.parseLong(row.get(2)));
    }

    private static Standby standby(int port) {
        return new Standby("localhost:" + port, pool(port), CONNECTIONS, KEPT);
    }

    private static Pool pool(int port) {
        PgConnectOptions server = new PgConnectOptions()
                .setHost("localhost")
                .setPort(port)
                .setDatabase("postgres")
                .setUser("postgres");
        PoolOptions options = new PoolOptions()
                .setMaxSize(CONNECTIONS)
                .setConnectionTimeout(1_500)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(KEPT.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return Pool.newInstance(PgBuilder.pool()
                .with(options)
                .connectingTo(server)
                .using(vertx.getDelegate())
                .build());
    }
}
