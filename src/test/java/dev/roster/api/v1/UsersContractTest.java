package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code /api/v1/users} and {@code /api/v1/users/{name}}: create, find, delete. */
@QuarkusTest
@Tag("packaged")
class UsersContractTest {
    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @Test
    void whenOnlyNameThenCreatedWithDefaults() {
        Response answer = admin.post(USERS, "{'name': 'ann'}");
        answer.then().statusCode(201).header("ETag", matchesPattern("\"0\\.[0-9a-f]+\""));
        assertEquals("application/json", answer.contentType());
        assertBody(answer, user("ann", "ann", "{}"));
    }

    @Test
    void whenAllFieldsThenCreatedWithThem() {
        Response answer =
                admin.post(USERS, "{'name': 'ann', 'display_name': 'Ann Lee', 'metadata': {'team': 'core', 'b': ''}}");
        answer.then().statusCode(201);
        assertBody(answer, user("ann", "Ann Lee", "{'b': '', 'team': 'core'}"));
        assertBody(admin.get(USERS + "/ann"), user("ann", "Ann Lee", "{'b': '', 'team': 'core'}"));
    }

    @Test
    void whenOptionalFieldsAreNullThenDefaults() {
        Response answer = admin.post(USERS, "{'name': 'ann', 'display_name': null, 'metadata': null}");
        answer.then().statusCode(201);
        assertBody(answer, user("ann", "ann", "{}"));
    }

    @Test
    void whenLongestNamesThenCreated() {
        String name = "n".repeat(100);
        String displayName = "😀".repeat(150);
        Response answer = admin.post(USERS, "{'name': '%s', 'display_name': '%s'}".formatted(name, displayName));
        answer.then().statusCode(201);
        assertBody(answer, user(name, displayName, "{}"));
    }

    @Test
    void whenNameIsTakenThenConflict() {
        admin.createUser("ann");
        assertProblem(admin.post(USERS, "{'name': 'ann'}"), 409, "name_taken", "name: is taken.", "name");
    }

    @Test
    void whenNameIsTakenInOtherCaseThenConflict() {
        admin.createUser("Straße");
        for (String name : new String[] {"STRASSE", "straße", "STRAßE"}) {
            assertProblem(admin.post(USERS, "{'name': '" + name + "'}"), 409, "name_taken", "name: is taken.", "name");
        }
        assertEquals(2L, users());
    }

    @Test
    void whenNameIsAServiceAccountsThenConflict() {
        admin.createServiceAccount("robot");
        assertProblem(admin.post(USERS, "{'name': 'robot'}"), 409, "name_taken", "name: is taken.", "name");
    }

    @Test
    void whenOtherOrganizationHasTheNameThenCreated() {
        V1.admin(TestOrganization.create()).createUser("ann");
        admin.createUser("ann");
    }

    @Test
    void whenFoundThenUserWithTag() {
        String created = admin.createUser("ann").header("ETag");
        Response answer = admin.get(USERS + "/ann");
        answer.then().statusCode(200).header("ETag", created);
        assertEquals("application/json", answer.contentType());
        assertBody(answer, user("ann", "ann", "{}"));
    }

    @Test
    void whenAskedInOtherCaseThenFound() {
        admin.createUser("Ann");
        assertBody(admin.get(USERS + "/aNN"), user("Ann", "Ann", "{}"));
    }

    @Test
    void whenUserHasSignedInThenLastSeen() {
        TestClient bob = organization.add("bob", Role.VIEWER);
        admin.get(USERS + "/bob").then().body("last_seen_at", nullValue());
        bob.token();
        admin.get(USERS + "/bob").then().body("last_seen_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"));
    }

    @Test
    void whenUnknownThenNotFound() {
        assertProblem(admin.get(USERS + "/nobody"), 404, "user_not_found", "User not found.");
        assertProblem(admin.patch(USERS + "/nobody", "{}"), 404, "user_not_found", "User not found.");
        assertProblem(admin.delete(USERS + "/nobody"), 404, "user_not_found", "User not found.");
    }

    @Test
    void whenServiceAccountThenNotAUser() {
        admin.createServiceAccount("robot");
        assertProblem(admin.get(USERS + "/robot"), 404, "user_not_found", "User not found.");
        assertProblem(admin.delete(USERS + "/robot"), 404, "user_not_found", "User not found.");
    }

    @Test
    void whenDeletedThenGone() {
        admin.createUser("ann");
        Response answer = admin.delete(USERS + "/ann");
        answer.then().statusCode(204).header("Content-Type", nullValue());
        assertEquals("", answer.asString());
        assertProblem(admin.get(USERS + "/ann"), 404, "user_not_found", "User not found.");
        admin.createUser("ann");
    }

    @Test
    void whenSettingsAreChangedThenTheAnswerIsWhatIsRead() {
        V1 bob = new V1(organization.add("bob", Role.MEMBER).token());
        String settings = "{'zoom': 1E5, 'a': 0e7, 'half': 1.5e2, 'nested': {'b': 1e3, 'a': -0}}";
        String answer = bob.patch(USERS + "/me/settings", settings).asString();
        assertEquals(bob.get(USERS + "/me/settings").asString(), answer);
        assertEquals(answer, bob.patch(USERS + "/me/settings", "{}").asString());
    }

    @Test
    void whenDeletedThenMembershipsClientsSessionsAndSettingsGo() {
        TestClient bob = organization.add("bob", Role.MEMBER);
        new V1(bob.token()).patch(USERS + "/me/settings", "{'theme': 'dark'}");
        admin.createGroup("core");
        admin.put(USERS + "/bob/groups", "{'add_to_groups': ['core']}");
        admin.delete(USERS + "/bob").then().statusCode(204);
        for (String table : new String[] {"memberships", "clients", "sessions", "settings"}) {
            assertEquals(
                    0L, Database.value("SELECT count(*) FROM " + table + " WHERE user_id = ?", bob.userId()), table);
        }
        assertEquals(0L, Database.value("SELECT count(*) FROM client_ids WHERE client_id = ?", bob.clientId()));
        admin.get(V1.GROUPS + "/core").then().body("user_count", equalTo(0));
    }

    @Test
    void whenLastAdminIsDeletedThenRefused() {
        assertProblem(
                admin.delete(USERS + "/admin"),
                409,
                "last_admin",
                "The last administrator of an organization must remain.");
        admin.get(USERS + "/admin").then().statusCode(200);
    }

    @Test
    void whenAnotherAdminRemainsThenDeleted() {
        organization.add("second", Role.ADMIN);
        admin.delete(USERS + "/second").then().statusCode(204);
    }

    @Test
    void whenInternalAccountIsDeletedThenRefused() {
        organization.add("root", Role.ADMIN);
        Database.execute(
                "UPDATE users SET is_internal = true WHERE organization_id = ? AND username = 'root'",
                organization.id());
        assertProblem(admin.delete(USERS + "/root"), 409, "internal_account", "An internal account cannot be deleted.");
        admin.get(USERS + "/root").then().statusCode(200);
    }

    private Object users() {
        return Database.value("SELECT count(*) FROM users WHERE organization_id = ?", organization.id());
    }

    private String user(String name, String displayName, String metadata) {
        return """
        {'id': '<uuid>', 'lrn': 'lrn:roster:%s:user:%s', 'name': '%s', 'display_name': '%s',
         'created_at': '<time>', 'groups': [], 'profile': {}, 'is_admin': false, 'role': 'member',
         'status': 'active', 'metadata': %s}""".formatted(organization.name(), name, name, displayName, metadata);
    }

    @Test
    void whenMetadataWasKeptUnderOlderRulesThenTheAccountIsReadListedChangedAndRemoved() {
        TestRows.person(organization, "odd", Role.MEMBER);
        Database.execute(
                "UPDATE users SET metadata = CAST(? AS jsonb) WHERE organization_id = ? AND username = 'odd'",
                "{\"long\": 1." + "1".repeat(3_000) + ", \"deep\": " + "[".repeat(900) + "]".repeat(900) + "}",
                organization.id());
        // Not by the client of the other tests, which has limits of its own
        for (String path : List.of(USERS + "/odd", USERS, USERS + "?limit=10", USERS + "/export", "/users")) {
            HttpResponse<String> answer = Http.send(Http.request(admin.token(), "GET", path, null));
            assertEquals(200, answer.statusCode(), path);
            assertTrue(answer.body().contains("\"odd\""), path);
        }
        String change = "{\"status\": \"deactivated\"}";
        assertEquals(
                200,
                Http.send(Http.request(admin.token(), "PATCH", USERS + "/odd", change))
                        .statusCode());
        assertEquals(204, admin.delete(USERS + "/odd").statusCode());
    }
}
