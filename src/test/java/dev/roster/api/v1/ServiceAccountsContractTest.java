package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/v1/service-accounts}, {@code …/{name}} and {@code …/{name}/groups}. */
@QuarkusTest
@Tag("packaged")
class ServiceAccountsContractTest {
    private static final String ROBOT = SERVICE_ACCOUNTS + "/robot";
    private static final String NOT_FOUND = "Service account not found.";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @Test
    void whenOnlyNameThenCreatedWithDefaultsAndCredential() {
        Response answer = admin.post(SERVICE_ACCOUNTS, "{'name': 'robot'}");
        answer.then().statusCode(201).header("Cache-Control", "no-store");
        assertEquals("application/json", answer.contentType());
        assertBody(
                answer,
                account(
                        "robot",
                        "'description': '', 'role': 'member', 'is_admin': false, 'metadata': {}, 'token_expired': false,"
                                + " 'credential': {'client_id': '<text>', 'client_secret': '<text>'}"));
    }

    @Test
    void whenAllFieldsThenCreatedWithThem() {
        Response answer = admin.post(SERVICE_ACCOUNTS, """
                        {'name': 'robot', 'display_name': 'robot', 'description': 'CI', 'role': 'admin',
                         'token_expires_at': '2090-01-31T12:00:00+02:00', 'metadata': {'k': 'v'}}""");
        answer.then().statusCode(201);
        assertBody(answer, account("robot", """
                        'description': 'CI', 'role': 'admin', 'is_admin': true, 'metadata': {'k': 'v'},
                        'token_expired': false, 'token_expires_at': '2090-01-31T10:00:00Z',
                        'credential': {'client_id': '<text>', 'client_secret': '<text>',
                                       'expires_at': '2090-01-31T10:00:00Z'}"""));
    }

    @Test
    void whenNameIsTakenThenConflict() {
        admin.createServiceAccount("robot");
        admin.createUser("Ann");
        for (String name : new String[] {"robot", "ann"}) {
            assertProblem(
                    admin.post(SERVICE_ACCOUNTS, "{'name': '" + name + "'}"),
                    409,
                    "name_taken",
                    "name: is taken.",
                    "name");
        }
    }

    @Test
    void whenExpiryIsPastThenRefused() {
        assertInvalid(
                admin.post(SERVICE_ACCOUNTS, "{'name': 'robot', 'token_expires_at': '2020-01-01T00:00:00Z'}"),
                "token_expires_at",
                "must be in the future");
        assertProblem(admin.get(ROBOT), 404, "service_account_not_found", NOT_FOUND);
    }

    @Test
    void whenFoundThenWithoutCredential() {
        admin.createServiceAccount("robot");
        Response answer = admin.get(ROBOT);
        answer.then().statusCode(200).header("ETag", matchesPattern("\"0\\.[0-9a-f]+\""));
        assertBody(answer, account("robot", PLAIN));
    }

    @Test
    void whenListedThenServiceAccountsOnly() {
        admin.createUser("ann");
        List.of("zed", "bot").forEach(admin::createServiceAccount);
        V1.admin(TestOrganization.create()).createServiceAccount("theirs");
        Response answer = admin.get(SERVICE_ACCOUNTS);
        assertEquals("application/json", answer.contentType());
        assertBody(answer, "{'items': [%s, %s]}".formatted(account("bot", PLAIN), account("zed", PLAIN)));
    }

    @Test
    void whenLimitThenPages() {
        List.of("c", "a", "b").forEach(admin::createServiceAccount);
        Response first = admin.get(SERVICE_ACCOUNTS + "?limit=2");
        first.then().statusCode(200).body("items.name", equalTo(List.of("a", "b")));
        admin.get(SERVICE_ACCOUNTS + "?limit=2&cursor=" + first.path("next_cursor"))
                .then()
                .statusCode(200)
                .body("items.name", equalTo(List.of("c")))
                .body("$", not(hasKey("next_cursor")));
    }

    @Test
    void whenAllFieldsThenChanged() {
        admin.createServiceAccount("robot");
        Response answer = admin.patch(ROBOT, """
                        {'display_name': 'robot', 'description': 'Night shift', 'role': 'viewer', 'status': 'deactivated',
                         'metadata': {'k': 'v'}}""");
        answer.then().statusCode(200).header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
        assertBody(answer, account("robot", """
                                'description': 'Night shift', 'role': 'viewer', 'is_admin': false,
                                'metadata': {'k': 'v'}, 'token_expired': false""").replace("'active'", "'deactivated'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'display_name': null, 'description': null, 'role': null, 'status': null}"})
    void whenAbsentOrNullThenUntouched(String change) {
        admin.createServiceAccount("robot");
        Response answer = admin.patch(ROBOT, change);
        answer.then().statusCode(200);
        assertBody(answer, account("robot", PLAIN));
    }

    @Test
    void whenGroupsAreChangedThenCountedApartFromUsers() {
        admin.createServiceAccount("robot");
        admin.createGroup("core");
        Response answer = admin.put(ROBOT + "/groups", "{'add_to_groups': ['core']}");
        answer.then().statusCode(200).header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
        assertBody(
                answer,
                account("robot", PLAIN)
                        .replace(
                                "'groups': []",
                                "'groups': [" + admin.get(GROUPS + "/core").asString() + "]"));
        admin.get(GROUPS + "/core").then().body("sa_count", equalTo(1)).body("user_count", equalTo(0));
        admin.put(ROBOT + "/groups", "{'set_groups': []}").then().body("groups", equalTo(List.of()));
        admin.get(GROUPS + "/core").then().body("sa_count", equalTo(0));
    }

    @Test
    void whenDeletedThenGoneWithMembershipsAndClients() {
        Response created = admin.createServiceAccount("robot");
        admin.post(GROUPS, "{'name': 'core', 'members': ['robot']}");
        admin.delete(ROBOT).then().statusCode(204);
        assertProblem(admin.get(ROBOT), 404, "service_account_not_found", NOT_FOUND);
        admin.get(GROUPS + "/core").then().body("sa_count", equalTo(0));
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM client_ids WHERE client_id = ?",
                        created.<String>path("credential.client_id")));
    }

    @Test
    void whenUnknownOrAUserThenNotFound() {
        admin.createUser("robot");
        V1.admin(TestOrganization.create()).createServiceAccount("other");
        for (String path : new String[] {ROBOT, SERVICE_ACCOUNTS + "/other"}) {
            for (Response answer : List.of(
                    admin.get(path),
                    admin.patch(path, "{}"),
                    admin.delete(path),
                    admin.put(path + "/groups", "{'set_groups': []}"),
                    admin.post(path + "/token", "{}"))) {
                assertProblem(answer, 404, "service_account_not_found", NOT_FOUND);
            }
        }
        admin.get(USERS + "/robot").then().statusCode(200);
    }

    private static final String PLAIN =
            "'description': '', 'role': 'member', 'is_admin': false, 'metadata': {}, 'token_expired': false";

    private String account(String name, String rest) {
        return """
        {'id': '<uuid>', 'lrn': 'lrn:roster:%s:service-account:%s', 'name': '%s', 'display_name': '%s',
         'created_at': '<time>', 'groups': [], 'status': 'active', %s}""".formatted(organization.name(), name, name, name, rest);
    }
}
