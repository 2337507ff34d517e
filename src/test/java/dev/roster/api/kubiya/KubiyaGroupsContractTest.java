package dev.roster.api.kubiya;

import static dev.roster.testing.Answers.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every line of the Kubiya contract about groups, and every error of it. */
@QuarkusTest
class KubiyaGroupsContractTest {
    private static final String USERS = "/api/v1/users";
    private static final String MIA =
            """
            {"uuid": "#uuid", "email": "mia@example.com", "name": "mia", "role": "member", "groups": [],
             "created_at": "#time", "last_login": null, "status": "active", "metadata": {}}
            """;
    private static final String NOT_FOUND =
            """
            {"error": {"code": "user_not_found", "message": "User not found.", "details": {}}}
            """;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient mia = add("mia", "mia@example.com", Role.MEMBER);

    @Test
    void whenAddedToGroupByNameOrIdThenMember() {
        String id = addGroup("ops");
        String expected =
                """
                {"id": "%s", "name": "ops", "members": 1, "user": %s}
                """
                        .formatted(id, MIA.replace("\"groups\": []", "\"groups\": [\"ops\"]"));
        assertAnswer(join("ops", "{\"email\":\"mia@example.com\"}"), 200, expected);
        // again, by ids: not an error, and counted once
        assertAnswer(join(id, "{\"user_id\":\"" + mia.userId() + "\"}"), 200, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | email",
                "{\"email\":null} | email",
                "{\"email\":\"a@b.de\",\"user_id\":\"x\"} | email",
                "{\"user_id\":\"x\"} | user_id",
                "{\"email\":1} | email",
                "null | body",
                "[] | body",
            })
    void whenGroupBodyIsWrongThen400(String body, String field) {
        addGroup("ops");
        Response answer = join("ops", body);
        assertEquals(400, answer.statusCode(), answer.asString());
        assertEquals("invalid_request", answer.path("error.code"));
        assertTrue(
                answer.asString().contains("\"details\":{\"" + field + "\":"), answer.asString());
    }

    @Test
    void whenGroupBodyIsMalformedThen400() {
        assertEquals("malformed_json", join("ops", "{").path("error.code"));
    }

    @Test
    void whenGroupIsUnknownThen404() {
        for (String group : List.of("none", UUID.randomUUID().toString())) {
            Response answer = join(group, "{\"email\":\"mia@example.com\"}");
            assertEquals(404, answer.statusCode());
            assertEquals("group_not_found", answer.path("error.code"));
        }
    }

    @Test
    void whenUnknownIsAddedToGroupThen404() {
        addGroup("ops");
        assertAnswer(join("ops", "{\"email\":\"nobody@example.com\"}"), 404, NOT_FOUND);
    }

    @Test
    void whenMembershipIsReadByIdOrEmailThenGroups() {
        addGroup("ops");
        join("ops", "{\"email\":\"mia@example.com\"}");
        for (String user : List.of(mia.userId().toString(), "mia@example.com")) {
            assertAnswer(
                    admin().get(USERS + "/membership/{id}", user),
                    200,
                    """
                    {"user_id": "%s", "email": "mia@example.com", "groups": [
                      {"id": "#uuid", "name": "ops", "description": "Who operates", "added_at": "#time"}]}
                    """
                            .formatted(mia.userId()));
        }
    }

    @Test
    void whenGroupsAreListedThenBareArray() {
        assertAnswer(admin().get("/api/v1/manage/groups"), 200, "[]");
        addGroup("ops");
        addGroup("dev");
        assertAnswer(
                admin().get("/api/v1/manage/groups"),
                200,
                """
                [{"uuid": "#uuid", "name": "dev", "description": "Who operates", "system": false, "roles": [],
                  "created_at": "#time"},
                 {"uuid": "#uuid", "name": "ops", "description": "Who operates", "system": false, "roles": [],
                  "created_at": "#time"}]
                """);
    }

    private Response join(String group, String body) {
        return admin().body(body).post(USERS + "/groups/{id}", group);
    }

    private String addGroup(String name) {
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"name\":\"%s\",\"description\":\"Who operates\"}".formatted(name))
                .post("/api/v1/groups")
                .then()
                .statusCode(201);
        return Database.value(
                        "SELECT id FROM groups WHERE organization_id = ? AND name = ?",
                        organization.id(),
                        name)
                .toString();
    }

    private TestClient add(String username, String email, Role role) {
        TestClient client = organization.add(username, role);
        Database.execute(
                "UPDATE users SET email = ?, email_key = ? WHERE id = ?",
                email,
                email,
                client.userId());
        return client;
    }

    private RequestSpecification admin() {
        return as(organization.client(Role.ADMIN));
    }

    private static RequestSpecification as(TestClient client) {
        return given().header("Authorization", "UserKey " + client.token())
                .contentType(ContentType.JSON);
    }
}
