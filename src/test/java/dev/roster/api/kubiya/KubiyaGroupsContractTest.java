package dev.roster.api.kubiya;

import static dev.roster.api.kubiya.Kubiya.MIA;
import static dev.roster.api.kubiya.Kubiya.NOT_FOUND;
import static dev.roster.api.kubiya.Kubiya.USERS;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every line of the Kubiya contract about groups, and every error of it. */
@QuarkusTest
@Tag("packaged")
class KubiyaGroupsContractTest {

    private final TestOrganization organization = TestOrganization.create();
    private final Kubiya kubiya = new Kubiya(organization);
    private final TestClient mia = kubiya.add("mia", "mia@example.com", Role.MEMBER);

    @Test
    void whenAddedToGroupByNameOrIdThenMember() {
        String id = kubiya.addGroup("ops");
        String expected = """
                {"id": "%s", "name": "ops", "members": 1, "user": %s}
                """.formatted(id, MIA.replace("\"groups\": []", "\"groups\": [\"ops\"]"));
        assertAnswer(kubiya.join("ops", "{\"email\":\"mia@example.com\"}"), 200, expected);
        // again, by ids: not an error, and counted once
        assertAnswer(kubiya.join(id, "{\"user_id\":\"" + mia.userId() + "\"}"), 200, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | email",
                "{\"email\":null} | email",
                "{\"email\":\"a@b.de\",\"user_id\":\"x\"} | email",
                "{\"user_id\":\"x\"} | user_id",
                "{\"email\":\"\"} | email",
                "{\"email\":\" \"} | email",
                "{\"email\":1} | email",
                "{\"email\":\"a\\u0000\"} | email",
                "null | body",
                "[] | body",
            })
    void whenGroupBodyIsWrongThen400(String body, String field) {
        kubiya.addGroup("ops");
        Response answer = kubiya.join("ops", body);
        assertEquals(400, answer.statusCode(), answer.asString());
        assertEquals("invalid_request", answer.path("error.code"));
        assertTrue(answer.asString().contains("\"details\":{\"" + field + "\":"), answer.asString());
    }

    @Test
    void whenGroupBodyIsMalformedThen400() {
        assertEquals("malformed_json", kubiya.join("ops", "{").path("error.code"));
    }

    @Test
    void whenGroupIsUnknownThen404() {
        for (String group : List.of("none", UUID.randomUUID().toString())) {
            Response answer = kubiya.join(group, "{\"email\":\"mia@example.com\"}");
            assertEquals(404, answer.statusCode());
            assertEquals("group_not_found", answer.path("error.code"));
        }
    }

    @Test
    void whenUnknownIsAddedToGroupThen404() {
        kubiya.addGroup("ops");
        assertAnswer(kubiya.join("ops", "{\"email\":\"nobody@example.com\"}"), 404, NOT_FOUND);
    }

    @Test
    void whenMembershipIsReadByIdOrEmailThenGroups() {
        kubiya.addGroup("ops");
        kubiya.join("ops", "{\"email\":\"mia@example.com\"}");
        for (String user : List.of(mia.userId().toString(), "mia@example.com")) {
            assertAnswer(kubiya.admin().get(USERS + "/membership/{id}", user), 200, """
                    {"user_id": "%s", "email": "mia@example.com", "groups": [
                      {"id": "<id>", "name": "ops", "description": "Who operates", "added_at": "<time>"}]}
                    """.formatted(mia.userId()));
        }
    }

    @Test
    void whenGroupsAreListedThenBareArray() {
        assertAnswer(kubiya.admin().get("/api/v1/manage/groups"), 200, "[]");
        kubiya.addGroup("ops");
        kubiya.addGroup("dev");
        assertAnswer(kubiya.admin().get("/api/v1/manage/groups"), 200, """
                [{"uuid": "<id>", "name": "dev", "description": "Who operates", "system": false, "roles": [],
                  "created_at": "<time>"},
                 {"uuid": "<id>", "name": "ops", "description": "Who operates", "system": false, "roles": [],
                  "created_at": "<time>"}]
                """);
    }
}
