package dev.roster.api.kubiya;

import static dev.roster.api.kubiya.Kubiya.MIA;
import static dev.roster.api.kubiya.Kubiya.NOT_FOUND;
import static dev.roster.api.kubiya.Kubiya.USERS;
import static dev.roster.api.kubiya.Kubiya.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the Kubiya contract and every error of it, but for groups and invites. */
@QuarkusTest
@Tag("packaged")
class KubiyaContractTest {

    private final TestOrganization organization = TestOrganization.create();
    private final Kubiya kubiya = new Kubiya(organization);
    private final TestClient mia = kubiya.add("mia", "mia@example.com", Role.MEMBER);

    @Test
    void whenListedThenBareArray() {
        assertAnswer(kubiya.admin().get(USERS), 200, """
                [{"uuid": "<id>", "email": "", "name": "admin", "role": "admin", "groups": [],
                  "created_at": "<time>", "last_login": "<time>", "status": "active", "metadata": {}}, %s]
                """.formatted(MIA));
    }

    @Test
    void whenListedByRoleThenOnlyThese() {
        assertEquals(
                List.of("mia"),
                kubiya.admin().queryParam("role", "member").get(USERS).path("name"));
    }

    @Test
    void whenListedByGroupThenOnlyItsMembers() {
        kubiya.addGroup("ops");
        kubiya.join("ops", "{\"email\":\"mia@example.com\"}");
        assertEquals(
                List.of("mia"),
                kubiya.admin().queryParam("group", "ops").get(USERS).path("name"));
        assertEquals(
                List.of(), kubiya.admin().queryParam("group", "none").get(USERS).path("name"));
        assertEquals(
                List.of(),
                kubiya.admin()
                        .queryParam("group", "ops")
                        .queryParam("role", "admin")
                        .get(USERS)
                        .path("name"));
    }

    @Test
    void whenPagedThenEveryUserOnce() {
        for (int i = 0; i < 5; i++) {
            kubiya.add("u" + i, "u" + i + "@example.com", Role.VIEWER);
        }
        assertEquals(List.of("admin", "mia", "u0"), page(1));
        assertEquals(List.of("u1", "u2", "u3"), page(2));
        assertEquals(List.of("u4"), page(3));
        assertEquals(List.of(), page(4));
    }

    /** As the control plane of Kubiya asks for whom it shows by name. */
    @Test
    void whenLimitIsZeroThenAllOfTheStatus() {
        String path = "/api/v2/users?limit=0&page=1&status=";
        assertEquals(
                List.of("admin", "mia"), kubiya.admin().get(path + "active").path("items.name"));
        assertEquals(List.of(), kubiya.admin().get(path + "deactivated").path("items.name"));
        assertEquals(List.of(), kubiya.admin().get(USERS + "?limit=0&page=2").path("name"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, -1",
        "limit, 1001",
        "limit, x",
        "page, 0",
        "page, -1",
        "page, 1000002",
        "status, asleep",
        "role, owner"
    })
    void whenQueryIsWrongThen400(String parameter, String value) {
        for (String path : List.of(USERS, "/api/v2/users")) {
            Response answer = kubiya.admin().queryParam(parameter, value).get(path);
            assertEquals(400, answer.statusCode());
            assertEquals("invalid_request", answer.path("error.code"));
            assertTrue(answer.asString().contains("\"details\":{\"" + parameter + "\":"));
        }
    }

    @Test
    void whenFoundByEmailThenUser() {
        assertAnswer(kubiya.admin().get(USERS + "/{email}", "mia@example.com"), 200, MIA);
        assertAnswer(kubiya.admin().urlEncodingEnabled(false).get(USERS + "/MIA%40Example.com"), 200, MIA);
    }

    @ParameterizedTest
    @CsvSource({
        "x+y@example.com, x%2By%40example.com",
        "x+y@example.com, x+y@example.com",
        "x/y@example.com, x%2Fy%40example.com",
        "50%@example.com, 50%25%40example.com",
        "x?y@example.com, x%3Fy%40example.com",
    })
    void whenEmailIsEncodedThenFound(String email, String path) {
        kubiya.add("someone", email, Role.MEMBER);
        Response answer = kubiya.admin().urlEncodingEnabled(false).get(USERS + "/" + path);
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals(email, answer.path("email"));
    }

    @Test
    void whenUnknownThen404() {
        assertAnswer(kubiya.admin().get(USERS + "/{email}", "nobody@example.com"), 404, NOT_FOUND);
        assertAnswer(kubiya.admin().delete(USERS + "/{email}", "nobody@example.com"), 404, NOT_FOUND);
        assertAnswer(kubiya.admin().get(USERS + "/membership/{id}", UUID.randomUUID()), 404, NOT_FOUND);
    }

    @Test
    void whenOfAnotherOrganizationThen404() {
        TestOrganization other = TestOrganization.create();
        RequestSpecification stranger = given().header("Authorization", "UserKey " + other.token(Role.ADMIN));
        assertAnswer(stranger.get(USERS + "/{email}", "mia@example.com"), 404, NOT_FOUND);
    }

    @Test
    void whenCurrentThenCaller() {
        assertAnswer(
                as(mia).get(USERS + "/current"),
                200,
                MIA.replace("\"last_login\": null", "\"last_login\": \"<time>\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"self", "me"})
    void whenSelfThenCallerWithOrganization(String path) {
        assertAnswer(as(mia).get(USERS + "/" + path), 200, """
                {"uuid": "%s", "email": "mia@example.com", "name": "mia", "role": "member", "groups": [],
                 "created_at": "<time>", "last_login": "<time>", "status": "active", "metadata": {},
                 "org": "%s", "org_name": "%s"}
                """.formatted(
                        mia.userId(), organization.id(), organization.name()));
    }

    @Test
    void whenDeletedThen200WithoutBody() {
        String token = mia.token();
        assertEquals(200, meStatus(token));
        Response answer = kubiya.admin().delete(USERS + "/{email}", "mia@example.com");
        assertEquals(200, answer.statusCode());
        assertEquals(401, meStatus(token));
        assertEquals("", answer.asString());
        assertAnswer(kubiya.admin().get(USERS + "/{email}", "mia@example.com"), 404, NOT_FOUND);
    }

    @Test
    void whenLastAdminIsDeletedThen403() {
        UUID id = organization.client(Role.ADMIN).userId();
        TestRows.email(id, "a@b.de");
        Response answer = kubiya.admin().delete(USERS + "/{email}", "a@b.de");
        assertEquals(403, answer.statusCode());
        assertEquals("last_admin", answer.path("error.code"));
    }

    @Test
    void whenMemberDeletesThen403() {
        Response answer = as(mia).delete(USERS + "/{email}", "mia@example.com");
        assertEquals(403, answer.statusCode());
        assertEquals("insufficient_scope", answer.path("error.code"));
    }

    @Test
    void whenSecondVersionThenItems() {
        assertAnswer(
                kubiya.admin().queryParam("limit", 1).queryParam("page", 2).get("/api/v2/users"),
                200,
                "{\"items\": [" + listed("active") + "]}");
        Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", mia.userId());
        assertAnswer(
                kubiya.admin().queryParam("limit", 1).queryParam("page", 2).get("/api/v2/users"),
                200,
                "{\"items\": ["
                        + listed("deactivated").replace("\"status\": \"active\"", "\"status\": \"deactivated\"")
                        + "]}");
    }

    /** As the newer list has it, whose readers look for the status under a second name. */
    private static String listed(String status) {
        return MIA.strip().replaceFirst("}$", ", \"user_status\": \"" + status + "\"}");
    }

    private static int meStatus(String token) {
        return given().header("Authorization", "UserKey " + token)
                .get(USERS + "/me")
                .statusCode();
    }

    private List<String> page(int page) {
        return kubiya.admin()
                .queryParam("limit", 3)
                .queryParam("page", page)
                .get(USERS)
                .path("name");
    }
}
