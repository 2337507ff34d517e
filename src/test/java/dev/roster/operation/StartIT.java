package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start of the packaged service waits for, and what it refuses. */
class StartIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    @Test
    void whenTheDatabaseComesLaterThenNotStartedUntilThen() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"));
                DatabaseProxy proxy = new DatabaseProxy(
                        "localhost", URI.create(database.url()).getPort())) {
            proxy.refuse();
            String url = "postgresql://localhost:" + proxy.port() + "/postgres";
            try (Replica replica = Replica.launch(
                    url, folder, "quarkus.flyway.connect-retries=1000", "quarkus.flyway.connect-retries-interval=1S")) {
                awaitLogged(replica, "Retrying in 1 sec");
                assertEquals(0, replica.probe().status("started"), "answers before its start");
                proxy.restore();
                replica.probe().await("started");
                replica.probe().await("ready");
                replica.probe().assertAnswer("live");
            }
        }
    }

    @Test
    void whenTheKeysCannotBeReadThenNoStart() throws Exception {
        Path missing = folder.resolve("missing.json");
        try (KillableDatabase database = new KillableDatabase(folder.resolve("other"));
                Replica replica = Replica.launch(database.url(), folder, "roster.signing-keys=" + missing)) {
            assertEquals(1, replica.await());
            String reason = "ROSTER_SIGNING_KEYS: the file " + missing + " cannot be read";
            assertTrue(replica.log().contains(reason), replica.log());
            assertFalse(replica.log().contains("\tat "), replica.log());
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
