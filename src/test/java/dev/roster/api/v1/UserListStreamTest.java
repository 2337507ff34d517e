package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.SlowReader;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of all users, sent while it is read. */
@QuarkusTest
class UserListStreamTest {
    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @Test
    void whenAllAreAskedForThenEachComesOnceInOrder() throws IOException {
        TestRows.persons(organization, "u", 5_000, 10);
        String body = Http.send(Http.request(token, "GET", "/api/v1/users?sort=name", null))
                .body();
        JsonNode answer = new ObjectMapper().readTree(body);
        List<String> names = StreamSupport.stream(answer.get("items").spliterator(), false)
                .map(user -> user.get("name").asText())
                .toList();
        List<String> expected = Stream.concat(
                        Stream.of("admin"),
                        IntStream.rangeClosed(1, 5_000).mapToObj(number -> String.format("u%05d", number)))
                .toList();
        assertEquals(expected, names);
    }

    /**
     * What a slow client has not asked for is not read from the database, so it is not in memory
     * either: a change of the last row, made while the client waits, is in the answer.
     */
    @Test
    void whenTheClientWaitsThenSoDoesTheDatabase() throws IOException {
        // 40 MB, several times what the buffers of both sockets hold
        TestRows.persons(organization, "u", 4_000, 10_000);
        assertReadWhileSent(
                "/api/v1/users",
                "application/json",
                "%FROM users u%",
                "UPDATE users SET display_name = 'Changed meanwhile'"
                        + " WHERE organization_id = ? AND username = 'u04000'");
    }

    @Test
    void whenTheClientWaitsForEventsThenSoDoesTheDatabase() throws IOException {
        Database.execute("""
                INSERT INTO audit_events (organization_id, id, version, type, actor_kind, details, occurred_at)
                SELECT CAST(? AS uuid), CAST('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid),
                       1, 'user.changed', 'system',
                       jsonb_build_object('text', repeat(md5(CAST(n AS text)), 300)), now()
                  FROM generate_series(1, 4000) AS n""", organization.id());
        assertReadWhileSent(
                "/api/v1/audit-events",
                "application/x-ndjson",
                "%FROM audit_events%",
                "UPDATE audit_events SET details = '{\"text\": \"Changed meanwhile\"}' WHERE organization_id = ?"
                        + " AND id = '01900000-0000-7000-8000-000000000001'");
    }

    private void assertReadWhileSent(String path, String type, String query, String change) throws IOException {
        try (SlowReader reader = new SlowReader(path, type, token)) {
            awaitQuietDatabase(query);
            Database.execute(change, organization.id());
            assertTrue(reader.rest().contains("Changed meanwhile"));
        }
    }

    private static void awaitQuietDatabase(String query) {
        Eventually.holds(() -> (Boolean) Database.value("""
                SELECT coalesce(bool_and(state = 'idle' AND state_change < clock_timestamp() - interval '1 second'), true)
                  FROM pg_stat_activity
                 WHERE datname = current_database() AND query LIKE ? AND pid <> pg_backend_pid()
                """, query));
    }
}
