package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that takes connections and statements and says nothing, under the packaged service. */
@Beside
class HungDatabaseIT {
    // A connection is given up after the three seconds below; the rest is for slow machines
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";

    @TempDir
    static Path folder;

    @Test
    void whenTheDatabaseHangsThenEveryRequestHasAnEndAndNothingIsLeft() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.port());
                Replica replica = Replica.start(
                        "postgresql://localhost:" + proxy.port() + "/postgres",
                        folder,
                        "roster.db.pool.size=4",
                        "roster.db.pool.silence=3S")) {
            String token = replica.adminToken();
            for (int round = 0; round < 2; round++) {
                assertEquals(200, replica.status("GET", "/api/v1/users", token));
                proxy.hang();
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                HttpClient client = HttpClient.newHttpClient();
                for (int i = 0; i < 10; i++) {
                    answers.add(send(client, replica, token, "GET", "/api/v1/users/admin", ""));
                    answers.add(send(client, replica, token, "GET", "/api/v1/users?limit=" + (i + 1), ""));
                    answers.add(send(client, replica, token, "POST", "/api/v1/users", "{\"name\":\"u" + i + "\"}"));
                }
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    assertEquals(503, answer.get().statusCode(), answer.get().body());
                }
                proxy.restore();
                replica.probe().await("ready");
            }
            assertEquals(200, replica.status("GET", "/api/v1/users", token));
        }
    }

    /** Each that is given up would wait on there, and the pool would open another. */
    @Test
    void whenARowStaysLockedThenWhoWaitsIsRefusedAndNoneIsLeftWaitingInTheDatabase() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("locked"));
                Replica replica =
                        Replica.start(database.url(), folder, "roster.db.pool.size=4", "roster.db.pool.silence=3S");
                Connection lock = database.connect();
                Statement locking = lock.createStatement()) {
            String token = replica.adminToken();
            HttpClient client = HttpClient.newHttpClient();
            assertEquals(
                    201,
                    send(client, replica, token, "POST", "/api/v1/users", "{\"name\":\"ada\"}")
                            .get()
                            .statusCode());
            lock.setAutoCommit(false);
            locking.execute("SELECT FROM users WHERE username = 'ada' FOR UPDATE");
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    answers.add(send(client, replica, token, "PATCH", "/api/v1/users/ada", "{\"display_name\":\"A\"}"));
                }
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    assertEquals(503, answer.get().statusCode(), answer.get().body());
                }
                // Who was answered for want of a connection may come before those that have one
                Eventually.holds(() -> database.rows(WAITING).equals(List.of(List.of("0"))));
            }
            lock.rollback();
            assertEquals(
                    200,
                    send(client, replica, token, "PATCH", "/api/v1/users/ada", "{\"display_name\":\"A\"}")
                            .get()
                            .statusCode());
        }
    }

    private static CompletableFuture<HttpResponse<String>> send(
            HttpClient client, Replica replica, String token, String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.port() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }
}
