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
    private final PermissionMatrix matrix = new PermissionMatrix(organization, other);

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/users/{email}                        | none      | 404 404 404 401  404 403 403 403 403 403 403 403 403
GET    | /api/v1/users/membership/{user}              | none      | 404 404 404 401  404 403 403 403 403 403 403 403 403
GET    | /api/v1/users/membership/{email}             | none      | 404 404 404 401  404 403 403 403 403 403 403 403 403
POST   | /api/v1/users/groups/{group}                 | own email | 404 403 403 401  403 403 403 404 403 403 403 403 403
POST   | /api/v1/users/groups/{own group}             | email     | 404 403 403 401  403 403 403 404 403 403 403 403 403
POST   | /api/v1/users/groups/{own group}             | user_id   | 404 403 403 401  403 403 403 404 403 403 403 403 403
DELETE | /api/v1/users/{email}                        | none      | 404 403 403 401  403 404 403 403 403 403 403 403 403
""")
    void kubiya(String method, String path, String body, String statuses) {
        matrix.check("UserKey", method, path, body, statuses);
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
PATCH  | /users/{user}                                | company   | 404 404 404 401  403 404 403 403 403 403 403 404 403
PATCH  | /users/{user}                                | is_active | 404 404 404 401  403 404 403 403 403 403 403 404 403
PATCH  | /users/{user}                                | password  | 404 404 404 401  403 404 403 403 403 403 403 404 403
DELETE | /users/{user}                                | none      | 404 403 403 401  403 404 403 403 403 403 403 403 403
""")
    void zenml(String method, String path, String body, String statuses) {
        matrix.check("Bearer", method, path, body, statuses);
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/app/user?id={user}                   | none      | 404 404 404 401  404 403 403 403 403 403 403 403 403
GET    | /api/v1/app/user?email={email}               | none      | 404 404 404 401  404 403 403 403 403 403 403 403 403
DELETE | /api/v1/app/user?email={email}               | none      | 404 403 403 401  403 404 403 403 403 403 403 403 403
DELETE | /api/v1/app/user                             | email     | 404 403 403 401  403 404 403 403 403 403 403 403 403
""")
    void decube(String method, String path, String body, String statuses) {
        matrix.check("Bearer", method, path, body, statuses);
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/invites/{invite}                     | none      | 404 403 403 401  403 403 403 403 404 403 403 403 403
POST   | /api/v1/invites/{invite}/resend              | none      | 404 403 403 401  403 403 403 403 404 403 403 403 403
DELETE | /api/v1/invites/{invite}                     | none      | 404 403 403 401  403 403 403 403 404 403 403 403 403
""")
    void invites(String method, String path, String body, String statuses) {
        matrix.check("Bearer", method, path, body, statuses);
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
        UUID foreign = TestRows.person(other, "max", Role.MEMBER);
        Database.execute(
                "UPDATE users SET email = 'max@example.com', email_key = 'max@example.com',"
                        + " oauth_provider = 'google', oauth_id = 'g-1' WHERE id = ?",
                foreign);
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

    private String list(String scheme, String path) {
        return given().header("Authorization", scheme + " " + organization.token(Role.ADMIN))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
