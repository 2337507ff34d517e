package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In no contract does anybody find or change the rows of another organization. */
@QuarkusTest
class OtherOrganizationTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestOrganization other = TestOrganization.create();

    @ParameterizedTest(name = "{0} {1} {2} with {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                                                    roles            users   groups  inv ses cli slf sys
#                                                                                    adm mem vie no   rea wri rea wri wri wri wri wri
# Roster
Bearer  | GET    | /api/v1/users/{user}/sessions                   | none          | 404 403 403 401  403 403 403 403 403 404 403 403 403
Bearer  | DELETE | /api/v1/users/{user}/sessions                   | none          | 404 403 403 401  403 403 403 403 403 404 403 403 403
Bearer  | GET    | /api/v1/users/{user}                            | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{user}                            | display_name  | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | PATCH  | /api/v1/users/{user}                            | role          | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | PATCH  | /api/v1/users/{user}                            | status        | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | PATCH  | /api/v1/users/{user}/profile                    | full_name     | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | PUT    | /api/v1/users/{user}/groups                     | set_groups    | 404 403 403 401  403 403 403 404 403 403 403 403 403
Bearer  | PUT    | /api/v1/users/{self}/groups                     | other's group | 404 403 403 401  403 403 403 404 403 403 403 403 403
Bearer  | DELETE | /api/v1/users/{user}                            | none          | 404 403 403 401  403 404 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/groups/{group}                          | none          | 404 404 404 401  403 403 404 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/groups/{group}                          | display_name  | 404 403 403 401  403 403 403 404 403 403 403 403 403
Bearer  | DELETE | /api/v1/groups/{group}                          | none          | 404 403 403 401  403 403 403 404 403 403 403 403 403
Bearer  | GET    | /api/v1/service-accounts/{bot}                  | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/service-accounts/{bot}                  | display_name  | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | PUT    | /api/v1/service-accounts/{bot}/groups           | set_groups    | 404 403 403 401  403 403 403 404 403 403 403 403 403
Bearer  | POST   | /api/v1/service-accounts/{bot}/token            | empty         | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | GET    | /api/v1/service-accounts/{bot}/secrets          | none          | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | POST   | /api/v1/service-accounts/{bot}/secrets          | name          | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | DELETE | /api/v1/service-accounts/{bot}/secrets/{secret} | none          | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | GET    | /api/v1/api-keys?owner={user}                   | none          | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | POST   | /api/v1/api-keys                                | owner         | 404 403 403 401  403 403 403 403 403 403 404 403 403
Bearer  | GET    | /api/v1/api-keys/{key}                          | none          | 404 404 404 401  403 403 403 403 403 403 404 404 403
Bearer  | DELETE | /api/v1/api-keys/{key}                          | none          | 404 404 404 401  403 403 403 403 403 403 404 404 403
Bearer  | DELETE | /api/v1/service-accounts/{bot}                  | none          | 404 403 403 401  403 403 403 403 403 403 404 403 403
# Invites
Bearer  | GET    | /api/v1/invites/{invite}                        | none          | 404 403 403 401  403 403 403 403 404 403 403 403 403
Bearer  | POST   | /api/v1/invites/{invite}/resend                 | none          | 404 403 403 401  403 403 403 403 404 403 403 403 403
Bearer  | DELETE | /api/v1/invites/{invite}                        | none          | 404 403 403 401  403 403 403 403 404 403 403 403 403
# Kubiya
UserKey | GET    | /api/v1/users/{email}                           | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/membership/{user id}              | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/membership/{email}                | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
UserKey | POST   | /api/v1/users/groups/{group id}                 | own email     | 404 403 403 401  403 403 403 404 403 403 403 403 403
UserKey | POST   | /api/v1/users/groups/{own group id}             | email         | 404 403 403 401  403 403 403 404 403 403 403 403 403
UserKey | POST   | /api/v1/users/groups/{own group id}             | user_id       | 404 403 403 401  403 403 403 404 403 403 403 403 403
UserKey | DELETE | /api/v1/users/{email}                           | none          | 404 403 403 401  403 404 403 403 403 403 403 403 403
# ZenML Pro
Bearer  | PATCH  | /users/{user id}                                | company       | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | PATCH  | /users/{user id}                                | is_active     | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | PATCH  | /users/{user id}                                | password      | 404 404 404 401  403 404 403 403 403 403 403 404 403
Bearer  | DELETE | /users/{user id}                                | none          | 404 403 403 401  403 404 403 403 403 403 403 403 403
# Decube
Bearer  | GET    | /api/v1/app/user?id={user id}                   | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/app/user?email={email}                  | none          | 404 404 404 401  404 403 403 403 403 403 403 403 403
Bearer  | DELETE | /api/v1/app/user?email={email}                  | none          | 404 403 403 401  403 404 403 403 403 403 403 403 403
Bearer  | DELETE | /api/v1/app/user                                | email         | 404 403 403 401  403 404 403 403 403 403 403 403 403
""")
    void whenRowIsOfAnotherOrganization(
            String scheme, String method, String path, String body, String statuses) {
        TestRows.group(other, "never-touched");
        String before = rows();
        new PermissionMatrix(organization, other).check(scheme, method, path, body, statuses);
        assertEquals(before, rows().replaceAll("\\n?[^\\n]*\"target-[^\\n]*", "").strip());
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM memberships WHERE organization_id = ?", other.id()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "Bearer, /api/v1/users",
        "UserKey, /api/v1/users",
        "UserKey, /api/v1/users?role=member",
        "UserKey, /api/v2/users",
        "Bearer, /users",
        "Bearer, /users?is_active=true",
        "Bearer, /api/v1/app/users",
    })
    void listsHoldTheOwnUsersOnly(String scheme, String path) {
        UUID own = TestRows.person(organization, "mia", Role.MEMBER);
        UUID foreign = TestRows.person(other, "max", Role.MEMBER);
        String list = list(scheme, path);
        assertTrue(list.contains(own.toString()), list);
        assertFalse(list.contains(foreign.toString()), list);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "UserKey, /api/v1/manage/groups",
        "Bearer, /api/v1/groups",
    })
    void listsHoldTheOwnGroupsOnly(String scheme, String path) {
        UUID own = TestRows.group(organization, "ops");
        UUID foreign = TestRows.group(other, "dev");
        String list = list(scheme, path);
        assertTrue(list.contains(own.toString()), list);
        assertFalse(list.contains(foreign.toString()), list);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "UserKey, /api/v1/users?group=dev, []",
        "UserKey, /api/v2/users?group=dev, '{\"items\":[]}'",
        "Bearer, /users?user_id={foreign}, []",
        "Bearer, /users?email=max@example.com, []",
        "Bearer, /users?oauth_id=g-1, []",
    })
    void filtersFindNothingOfAnotherOrganization(String scheme, String path, String nothing) {
        UUID foreign = TestRows.person(other, "max", "max@example.com", Role.MEMBER);
        TestRows.federate(foreign);
        TestRows.group(other, "dev");
        given().auth()
                .oauth2(other.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"set_groups\":[\"dev\"]}")
                .put("/api/v1/users/max/groups")
                .then()
                .statusCode(200);
        assertEquals(nothing, list(scheme, path.replace("{foreign}", foreign.toString())));
    }

    /** All that the other organization has but the rows made for each request, one a line. */
    private String rows() {
        return String.valueOf(
                        Database.value(
                                """
                                SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                                  SELECT row_to_json(u)::text AS line FROM users u WHERE organization_id = ?
                                   UNION ALL
                                  SELECT row_to_json(g)::text FROM groups g WHERE organization_id = ?) AS lines
                                """,
                                other.id(),
                                other.id()))
                .strip();
    }

    private String list(String scheme, String path) {
        return given().header("Authorization", scheme + " " + organization.token(Role.ADMIN))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
