package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
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
        new MigrationLock().customize(configuration);
        return configuration.load();
    }

    private static void execute(String sql) throws SQLException {
        DatabaseAddress address = TestDatabase.address();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
