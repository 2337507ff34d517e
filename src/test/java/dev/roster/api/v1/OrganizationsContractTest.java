package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/v1/organizations}. */
@QuarkusTest
@Tag("packaged")
class OrganizationsContractTest {
    private static final String ORGANIZATIONS = "/api/v1/organizations";
    private static final String CREDENTIAL = "'credential': {'client_id': '<text>', 'client_secret': '<text>'}";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 system = system();
    private final String name = "o-" + UUID.randomUUID();

    @Test
    void whenOnlyNameThenCreatedWithAnAdministrator() {
        Response answer = system.post(ORGANIZATIONS, "{'name': '" + name + "'}");
        answer.then().statusCode(201).header("Cache-Control", "no-store");
        assertEquals("application/json", answer.contentType());
        assertBody(
                answer,
                ("{'id': '<uuid>', 'name': '%s', 'display_name': '%s', 'created_at': '<time>',"
                                + " 'status': 'active', %s}")
                        .formatted(name, name, CREDENTIAL));
        V1 admin = new V1(token(answer));
        Response users = admin.get(USERS);
        assertBody(users, """
                {'items': [{'id': '<uuid>', 'lrn': 'lrn:roster:%s:user:admin', 'name': 'admin',
                 'display_name': 'Administrator', 'created_at': '<time>', 'last_seen_at': '<time>', 'groups': [],
                 'profile': {}, 'is_admin': true, 'role': 'admin', 'status': 'active', 'metadata': {}}]}""".formatted(name));
        assertProblem(
                admin.get(ORGANIZATIONS), 403, "insufficient_scope", "The token does not carry the scope this needs.");
    }

    @Test
    void whenDisplayNameThenCreatedWithIt() {
        Response answer = system.post(ORGANIZATIONS, "{'name': '" + name + "', 'display_name': 'Acme Ltd'}");
        answer.then().statusCode(201);
        assertBody(
                answer,
                ("{'id': '<uuid>', 'name': '%s', 'display_name': 'Acme Ltd', 'created_at': '<time>',"
                                + " 'status': 'active', %s}")
                        .formatted(name, CREDENTIAL));
    }

    @Test
    void whenNameIsTakenThenConflict() {
        assertProblem(
                system.post(ORGANIZATIONS, "{'name': '" + organization.name() + "'}"),
                409,
                "organization_name_taken",
                "The organization name is taken.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "-a", "a-", "a_b", "a b", "ä", "a\\u0000", "a\\n"})
    void whenNameIsNoResourceNameThenRefused(String wrong) {
        assertInvalid(
                system.post(ORGANIZATIONS, "{'name': '" + wrong + "'}"),
                "name",
                "must be 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit");
    }

    @Test
    void whenListedThenAllByNameWithoutCredentials() {
        Response all = system.get(ORGANIZATIONS);
        assertEquals(200, all.statusCode());
        assertEquals("application/json", all.contentType());
        List<String> names = all.path("items.name");
        assertTrue(names.contains(organization.name()));
        assertEquals(names.stream().sorted().distinct().toList(), names);
        int index = names.indexOf(organization.name());
        assertEquals(
                Set.of("id", "name", "display_name", "created_at", "status"),
                all.jsonPath().getMap("items[" + index + "]").keySet());
    }

    @Test
    void whenLimitThenPagesReachEachOnce() {
        // In the whole suite there are thousands
        long limit = 3 + (long) Database.value("SELECT count(*) FROM organizations") / 10;
        List<String> walked = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = system.get(ORGANIZATIONS + "?limit=" + limit + cursor);
            page.then().statusCode(200);
            walked.addAll(page.path("items.name"));
            String next = page.path("next_cursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertTrue(walked.contains(organization.name()));
        assertEquals(walked.stream().sorted().distinct().toList(), walked);
    }

    @Test
    void whenAdminWithoutSystemScopeThenForbidden() {
        V1 admin = new V1(organization
                .addClient(organization.client(Role.ADMIN).userId(), Role.ADMIN)
                .token());
        Response answer = admin.post(ORGANIZATIONS, "{'name': '" + name + "'}");
        assertProblem(answer, 403, "insufficient_scope", "The token does not carry the scope this needs.");
        assertEquals(
                "Bearer realm=\"roster\", error=\"insufficient_scope\", scope=\"system\"",
                answer.header("WWW-Authenticate"));
        assertEquals(0L, Database.value("SELECT count(*) FROM organizations WHERE name = ?", name));
    }

    private V1 system() {
        TestClient first = organization.client(Role.ADMIN);
        first.becomeSystem();
        return V1.of(first, "system");
    }

    private static String token(Response created) {
        return TestClient.grant(created.path("credential.client_id"), created.path("credential.client_secret"))
                .path("access_token");
    }
}
