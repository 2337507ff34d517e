package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations of a newer version that change columns under the statements of this one, while requests come. */
@QuarkusTest
class ChangedTableTest {
    private static final int CLIENTS = 8;

    private static final List<String> TABLES = List.of("users", "groups");

    private TestClient admin;
    private String token;

    @BeforeEach
    void makeRows() {
        admin = TestOrganization.create().client(Role.ADMIN);
        token = admin.token();
        Http.send(request("POST", "/api/v1/groups", "{\"name\":\"staff\"}"));
    }

    @AfterEach
    void changeBack() {
        TABLES.forEach(table -> change(table, "timestamptz"));
    }

    @Test
    void whenColumnsChangeUnderLoadThenEveryRequestIsAnswered() {
        TABLES.forEach(table -> change(table, "timestamptz(3)"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger names = new AtomicInteger();
        List<CompletableFuture<Map<Integer, Integer>>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(CompletableFuture.supplyAsync(() -> load(over, names)));
        }
        // Each is another type, and none but the first writes all rows anew, which takes its time where tests have left
        // many
        for (int precision = 4; precision <= 6; precision++) {
            for (String table : TABLES) {
                // Each of the clients has its statements prepared by then
                int seen = names.get();
                Eventually.holds(() -> names.get() >= seen + CLIENTS);
                change(table, "timestamptz(" + precision + ")");
            }
        }
        over.set(true);
        Map<Integer, Integer> answers = new TreeMap<>();
        clients.forEach(client -> client.join().forEach((status, count) -> answers.merge(status, count, Integer::sum)));
        assertEquals(List.of(200, 201), List.copyOf(answers.keySet()), answers::toString);
        assertEquals(
                (long) names.get(),
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND username LIKE 'u%'",
                        admin.organizationId()),
                "each account is made once");
    }

    private Map<Integer, Integer> load(AtomicBoolean over, AtomicInteger names) {
        Map<Integer, Integer> answers = new TreeMap<>();
        while (!over.get()) {
            int number = names.incrementAndGet();
            List<HttpRequest> round = List.of(
                    request("POST", "/api/v1/users", "{\"name\":\"u" + number + "\"}"),
                    request("GET", "/api/v1/users/u" + number, null),
                    request("GET", "/api/v1/users?limit=5", null),
                    request("PATCH", "/api/v1/users/u" + number, "{\"display_name\":\"U\"}"),
                    request("PUT", "/api/v1/users/u" + number + "/groups", "{\"add_to_groups\":[\"staff\"]}"),
                    request("GET", "/api/v1/groups/staff", null));
            for (HttpRequest request : round) {
                HttpResponse<String> answer = Http.send(request);
                assertTrue(answer.statusCode() < 300, () -> request + ": " + answer.statusCode() + answer.body());
                answers.merge(answer.statusCode(), 1, Integer::sum);
            }
        }
        return answers;
    }

    private static void change(String table, String type) {
        Database.execute("ALTER TABLE " + table + " ALTER COLUMN created_at TYPE " + type);
    }

    private HttpRequest request(String method, String path, String body) {
        return Http.request(token, method, path, body);
    }
}
