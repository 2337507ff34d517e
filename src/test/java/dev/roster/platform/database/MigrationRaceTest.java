package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Replicas that start at once over an empty database. */
class MigrationRaceTest {
    private static final int REPLICAS = 4;

    @Test
    void whenReplicasMigrateAtOnceThenEachMigrationRunsOnce() throws Exception {
        String schema = "race_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE SCHEMA " + schema);
        ExecutorService replicas = Executors.newFixedThreadPool(REPLICAS);
        try {
            List<Future<Integer>> migrations = new ArrayList<>();
            for (int i = 0; i < REPLICAS; i++) {
                migrations.add(replicas.submit(() -> flyway(schema).migrate().migrationsExecuted));
            }
            int executed = 0;
            for (Future<Integer> migration : migrations) {
                executed += migration.get();
            }
            assertEquals(flyway(schema).info().all().length, executed);
            assertEquals(0, flyway(schema).info().pending().length);
            assertEquals(
                    "",
                    query("SELECT coalesce(string_agg(relname, ', '), '') FROM pg_class WHERE relnamespace = '" + schema
                            + "'::regnamespace AND relname NOT LIKE 'flyway%' AND xmin::text NOT IN (SELECT xmin::text FROM "
                            + schema + ".flyway_schema_history)"),
                    "made by a transaction that has not written so into the history");
        } finally {
            replicas.shutdown();
            execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    private static Flyway flyway(String schema) {
        DatabaseAddress address = TestDatabase.address();
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(
                        "jdbc:" + address.url() + "?currentSchema=" + schema + ",public",
                        address.username(),
                        address.password())
                .locations("classpath:db/migration");
        new MigrationSession().customize(configuration);
        return configuration.load();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static Connection connection() throws SQLException {
        DatabaseAddress address = TestDatabase.address();
        return DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
    }
}
