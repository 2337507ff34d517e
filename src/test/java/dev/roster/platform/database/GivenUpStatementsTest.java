package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.caller.Role;
import dev.roster.platform.background.Statistics;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of a statement in the server when its connection is given up. */
@QuarkusTest
class GivenUpStatementsTest {
    private final TestOrganization organization = TestOrganization.create();

    @Inject
    Pool pool;

    @Inject
    Statistics statistics;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whenItIsAtWorkThenItEndsAndItsLocksGo() {
        UUID user = TestRows.person(organization, "ann", Role.MEMBER);
        String mark = "given up " + UUID.randomUUID();
        SqlConnection connection =
                pool.getConnection().toCompletionStage().toCompletableFuture().join();
        CompletableFuture<?> working = connection
                .query("SELECT pg_sleep(600), '" + mark + "' FROM (SELECT FROM users WHERE organization_id = '"
                        + organization.id() + "' AND id = '" + user + "' FOR UPDATE) AS held")
                .execute()
                .toCompletionStage()
                .toCompletableFuture();
        Eventually.equal(1L, () -> running(mark));
        SilentServers.giveUp(connection);
        assertThrows(CompletionException.class, working::join);
        connection.close();
        Eventually.equal(0L, () -> running(mark));
        assertEquals(1, Database.execute("UPDATE users SET version = version + 1 WHERE id = ?", user));
    }

    /** Otherwise a table that takes longer would never be counted. */
    @Test
    void whenATableIsCountedThenThatWouldGoOn() throws Throwable {
        String table = "counted_" + UUID.randomUUID().toString().replace("-", "");
        try {
            Database.execute(
                    "CREATE FUNCTION " + table + "(number integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS"
                            + " $$ BEGIN IF current_setting('client_connection_check_interval') <> '0'"
                            + " THEN RAISE EXCEPTION 'ends with its client'; END IF; RETURN number; END $$");
            Database.execute("CREATE TABLE " + table + " (organization_id uuid, number integer)");
            Database.execute("CREATE INDEX ON " + table + " (" + table + "(number))");
            Database.execute("INSERT INTO " + table + " SELECT ?, generate_series(1, 10)", organization.id());
            VertxContextSupport.subscribeAndAwait(() -> statistics.refresh(Set.of(table), organization.id(), 10));
            assertEquals(10.0f, Database.value("SELECT reltuples FROM pg_class WHERE relname = ?", table));
        } finally {
            Database.execute("DROP TABLE IF EXISTS " + table);
            Database.execute("DROP FUNCTION IF EXISTS " + table + "(integer)");
        }
    }

    private static Object running(String mark) {
        return Database.value(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE ?",
                "%" + mark + "%");
    }
}
