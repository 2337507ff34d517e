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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests over HTTP/2, to which many clients change on their own. */
@QuarkusTest
class Http2Test {
    private static final int TOO_LARGE = 2_000_000;

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
