package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Http;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP/2, to which many clients change on their own. */
@QuarkusTest
class Http2Test {
    private static final int TOO_LARGE = 2_000_000;

    private static final HttpClient HTTP_1 =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    private String token;

    @BeforeEach
    void signIn() {
        token = TestOrganization.create().token(Role.ADMIN);
    }

    @Test
    void whenReadAndWrittenThenAsOverHttp1() throws Exception {
        assertEquals(201, send("POST", "/api/v1/users", "{\"name\":\"ann\"}").statusCode());
        HttpResponse<String> changed = send("PATCH", "/api/v1/users/ann", "{\"display_name\":\"Ann\"}");
        assertEquals(200, changed.statusCode());
        assertEquals("Ann", JsonPath.from(changed.body()).getString("display_name"));
        assertEquals(changed.body(), send("GET", "/api/v1/users/ann", null).body());
        assertEquals(204, send("DELETE", "/api/v1/users/ann", null).statusCode());
        assertEquals(404, send("GET", "/api/v1/users/ann", null).statusCode());
        assertEquals(204, send("DELETE", "/api/v1/users/me/sessions", null).statusCode());
        assertEquals(401, send("GET", "/api/v1/users/me", null).statusCode());
    }

    @Test
    void whenRefusedThenAsOverHttp1() throws Exception {
        assertProblem(400, "invalid_request", send("GET", "/api/v1/users?limit=%00", null));
        assertProblem(400, "malformed_json", send("POST", "/api/v1/users", "{"));
        assertProblem(405, "method_not_allowed", send("PUT", "/api/v1/users", "{}"));
        assertProblem(413, "payload_too_large", send("POST", "/api/v1/users", "\"" + "x".repeat(TOO_LARGE) + "\""));
    }

    /** As the head of what GET is answered with, and no body behind it, which a client takes for a broken connection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users",
                "/api/v1/users?limit=1",
                "/api/v1/users/me",
                "/api/v1/users/me/sessions",
                "/api/v1/users/export",
                "/api/v1/groups",
                "/api/v1/groups/export",
                "/api/v1/api-keys",
                "/api/v1/invites",
                "/api/v1/service-accounts",
                "/api/v1/audit-events",
                "/api/v1/users/nobody/secrets",
                "/api/v1/users?limit=0",
                "/api/v1/app/users",
                "/users",
                "/nowhere",
                "/q/openapi",
                "/assets/roster.css"
            })
    void whenOnlyTheHeadIsAskedForThenWithoutABody(String path) throws Exception {
        HttpResponse<String> get = send("GET", path, null);
        HttpResponse<String> head = send("HEAD", path, null);
        assertEquals(get.statusCode(), head.statusCode());
        assertEquals(get.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"));
        assertEquals("", head.body());
        assertEquals(
                get.statusCode(),
                HTTP_1.send(Http.request(token, "HEAD", path, null), BodyHandlers.ofString())
                        .statusCode());
    }

    @Test
    void whenOnlyTheHeadOfAnExportIsAskedForThenNotRecordedAsOne() throws Exception {
        assertEquals(200, send("HEAD", "/api/v1/users/export", null).statusCode());
        String exports = "/api/v1/audit-events?type=users.exported";
        assertEquals(List.of(), JsonPath.from(send("GET", exports, null).body()).getList("items"));
        assertEquals(200, send("GET", "/api/v1/users/export", null).statusCode());
        assertEquals(
                1,
                JsonPath.from(send("GET", exports, null).body())
                        .getList("items")
                        .size());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = client.send(Http.request(token, method, path, body), BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, answer.version());
        return answer;
    }

    private static void assertProblem(int status, String code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(code, JsonPath.from(answer.body()).getString("code"));
    }
}
