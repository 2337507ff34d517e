package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** In no contract does anybody find or change the rows of another organization. */
@QuarkusTest
@Tag("packaged")
class OtherOrganizationTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestOrganization other = TestOrganization.create();

    static Stream<Permission> permissions() {
        return Stream.concat(PermissionTable.permissions().filter(Permission::isAboutOthers), mixed());
    }

    /** What is half of the one organization and half of the other. */
    private static Stream<Permission> mixed() {
        return Stream.of(
                        "v1|PUT /api/v1/users/{self}/groups|{\"set_groups\":[\"{group}\"]}",
                        "Kubiya|POST /api/v1/users/groups/{group id}|{\"email\":\"{own email}\"}",
                        "Kubiya|POST /api/v1/users/groups/{own group id}|{\"email\":\"{user email}\"}",
                        "Kubiya|POST /api/v1/users/groups/{own group id}|{\"user_id\":\"{user id}\"}")
                .map(row -> row + "|200|403|403|200|groups:write")
                .map(row -> Permission.of(List.of(row.split("\\|", -1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("permissions")
    void whenRowIsOfAnotherOrganization(Permission permission) {
        TestRows.group(other, "never-touched");
        String before = rows();
        new PermissionMatrix(organization, other).checkFindsNothing(permission);
        assertEquals(
                before, rows().replaceAll("\\n?[^\\n]*\"target-[^\\n]*", "").strip());
        assertEquals(0L, Database.value("SELECT count(*) FROM memberships WHERE organization_id = ?", other.id()));
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
        assertEquals(
                nothing,
                list(scheme, path.replace("{foreign}", foreign.toString())).strip());
    }

    /** All that the other organization has but the rows made for each request, one a line. */
    private String rows() {
        return String.valueOf(Database.value("""
                                SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                                  SELECT row_to_json(u)::text AS line FROM users u WHERE organization_id = ?
                                   UNION ALL
                                  SELECT row_to_json(g)::text FROM groups g WHERE organization_id = ?) AS lines
                                """, other.id(), other.id())).strip();
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
