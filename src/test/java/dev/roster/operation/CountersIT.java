package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters of what is seldom: of one that begins with the first of its kind, Prometheus sees no increase. */
@Beside
class CountersIT {
    private static final String FAULTS = "roster_requests_failed_total";

    @TempDir
    Path folder;

    @Test
    void whenStartedThenThereAtZeroAndTheFirstIsAnIncrease() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica replica = Replica.start(database.url(), folder)) {
            for (String code : List.of(
                    "forbidden",
                    "insufficient_scope",
                    "password_expired",
                    "payload_too_large",
                    "request_timeout",
                    "unavailable")) {
                assertEquals(0, replica.probe().metric("roster_requests_refused_total{code=\"" + code + "\"}"), code);
            }
            for (String type : List.of("client.failed", "sign_in.failed")) {
                assertEquals(
                        0, replica.probe().metric("roster_authentications_failed_total{type=\"" + type + "\"}"), type);
            }
            assertEquals(0, replica.probe().metric(FAULTS));

            String token = replica.adminToken();
            database.execute("ALTER TABLE groups RENAME TO gone");
            assertEquals(500, replica.status("GET", "/api/v1/groups/any", token));
            Eventually.holds(() -> replica.probe().metric(FAULTS) == 1);
            assertEquals(404, replica.status("GET", "/nothing", token));
            assertEquals(1, replica.probe().metric(FAULTS));
        }
    }
}
