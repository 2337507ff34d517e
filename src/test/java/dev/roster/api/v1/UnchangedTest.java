package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that change nothing: they make no tag old, by which others would be refused, and nothing is recorded. */
@QuarkusTest
class UnchangedTest {
    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /users/x            |          | {'display_name': 'A', 'role': 'member', 'status': 'active', 'metadata': {'a': '1', 'b': null}}
            /users/x            |          | {}
            /users/x            |          | {'metadata': null}
            /users/x            | /profile | {'full_name': 'A B', 'email_address': 'x@example.com'}
            /users/x            | /profile | {'full_name': '', 'email_address': ''}
            /users/x            | /groups  | {'set_groups': ['one', 'two']}
            /groups/one         |          | {'display_name': 'A', 'sso_name': 'B', 'description': 'C', 'metadata': {'a': '1'}}
            /groups/one         |          | {'metadata': null}
            /service-accounts/y |          | {'display_name': 'A', 'description': '', 'role': 'viewer', 'metadata': {'a': '1'}}
            {application}       |          | {'name': 'A', 'redirect_uris': ['https://a.example/b', 'https://a.example/a'], 'scopes': ['users:read', 'groups:read'], 'groups': ['two', 'one'], 'first_party': true}
            {application}       |          | {'groups': ['one', 'two']}
            /organization       |          | {'display_name': 'A', 'support_url': 'mailto:a@example.com'}
            """)
    void whenSentAgainThenItsTagStaysAndNothingIsRecorded(String resource, String part, String change) {
        createAll();
        String path = "/api/v1" + resource.replace("{application}", "/applications/" + application());
        send(path + (part == null ? "" : part), change);
        assertStays(path, () -> send(path + (part == null ? "" : part), change));
    }

    /** Those of which another contract sends the whole account. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name': 'A', 'company': 'B', 'job_title': 'C', 'avatar_url': 'https://a.example/a.png', 'is_onboarded': true}
            {'username': 'x', 'is_active': true, 'password_expired': false}
            {'metadata': {'n': 1.50, 'o': {'p': [1, null, 'a']}}}
            """)
    void whenAPersonIsSentAgainThenItsTagStaysAndNothingIsRecorded(String change) {
        createAll();
        String person = "/users/"
                + Database.value(
                        "SELECT id FROM users WHERE organization_id = ? AND username = 'x'", organization.id());
        send(person, change);
        assertStays(USERS + "/x", () -> send(person, change));
    }

    @Test
    void whenTheGroupsOfAnApplicationAreInAnotherOrderThenItsTagStays() {
        createAll();
        String path = "/api/v1/applications/" + application();
        send(path, "{'groups': ['two', 'one']}");
        assertStays(path, () -> send(path, "{'groups': ['one', 'two']}"));
    }

    private void assertStays(String path, Runnable again) {
        String tag = admin.get(path).header("ETag");
        Object recorded = events();
        again.run();
        assertEquals(tag, admin.get(path).header("ETag"));
        assertEquals(recorded, events());
    }

    private Object events() {
        return Database.value("SELECT count(*) FROM audit_events WHERE organization_id = ?", organization.id());
    }

    private void send(String path, String change) {
        Response answer = path.endsWith("/groups") ? admin.put(path, change) : admin.patch(path, change);
        assertEquals(200, answer.statusCode(), answer.asString());
    }

    private void createAll() {
        admin.createUser("x");
        admin.createServiceAccount("y");
        admin.createGroup("one");
        admin.createGroup("two");
    }

    private String application() {
        return admin.post(
                        "/api/v1/applications",
                        "{'name': 'Wiki', 'redirect_uris': ['https://wiki.example.com/cb'], 'scopes': ['users:read']}")
                .path("id");
    }
}
