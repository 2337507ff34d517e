package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Http;
import dev.roster.testing.ProjectFiles;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.openapi.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A list is read by as many statements for ten rows as for one, and by as many again for each further hundred, which is what
 * is in memory at a time. In organizations of 1, 10 and 1,000 of each row ({@code list-rows.sql}).
 */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class ListStatementsTest {
    // Who the caller is may be asked again beside one of them
    private static final int TIMES = 3;

    private static final Map<Integer, UUID> ORGANIZATIONS = new HashMap<>();
    private static final Map<Integer, String> TOKENS = new HashMap<>();

    private static final String[] SCOPES = {
        Scope.USERS_READ,
        Scope.GROUPS_READ,
        Scope.INVITES_WRITE,
        Scope.SESSIONS_WRITE,
        Scope.CLIENTS_WRITE,
        Scope.AUDIT_READ,
        Scope.SELF_WRITE
    };

    private DatabaseProxy proxy;

    @BeforeEach
    void fill() {
        if (!TOKENS.isEmpty()) {
            return; // once is enough: nothing is changed
        }
        String rows = ProjectFiles.text("src/test/resources/list-rows.sql");
        for (int number : new int[] {1, 10, 1_000}) {
            TestOrganization organization = TestOrganization.create();
            TestClient admin = organization.client(Role.ADMIN);
            Database.execute(rows.replace(":organization", uuid(organization.id()))
                    .replace(":admin", uuid(admin.userId()))
                    .replace(":rows", String.valueOf(number)));
            organization.keepLastSeen();
            ORGANIZATIONS.put(number, organization.id());
            TOKENS.put(number, admin.token(SCOPES));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users?limit={n}",
                "/api/v1/users?limit={n}&sort=-created_at",
                "/api/v1/users?limit={n}&status=active",
                "/api/v1/users?limit={n}&kind=service",
                "/api/v1/users/me/sessions?limit={n}",
                "/api/v1/users/me/sessions?limit={n}&status=ended",
                "/api/v1/users/admin/sessions?limit={n}",
                "/api/v1/users/me/secrets?limit={n}",
                "/api/v1/users/admin/secrets?limit={n}",
                "/api/v1/users/me/applications?limit={n}",
                "/api/v1/service-accounts?limit={n}",
                "/api/v1/service-accounts/service1/secrets?limit={n}",
                "/api/v1/groups?limit={n}",
                "/api/v1/invites?limit={n}",
                "/api/v1/invites?limit={n}&status=pending",
                "/api/v1/api-keys?limit={n}",
                "/api/v1/api-keys?limit={n}&all=true",
                "/api/v1/api-keys?limit={n}&owner=admin",
                "/api/v1/applications?limit={n}",
                "/api/v1/applications/01900000-0000-7000-8000-000000000001/secrets?limit={n}",
                "/api/v1/audit-events?limit={n}",
                "/api/v1/audit-events?limit={n}&type=user.*&order=oldest",
                "/api/v1/audit-events?limit={n}&actor=01900000-0000-7000-8000-000000000001",
                "/api/v1/audit-events?limit={n}&target=01900000-0000-7000-8000-000000000002",
                "/api/v2/users?limit={n}",
                "/api/v2/users?limit={n}&role=admin&status=active",
                "/users?limit={n}",
                "/users?limit={n}&is_active=true"
            })
    void whenMoreRowsThenNoMoreStatementsForEachHundred(String path) {
        assertStatements(path, 10, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users",
                "/api/v1/users?kind=service",
                "/api/v1/users/me/sessions",
                "/api/v1/users/me/secrets",
                "/api/v1/users/me/applications",
                "/api/v1/service-accounts",
                "/api/v1/groups",
                "/api/v1/invites",
                "/api/v1/api-keys",
                "/api/v1/applications",
                "/api/v1/audit-events",
                "/api/v1/users/export",
                "/api/v1/groups/export",
                "/api/v2/users?limit=0",
                "/api/v1/manage/groups"
            })
    void whenAllAreSentThenNoMoreStatementsForEachHundred(String path) {
        assertStatements(path, 11, 0); // the last has none
    }

    @Test
    void whenAPageHasAHundredThenAsManyStatementsAsForOne() {
        assertStatements("/api/v1/app/users?page_size=100", 1, 0);
    }

    /** Of whom there are too many to sort them for each part: one statement finds that out, and another looks who is next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users?limit={n}&group=group1",
                "/api/v1/users?limit={n}&q=admin",
                "/api/v2/users?limit={n}&group=group1"
            })
    void whenManyAreFoundThenOneMoreStatementForEachHundred(String path) {
        assertStatements(path, 10, 1);
    }

    private void assertStatements(String path, int parts, int more) {
        long one = statements(1, path);
        assertNotEquals(0, one);
        assertEquals(one, statements(10, path));
        long thousand = statements(1_000, path);
        assertTrue(thousand <= parts * (one + more), () -> one + " for one, " + thousand + " for a thousand");
    }

    /** By how many a list of so many rows is read. */
    private long statements(int rows, String path) {
        return LongStream.range(0, TIMES)
                .map(time -> proxy.statementsOf(ORGANIZATIONS.get(rows), () -> {
                    HttpResponse<String> answer = Http.send(
                            Http.request(TOKENS.get(rows), "GET", path.replace("{n}", String.valueOf(rows)), null));
                    assertEquals(200, answer.statusCode(), answer::body);
                    int found = rows(answer);
                    assertTrue(found >= Math.min(rows, 100), () -> found + " rows: " + answer.body());
                }))
                .min()
                .getAsLong();
    }

    private static int rows(HttpResponse<String> answer) {
        String body = answer.body();
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/x-ndjson")) {
            return (int) body.lines().count();
        }
        JsonNode list = OpenApiDocument.read(body);
        return list.isArray()
                ? list.size()
                : list.path(list.has("items") ? "items" : "users").size();
    }

    private static String uuid(Object id) {
        return "CAST('" + id + "' AS uuid)";
    }
}
