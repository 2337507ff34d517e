package dev.roster.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.openapi.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While persons come, go and are renamed, whoever is there throughout is in a list once. Of those who are there at first a third
 * stays as it is, a third goes and a third gets other names; they lie among each other in all orders, ten of one moment each.
 */
@QuarkusTest
class ListsUnderChangesTest {
    private static final int THIRD = 500;
    private static final String STAYS = "Stays";
    private static final String GOES = "Goes";
    private static final String RENAMED = "Renamed";

    // Reversed numbers have their neighbours everywhere
    private static final String PERSONS = """
            INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text, created_at,
                               updated_at, version)
            SELECT CAST(? AS uuid),
                   CAST(rpad(reverse(CAST(n AS text)), 8, '0') || '-0000-4000-8000-' || lpad(CAST(n AS text), 12, '0') AS uuid),
                   'person', name, name, kind || ' ' || n, 'member', 'active', ' ' || name, now() - n / 10 * interval '1 second',
                   now(), 0
              FROM (SELECT n, reverse(CAST(n AS text)) || lower(kind) AS name, kind
                      FROM (SELECT n, (ARRAY['Stays', 'Goes', 'Renamed'])[n % 3 + 1] AS kind FROM generate_series(0, ?) n) k) p
            """;

    // What happens while one answer is read
    private static final int CHANGES = 30;

    private final TestOrganization organization = TestOrganization.create();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean over;
    private String token;
    private CompletableFuture<Void> others;

    @BeforeEach
    void begin() {
        token = organization.token(Role.ADMIN);
        Database.execute(PERSONS, organization.id(), 3 * THIRD - 1);
        others = CompletableFuture.runAsync(this::change);
    }

    @AfterEach
    void end() {
        over = true;
        others.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "created_at", "-created_at"})
    void whenWalkedByCursorThenEachOnce(String sort) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = OpenApiDocument.read(get("/api/v1/users?limit=40&sort=" + sort + cursor));
            found.addAll(shown(page.path("items"), "display_name"));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asText()
                    : null;
            awaitChanges(3);
        }
        assertOnce(found, !sort.endsWith("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "created_at", "-created_at"})
    void whenStreamedThenEachOnce(String sort) {
        whileOthersChange(() -> {
            JsonNode answer = OpenApiDocument.read(get("/api/v1/users?sort=" + sort));
            assertOnce(shown(answer.path("items"), "display_name"), !sort.endsWith("name"));
        });
    }

    @Test
    void whenAllAreAskedForByAnotherContractThenEachOnce() {
        whileOthersChange(() -> assertOnce(
                shown(OpenApiDocument.read(get("/api/v2/users?limit=0")).path("items"), "name"), false));
    }

    /** By id, which no change of a name moves. */
    @Test
    void whenExportedThenEachOnce() {
        whileOthersChange(() -> assertOnce(
                get("/api/v1/users/export", "Accept", "application/x-ndjson")
                        .lines()
                        .map(line ->
                                OpenApiDocument.read(line).path("display_name").asText())
                        .toList(),
                true));
    }

    @Test
    void whenExportedAsATableThenEachOnce() {
        whileOthersChange(() -> assertOnce(
                get("/api/v1/users/export", "Accept", "text/csv")
                        .lines()
                        .map(line -> line.split(",", -1)[2])
                        .toList(),
                true));
    }

    private static void assertOnce(List<String> found, boolean isWithRenamed) {
        for (String kind : isWithRenamed ? List.of(STAYS, RENAMED) : List.of(STAYS)) {
            List<String> those =
                    found.stream().filter(shown -> shown.startsWith(kind)).toList();
            Set<String> missing = IntStream.range(0, THIRD)
                    .mapToObj(n -> kind + " " + (3 * n + (kind.equals(STAYS) ? 0 : 2)))
                    .collect(Collectors.toSet());
            missing.removeAll(those);
            assertEquals(Set.of(), missing);
            assertEquals(THIRD, those.size(), "some twice");
        }
    }

    private static List<String> shown(JsonNode users, String field) {
        List<String> shown = new ArrayList<>();
        users.forEach(user -> shown.add(user.path(field).asText()));
        return shown;
    }

    /** Reads again until enough has happened meanwhile. */
    private void whileOthersChange(Runnable read) {
        int meanwhile = 0;
        while (meanwhile < CHANGES) {
            awaitChanges(1);
            int before = changes.get();
            read.run();
            meanwhile += changes.get() - before;
        }
    }

    private void awaitChanges(int more) {
        int wanted = changes.get() + more;
        Eventually.holds(() -> {
            if (others.isDone()) {
                others.join(); // tells why it has ended
            }
            return changes.get() >= wanted;
        });
    }

    /** One comes; one who was there or came goes, and one gets another name. */
    private void change() {
        for (int n = 0; !over; n++) {
            String came = word() + "came" + n;
            send("POST", "/api/v1/users", "{\"name\":\"" + came + "\"}", 201);
            String goes = n < THIRD ? reversed(3 * n + 1) + GOES.toLowerCase(Locale.ROOT) : came;
            send("DELETE", "/api/v1/users/" + goes, null, 204);
            String renamed = "/users/" + id(3 * (n % THIRD) + 2);
            send("PATCH", renamed, "{\"username\":\"" + word() + "renamed" + n + "\"}", 200);
        }
    }

    private static String word() {
        return UUID.randomUUID().toString().substring(0, 4);
    }

    private static String reversed(int number) {
        return new StringBuilder().append(number).reverse().toString();
    }

    private static String id(int number) {
        String text = String.valueOf(number);
        return (reversed(number) + "00000000").substring(0, 8) + "-0000-4000-8000-"
                + "000000000000".substring(text.length()) + text;
    }

    private void send(String method, String path, String body, int status) {
        HttpResponse<String> answer = Http.sendUntilServed(Http.request(token, method, path, body));
        assertEquals(status, answer.statusCode(), () -> method + " " + path + " " + answer.body());
        changes.incrementAndGet();
    }

    private String get(String path, String... headers) {
        HttpResponse<String> answer = Http.sendUntilServed(Http.request(token, "GET", path, null, headers));
        assertEquals(200, answer.statusCode(), answer::body);
        return answer.body();
    }
}
