package dev.roster.api.kubiya;

import static dev.roster.api.kubiya.Kubiya.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of the list of users, and the caller where that is no person. */
@QuarkusTest
@Tag("packaged")
class KubiyaListsContractTest {
    private final TestOrganization organization = TestOrganization.create();
    private final Kubiya kubiya = new Kubiya(organization);

    @ParameterizedTest
    @CsvSource({"/api/v1/users, name", "/api/v2/users, items.name"})
    void whenNoLimitThenFiftyAPage(String path, String names) {
        TestRows.persons(organization, "u", 60, 0);
        assertEquals(50, kubiya.admin().get(path).<List<String>>path(names).size());
        List<String> rest = kubiya.admin().queryParam("page", 2).get(path).path(names);
        assertEquals(11, rest.size());
        assertEquals("u00060", rest.get(10));
    }

    /** As the control plane of Kubiya asks, of an organization that is larger than the largest page. */
    @ParameterizedTest
    @CsvSource({"/api/v1/users, name", "/api/v2/users, items.name"})
    void whenLimitIsZeroThenEveryUserIsOnTheFirstPage(String path, String names) {
        TestRows.persons(organization, "u", 1_150, 0);
        List<String> all = kubiya.admin().queryParam("limit", 0).get(path).path(names);
        assertEquals(1_151, all.size());
        assertEquals("u01150", all.get(1_150));
        assertEquals(1_151, all.stream().distinct().count());
        assertEquals(
                List.of(),
                kubiya.admin()
                        .queryParam("limit", 0)
                        .queryParam("page", 2)
                        .get(path)
                        .path(names));
        assertEquals(
                1_150,
                kubiya.admin()
                        .queryParam("limit", 0)
                        .queryParam("role", "member")
                        .get(path)
                        .<List<String>>path(names)
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "page", "role", "group", "status"})
    void whenAParameterIsGivenTwiceThenRefused(String parameter) {
        for (String path : List.of("/api/v1/users", "/api/v2/users")) {
            String query = "?" + parameter + "=1&" + parameter + "=1";
            assertAnswer(kubiya.admin().noFilters().get(path + query), 400, """
                    {"error": {"code": "invalid_request", "message": "%1$s: must be given once.",
                     "details": {"%1$s": "must be given once"}}}
                    """.formatted(parameter));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users", "/api/v2/users"})
    void whenASemicolonIsInAQueryThenItIsAPartOfTheValue(String path) {
        TestRows.persons(organization, "u", 3, 0);
        String all = list(path);
        assertEquals(all, list(path + "?x=1;role=admin"));
        assertEquals(all, list(path + "?x=1;limit=1"));
        String nobody = list(path + "?group=ops");
        assertNotEquals(all, nobody);
        assertEquals(nobody, list(path + "?group=ops;x"));
        assertEquals(nobody, list(path + "?" + "a;".repeat(1_024) + "&group=ops"));
    }

    private String list(String path) {
        return kubiya.admin()
                .noFilters()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void whenAnUnknownParameterIsGivenTwiceThenItIsIgnored() {
        for (String path : List.of("/api/v1/users", "/api/v2/users")) {
            String all =
                    kubiya.admin().get(path).then().statusCode(200).extract().asString();
            kubiya.admin()
                    .noFilters()
                    .get(path + "?nothing=1&nothing=2")
                    .then()
                    .statusCode(200)
                    .body(equalTo(all));
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/users, name", "/api/v2/users, items.name"})
    void whenFilteredThenAllMustHold(String path, String names) {
        TestRows.person(organization, "mia", Role.MEMBER);
        TestRows.person(organization, "max", Role.MEMBER);
        TestRows.person(organization, "vic", Role.VIEWER);
        TestRows.group(organization, "ops");
        join("mia");
        join("vic");
        assertEquals(
                List.of("max", "mia"),
                kubiya.admin().queryParam("role", "member").get(path).path(names));
        assertEquals(
                List.of("mia", "vic"),
                kubiya.admin().queryParam("group", "ops").get(path).path(names));
        assertEquals(
                List.of("mia"),
                kubiya.admin()
                        .queryParam("group", "ops")
                        .queryParam("role", "member")
                        .get(path)
                        .path(names));
        assertEquals(
                List.of("vic"),
                kubiya.admin()
                        .queryParam("group", "ops")
                        .queryParam("limit", 1)
                        .queryParam("page", 2)
                        .get(path)
                        .path(names));
    }

    @Test
    void whenServiceAccountAsksWhoItIsThenItself() {
        TestClient robot = organization.add("robot", Role.VIEWER);
        Database.execute("UPDATE users SET kind = 'service' WHERE id = ?", robot.userId());
        String user = """
                "uuid": "%s", "email": "", "name": "robot", "role": "viewer", "groups": [],
                "created_at": "<time>", "last_login": "<time>", "status": "active", "metadata": {}
                """.formatted(robot.userId());
        String self =
                "{%s, \"org\": \"%s\", \"org_name\": \"%s\"}".formatted(user, organization.id(), organization.name());
        assertAnswer(as(robot).get("/api/v1/users/current"), 200, "{" + user + "}");
        assertAnswer(as(robot).get("/api/v1/users/self"), 200, self);
        assertAnswer(as(robot).get("/api/v1/users/me"), 200, self);
    }

    /** By the id that it is told itself. */
    @Test
    void whenServiceAccountIsNamedByItsIdThenFound() {
        UUID robot = TestRows.serviceAccount(organization, "robot", Role.MEMBER);
        String group = kubiya.addGroup("ops");
        assertAnswer(kubiya.join("ops", "{\"user_id\":\"%s\"}".formatted(robot)), 200, """
                {"id": "%s", "name": "ops", "members": 1,
                 "user": {"uuid": "%s", "email": "", "name": "robot", "role": "member", "groups": ["ops"],
                  "created_at": "<time>", "last_login": null, "status": "active", "metadata": {}}}
                """.formatted(group, robot));
        assertAnswer(kubiya.admin().get("/api/v1/users/membership/" + robot), 200, """
                {"user_id": "%s", "email": "",
                 "groups": [{"id": "%s", "name": "ops", "description": "Who operates", "added_at": "<time>"}]}
                """.formatted(robot, group));
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/users, name", "/api/v2/users, items.name"})
    void whenThereAreServiceAccountsThenNotListed(String path, String names) {
        TestRows.serviceAccount(organization, "robot", Role.MEMBER);
        assertEquals(List.of("admin"), kubiya.admin().get(path).path(names));
    }

    private void join(String username) {
        kubiya.admin()
                .body("{\"set_groups\":[\"ops\"]}")
                .put("/api/v1/users/{name}/groups", username)
                .then()
                .statusCode(200);
    }
}
