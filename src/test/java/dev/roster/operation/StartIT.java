package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start of the packaged service waits for. */
@Beside
class StartIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final String LONG = "roster.db.wait=24H";
    private static final String SECRET = "  client secret: ";
    private static final String WAITING = "The start waits for the database: ";

    @TempDir
    static Path folder;

    @Test
    void whenTheDatabaseComesLaterThenNotStartedUntilThen() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            proxy.refuse();
            String url = "postgresql://localhost:" + proxy.port() + "/postgres";
            try (Replica replica = Replica.launch(url, folder, LONG)) {
                awaitLogged(replica, WAITING);
                assertEquals(0, replica.probe().status("started"), "answers before its start");
                proxy.restore();
                replica.probe().await("started");
                replica.probe().await("ready");
                replica.probe().assertAnswer("live");
            }
        }
    }

    @Test
    void whenToldToEndWhileItWaitsForTheDatabaseThenItEnds() throws Exception {
        try (Replica replica = Replica.launch("postgresql://127.0.0.1:1/none", folder, LONG)) {
            awaitLogged(replica, WAITING);
            replica.terminate();
            assertEquals(143, replica.await(), replica.log());
        }
    }

    @Test
    void whenTheDatabaseIsSilentAndItIsToldToEndThenItEnds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Replica replica =
                        Replica.launch("postgresql://127.0.0.1:" + silent.getLocalPort() + "/none", folder, LONG)) {
            silent.setSoTimeout(60_000);
            // It has come, and waits for an answer that never comes
            try (Socket waiting = silent.accept()) {
                replica.terminate();
                assertEquals(143, replica.await(), replica.log());
            }
        }
    }

    @Test
    void whenTheDatabaseSaysNothingForAWhileThenTheStartAsksAgain() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("silent"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            proxy.hang();
            String url = "postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            try (Replica replica = Replica.launch(url, folder, LONG)) {
                awaitLogged(replica, WAITING);
                proxy.restore();
                replica.awaitReady();
            }
        }
    }

    /** As a failover, or a database that is started anew, while a start has its turn. */
    @Test
    void whenTheDatabaseIsLostWithinAMigrationThenTheStartWaitsAndDoesItAgain() throws Exception {
        assertLostAndStarted(
                "within", LONG, "CREATE TABLE sessions", DatabaseProxy::refuse, "The database was lost while");
    }

    @Test
    void whenTheDatabaseFallsSilentWithinAMigrationThenTheStartWaitsAndDoesItAgain() throws Exception {
        assertLostAndStarted(
                "hung",
                "roster.db.wait=30S",
                "CREATE TABLE sessions",
                DatabaseProxy::hang,
                "The database was lost while");
    }

    /** As through a firewall that forgets a connection that was silent for long: others reach the database. */
    @Test
    void whenTheConnectionOfAMigrationIsForgottenThenDoneAgain() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("forgotten"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            CountDownLatch forgotten = lossAt(proxy, "CREATE TABLE sessions", DatabaseProxy::forget);
            String url = "postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            try (Replica replica = Replica.launch(url, folder, LONG)) {
                assertTrue(forgotten.await(SOON.toSeconds(), TimeUnit.SECONDS), replica.log());
                awaitLogged(replica, "The database was lost while");
                replica.awaitReady();
                assertEquals(200, replica.status("GET", "/api/v1/users/me", replica.adminToken()));
                assertFalse(Replica.hasStack(replica.log()), replica.log());
            }
        }
    }

    @Test
    void whenToldToEndWhileItMigratesThenItEnds() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("ended"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            CountDownLatch migrating = lossAt(proxy, "CREATE TABLE sessions", DatabaseProxy::hang);
            String url = "postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            try (Replica replica = Replica.launch(url, folder, LONG)) {
                assertTrue(migrating.await(SOON.toSeconds(), TimeUnit.SECONDS), replica.log());
                replica.terminate();
                assertEquals(143, replica.await(), replica.log());
            }
        }
    }

    @Test
    void whenTheDatabaseIsLostBeforeTheFirstRowsThenTheStartWaitsAndMakesThem() throws Exception {
        assertLostAndStarted("rows", LONG, "insert into organizations", DatabaseProxy::refuse, WAITING);
    }

    /** Nobody else will ever see it. */
    @Test
    void whenTheAnswerToTheCommitOfTheFirstRowsIsLostThenTheSecretThatWasMadeIsShown() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("unheard"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            proxy.betweenStatements("insert into organizations", () -> proxy.loseCommit(1));
            String url = "postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            try (Replica replica = Replica.launch(Map.of(), url, folder, LONG)) {
                replica.awaitReady();
                assertTrue(proxy.hasLostCommit(), replica.log());
                assertTrue(replica.log().contains(WAITING), replica.log());
                List<String> shown = replica.log()
                        .lines()
                        .filter(line -> line.startsWith(SECRET))
                        .map(line -> line.substring(SECRET.length()))
                        .toList();
                assertEquals(1, shown.size(), replica.log());
                String token = replica.token("admin", shown.get(0));
                assertEquals(200, replica.status("GET", "/api/v1/users/me", token));
                assertFalse(Replica.hasStack(replica.log()), replica.log());
            }
            try (Replica again = Replica.launch(Map.of(), url, folder, LONG)) {
                again.awaitReady();
                assertFalse(again.log().contains(SECRET), again.log());
            }
        }
    }

    /** Loses the database when this statement comes: what is counted down then. */
    private static CountDownLatch lossAt(DatabaseProxy proxy, String statement, Consumer<DatabaseProxy> loss) {
        CountDownLatch lost = new CountDownLatch(1);
        proxy.betweenStatements(statement, () -> {
            loss.accept(proxy);
            lost.countDown();
        });
        return lost;
    }

    private static void assertLostAndStarted(
            String name, String wait, String statement, Consumer<DatabaseProxy> loss, String told) throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve(name));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            CountDownLatch lost = lossAt(proxy, statement, loss);
            String url = "postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            try (Replica replica = Replica.launch(url, folder, wait)) {
                assertTrue(lost.await(SOON.toSeconds(), TimeUnit.SECONDS), replica.log());
                awaitLogged(replica, told);
                awaitLogged(replica, WAITING);
                assertEquals(0, replica.probe().status("started"), replica.log());
                proxy.restore();
                replica.awaitReady();
                assertEquals(200, replica.status("GET", "/api/v1/users/me", replica.adminToken()));
                assertFalse(Replica.hasStack(replica.log()), replica.log());
            }
        }
    }

    /** One that may not be waited for ends the start, by one line. */
    @Test
    void whenTheDatabaseIsLostAndIsNotWaitedForThenNoStart() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("lost"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port())) {
            proxy.refuseAfterCommitOf("CREATE TABLE sessions");
            String url = "postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            try (Replica replica = Replica.launch(url, folder, "roster.db.wait=0S")) {
                assertEquals(1, replica.await(), replica.log());
                assertTrue(
                        replica.log().contains("Roster does not start, the database is not migrated: "), replica.log());
                assertFalse(Replica.hasStack(replica.log()), replica.log());
            }
        }
    }

    private static void awaitLogged(Replica replica, String text) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!replica.log().contains(text)) {
            assertTrue(System.nanoTime() < end, replica.log());
            Thread.sleep(50);
        }
    }
}
