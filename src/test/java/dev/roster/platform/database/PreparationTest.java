package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a database is prepared is asked by two connections, for which there may be no room. */
@Beside
class PreparationTest {
    private static final String NAME = "narrow";

    @TempDir
    static Path folder;

    @Test
    void whenThereIsNoRoomForTheSecondConnectionThenSaidAsOfADatabaseThatIsWaitedFor() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"))) {
            String url = "jdbc:" + database.url();
            database.execute("CREATE ROLE narrow LOGIN PASSWORD 'narrow' CONNECTION LIMIT 1");
            Flyway flyway = Flyway.configure()
                    .dataSource(url, NAME, NAME)
                    .locations("classpath:db/migration")
                    .load();
            Preparation preparation = new Preparation(flyway, new AskingConnections(url, NAME, NAME, "test"));
            FlywayException refused = assertThrows(FlywayException.class, preparation::isComplete);
            assertTrue(ServerChange.isPassing(refused));
            assertEquals("53300", ((SQLException) refused.getCause()).getSQLState());
            assertThrows(SQLException.class, () -> new DatabaseWait<>(preparation::isComplete).await(Duration.ZERO));
            database.execute("ALTER ROLE narrow CONNECTION LIMIT 5");
            assertEquals(false, preparation.isComplete());
            assertTrue(preparation.takesWrites());
        }
    }
}
