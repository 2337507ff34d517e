package dev.roster.operation;

import static dev.roster.operation.FailoverIT.assertReads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import dev.roster.testing.ReplicatedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service that starts between a primary that has gone and a standby that has not taken over. */
@Beside
class FailoverStartIT {
    @TempDir
    Path folder;

    @Test
    void whenStartedWhileNoServerTakesWritesThenReadyAndWaitingOnlyForWhatIsToBeWritten() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder)) {
            String token = migrated(database);
            database.primary().kill();
            try (Replica other = Replica.launch(database.url(), folder, "roster.migrate=off");
                    Replica replica = Replica.start(database.url(), folder)) {
                other.awaitReady();
                for (Replica reading : List.of(replica, other)) {
                    reading.probe().await("ready");
                    assertReads(reading, token);
                    HttpResponse<String> refused = reading.post("/api/v1/users", token, "{\"name\":\"refused\"}");
                    assertEquals(503, refused.statusCode(), refused.body());
                    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
                    Eventually.holds(() -> reading.probe().metric("roster_db_writable") == 0);
                }
                // Not before: those that start leave the others no processor
                try (Replica waiting = Replica.launch(database.url(), folder, "roster.restored=the-moment");
                        Replica only = Replica.launch(
                                database.url(), folder, "roster.migrate=only", "roster.restored=the-moment");
                        Replica resetting = Replica.launch(database.url(), folder, "roster.admin.reset=true")) {
                    for (Replica starting : List.of(waiting, resetting, only)) {
                        Eventually.holds(() ->
                                log(starting).contains("The start waits for the database: no server takes writes"));
                    }
                    assertEquals(0, waiting.probe().status("ready"));

                    database.promoteStandby();
                    waiting.awaitReady();
                    resetting.awaitReady();
                    assertEquals(0, only.await(), only.log());
                    for (Replica writing : List.of(replica, other, waiting, resetting)) {
                        Eventually.holds(() -> writing.probe().metric("roster_db_writable") == 1);
                        writing.send(
                                "POST",
                                "/api/v1/groups",
                                writing.adminToken(),
                                "{\"name\":\"g" + writing.port() + "\"}");
                    }
                }
            }
        }
    }

    @Test
    void whenStartedOnAStandbyThatHasNotReplayedWhatItReceivedThenNobodyIsLetInAgain() throws Exception {
        try (ReplicatedDatabase database = ReplicatedDatabase.migrated(folder)) {
            String revoked;
            try (Replica first = Replica.start(database.url(), folder)) {
                String admin = first.adminToken();
                String made = first.send(
                        "POST", "/api/v1/service-accounts", admin, "{\"name\":\"revoked\",\"role\":\"member\"}");
                revoked = first.token(Replica.member(made, "client_id"), Replica.member(made, "client_secret"));
                database.waitForStandby(false);
                database.standbyValue("SELECT pg_wal_replay_pause()");
                first.send("DELETE", "/api/v1/service-accounts/revoked", admin, "");
                Eventually.holds(() ->
                        (Boolean) database.standbyValue("SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()"));
            }
            database.primary().kill();
            try (Replica off = Replica.launch(database.url(), folder, "roster.migrate=off");
                    Replica starting = Replica.launch(database.url(), folder)) {
                Eventually.holds(() ->
                        log(starting).contains("The start waits for the database: the standby has not replayed all"));
                off.probe().await("started");
                assertEquals(0, starting.probe().status("ready"));
                off.probe().await("ready", "migrations");
                database.standbyValue("SELECT pg_wal_replay_resume()");
                for (Replica replica : List.of(off, starting)) {
                    replica.awaitReady();
                    assertEquals(401, replica.status("GET", "/api/v1/users/me", revoked));
                }
            }
        }
    }

    private String migrated(ReplicatedDatabase database) throws Exception {
        try (Replica first = Replica.start(database.url(), folder)) {
            return first.adminToken();
        }
    }

    private static String log(Replica replica) {
        try {
            return replica.log();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
