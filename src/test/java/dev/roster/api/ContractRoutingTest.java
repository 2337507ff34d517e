package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers on which path under which scheme, seen by clients. */
@QuarkusTest
@Tag("packaged")
class ContractRoutingTest {
    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "Bearer, /api/v1/users, items",
        "UserKey, /api/v1/users, [0].uuid",
        "userkey, /api/v1/users, [0].uuid",
        "Bearer, /api/v1/users/me, lrn",
        "UserKey, /api/v1/users/me, org_name",
        "Bearer, /api/v1/users/current, uuid",
        "UserKey, /api/v1/users/current, uuid",
        "Bearer, /api/v1/users/self, org",
        "UserKey, /api/v1/users/self, org",
        "Bearer, /api/v2/users, items[0].uuid",
        "UserKey, /api/v2/users, items[0].uuid",
        "Bearer, /api/v1/groups, items",
        "UserKey, /api/v1/groups, items",
        "UserKey, /api/v1/service-accounts, items",
        "Bearer, /users, [0].is_superuser",
        "UserKey, /users, [0].is_superuser",
        "Bearer, /users/me, is_superuser",
        "UserKey, /users/me, is_superuser",
        "Bearer, /api/v1/app/users, users[0].status",
        "UserKey, /api/v1/app/users, users[0].status",
        "UserKey, /api/v1/users/?limit=1, [0].uuid",
        "UserKey, /api/v1/%75sers, [0].uuid",
        "Bearer, /api/v1/users/%63urrent, uuid",
        "UserKey, /api/v1/users/%63urrent, uuid",
        "Bearer, /api/v1/users/s%65lf, org_name",
        "Bearer, /api/v1/users/%6De, lrn",
        "UserKey, /api/v1/users/%6De, org_name",
        "Bearer, /users/%6De, is_superuser",
    })
    void whenTokenIsValidThenAnsweredInContract(String scheme, String path, String mark) {
        Response answer = as(scheme, organization.token(Role.ADMIN)).get(path);
        assertEquals(200, answer.statusCode(), answer.asString());
        assertNotNull(answer.path(mark), answer.asString());
    }

    @Test
    void whenSettingsAreAskedForWithUserKeyThenRosterAnswers() {
        assertEquals(
                "{}",
                as("UserKey", organization.token(Role.ADMIN))
                        .get("/api/v1/users/me/settings")
                        .asString());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "Bearer, GET, /api/v1/users, title",
        "UserKey, GET, /api/v1/users, error.code",
        "UserKey, GET, /api/v1/users/a%40b.de, error.code",
        "UserKey, DELETE, /api/v1/users/a%40b.de, error.code",
        "Bearer, GET, /api/v1/users/a%40b.de, title",
        "UserKey, GET, /api/v1/users/me, error.code",
        "Bearer, GET, /api/v1/users/me, title",
        "Bearer, GET, /api/v1/users/self, error.code",
        "Bearer, GET, /api/v1/users/current, error.code",
        "Bearer, GET, /api/v1/users/membership/x, error.code",
        "Bearer, POST, /api/v1/users/groups/x, error.code",
        "Bearer, GET, /api/v2/users, error.code",
        "Bearer, GET, /api/v1/manage/groups, error.code",
        "UserKey, GET, /api/v1/users/me/settings, title",
        "UserKey, GET, /api/v1/users/a/sessions, title",
        "UserKey, PATCH, /api/v1/users/a/profile, title",
        "UserKey, GET, /api/v1/groups, title",
        "Bearer, GET, /users, detail",
        "UserKey, GET, /users/me, detail",
        "Bearer, GET, /api/v1/app/users, message",
        "UserKey, GET, /api/v1/app/user, message",
        "Bearer, GET, /api/v2/users/, error.code",
        "Bearer, GET, /api/v2/users;a=b, error.code",
        "Bearer, GET, /api/v1/manage;a=b/groups/, error.code",
        "UserKey, GET, /api/v1/users;a=b/, error.code",
        "Bearer, GET, /users;a=b, detail",
        "Bearer, GET, /users;a=b/me/, detail",
        "Bearer, GET, /auth/api_token/, detail",
        "Bearer, GET, /auth/api_token;a=b, detail",
        "Bearer, GET, /api/v1/app;a=b/users, message",
        "Bearer, GET, /oauth2/userinfo/, error_description",
        "Bearer, GET, /oauth2/userinfo;a=b, error_description",
    })
    void whenTokenIsInvalidThen401InContract(String scheme, String method, String path, String mark) {
        RequestSpecification request = as(scheme, "not-a-token");
        if (method.equals("POST") || method.equals("PATCH")) {
            request.header("Content-Type", "application/json").body("{}");
        }
        Response answer = request.request(method, path);
        assertEquals(401, answer.statusCode(), answer.asString());
        assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"));
        assertNotNull(answer.path(mark), answer.asString());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /api/v1/users/current, error.code",
        "GET, /api/v1/users/self, error.code",
        "GET, /api/v1/users/membership/x, error.code",
        "POST, /api/v1/users/groups/x, error.code",
        "POST, /api/v1/users/invite, error.code",
        "POST, /api/v1/users/system_invite, error.code",
        "GET, /api/v2/users, error.code",
        "GET, /api/v1/manage/groups, error.code",
        "GET, /api/v1/users, title",
        "GET, /api/v1/users/me, title",
        "GET, /api/v1/users/a%40b.de, title",
        "GET, /users, detail",
        "GET, /api/v1/app/users, message",
    })
    void whenThereIsNoSchemeThen401InContractOfThePath(String method, String path, String mark) {
        RequestSpecification request = given().urlEncodingEnabled(false);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json").body("{}");
        }
        Response answer = request.request(method, path);
        assertEquals(401, answer.statusCode(), answer.asString());
        assertEquals("Bearer realm=\"roster\"", answer.header("WWW-Authenticate"));
        assertNotNull(answer.path(mark), answer.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "UserKey"})
    void whenOnlyKubiyaHasThePathThenItAnswersUnderBothSchemes(String scheme) {
        String mia = TestRows.person(organization, "mia", Role.MEMBER).toString();
        TestRows.group(organization, "ops");
        for (String path : List.of("invite", "system_invite")) {
            String email = path + "@example.com";
            Response invited = send(scheme, path, "{\"email\":\"" + email + "\",\"role\":\"member\"}");
            assertEquals(200, invited.statusCode(), invited.asString());
            assertNotNull(invited.path("invite_id"), invited.asString());
        }
        Response joined = send(scheme, "groups/ops", "{\"user_id\":\"" + mia + "\"}");
        assertEquals(200, joined.statusCode(), joined.asString());
        assertEquals(mia, joined.path("user.uuid"));
        Response membership = as(scheme, organization.token(Role.ADMIN)).get("/api/v1/users/membership/" + mia);
        assertEquals(200, membership.statusCode(), membership.asString());
        assertEquals(List.of("ops"), membership.path("groups.name"));
    }

    @Test
    void whenProfileIsChangedWithUserKeyThenRosterAnswers() {
        TestRows.person(organization, "mia", Role.MEMBER);
        Response answer = as("UserKey", organization.token(Role.ADMIN))
                .header("Content-Type", "application/json")
                .body("{\"full_name\":\"Mia\"}")
                .patch("/api/v1/users/mia/profile");
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals("Mia", answer.path("profile.full_name"));
    }

    @Test
    void whenPathIsRostersButMethodIsNotThen405InRostersBodyUnderUserKey() {
        Response answer = as("UserKey", "not-a-token").get("/api/v1/users/a/groups");
        assertEquals(405, answer.statusCode());
        assertEquals("PUT", answer.header("Allow"));
        assertEquals("method_not_allowed", answer.path("code"));
    }

    @ParameterizedTest
    @CsvSource({
        "/-/kubiya/users",
        "/-/kubiya/users/",
        "/-/kubiya/users/a@b.de",
        "/-//kubiya/users",
        "/%2D/kubiya/users",
        "/x/../-/kubiya/users",
        "/-/kubiya/users;a=b",
        "/-/kubiya/users/current",
    })
    void whenInternalPathIsCalledThen404(String path) {
        for (String scheme : new String[] {"Bearer", "UserKey"}) {
            Response answer = as(scheme, organization.token(Role.ADMIN)).get(path);
            assertEquals(404, answer.statusCode(), answer.asString());
            assertEquals("not_found", answer.path("code"));
        }
    }

    @Test
    void whenPathIsKubiyasButMethodIsNotThen405InKubiyasBody() {
        Response answer = as("UserKey", organization.token(Role.ADMIN))
                .header("Content-Type", "application/json")
                .body("{}")
                .patch("/api/v1/users/a%40b.de");
        assertEquals(405, answer.statusCode());
        assertEquals("method_not_allowed", answer.path("error.code"));
    }

    @Test
    void whenQueryCannotBeAUrlThen400() throws IOException {
        // HTTP clients refuse to send it
        String request = "GET /api/v1/users?group=a|b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: UserKey "
                + organization.token(Role.ADMIN)
                + "\r\n\r\n";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("{\"error\":{\"code\":\"invalid_request\""), answer);
        }
    }

    private Response send(String scheme, String path, String body) {
        return as(scheme, organization.token(Role.ADMIN))
                .header("Content-Type", "application/json")
                .body(body)
                .post("/api/v1/users/" + path);
    }

    private static RequestSpecification as(String scheme, String token) {
        return given().urlEncodingEnabled(false).header("Authorization", scheme + " " + token);
    }
}
