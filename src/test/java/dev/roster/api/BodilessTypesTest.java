package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The type of a body that is not there says nothing (RFC 9110 section 8.3): some clients send it with every request, and others
 * that of a form with an empty one.
 */
@QuarkusTest
class BodilessTypesTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final TestOrganization organization = TestOrganization.create();
    private UUID bob;
    private final HttpClient http1 = client(Version.HTTP_1_1);
    private final HttpClient http2 = client(Version.HTTP_2);
    private UUID invite;
    private String token;

    @BeforeEach
    void createResources() throws Exception {
        token = organization.token(Role.ADMIN);
        // The first request goes over HTTP/1.1 and asks for HTTP/2
        http2.send(Http.request(token, "GET", "/api/v1/users/me", null), BodyHandlers.ofString());
        bob = TestRows.person(organization, "bob", "bob@example.com", Role.MEMBER);
        TestRows.federate(bob);
        invite = TestRows.invite(organization, "eve@example.com");
        TestRows.serviceAccount(organization, "robot", Role.MEMBER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            HTTP_1_1 Bearer GET /api/v1/users 200
            HTTP_1_1 Bearer HEAD /api/v1/users/bob 200
            HTTP_1_1 Bearer GET /api/v1/groups 200
            HTTP_1_1 Bearer DELETE /api/v1/users/bob 204
            HTTP_1_1 Bearer DELETE /api/v1/users/bob/sessions 204
            HTTP_1_1 Bearer POST /api/v1/invites/{invite}/resend 200
            HTTP_1_1 Bearer DELETE /api/v1/invites/{invite} 204
            HTTP_1_1 Bearer POST /api/v1/service-accounts/robot/token 200
            HTTP_1_1 UserKey GET /api/v1/users 200
            HTTP_1_1 UserKey DELETE /api/v1/users/bob@example.com 200
            HTTP_1_1 Bearer GET /users 200
            HTTP_1_1 Bearer DELETE /users/{bob} 200
            HTTP_1_1 Bearer GET /api/v1/app/users 200
            HTTP_1_1 Bearer DELETE /api/v1/app/user?email=bob@example.com 200
            HTTP_1_1 Bearer POST /api/v1/users/import 200
            HTTP_2 Bearer GET /api/v1/users 200
            HTTP_2 Bearer HEAD /api/v1/users/bob 200
            HTTP_2 Bearer DELETE /api/v1/users/bob 204
            HTTP_2 Bearer POST /api/v1/invites/{invite}/resend 200
            HTTP_2 Bearer POST /api/v1/service-accounts/robot/token 200
            HTTP_2 UserKey DELETE /api/v1/users/bob@example.com 200
            HTTP_2 Bearer DELETE /users/{bob} 200
            HTTP_2 Bearer DELETE /api/v1/app/user?email=bob@example.com 200
            """)
    void whenNoBodyIsNeededThenItsTypeDoesNotMatter(
            Version version, String scheme, String method, String path, int status) throws Exception {
        String type = path.endsWith("/import") ? "text/ldif" : FORM;
        HttpResponse<String> answer = send(version, scheme, method, path, type, "");
        assertEquals(status, answer.statusCode(), answer.body());
    }

    /** As curl does it by -d ''. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 0\r\n", ""})
    void whenAnEmptyFormIsSentToDeleteThenGone(String length) {
        RawHttp.Answer answer = RawHttp.send("DELETE /api/v1/users/bob HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer " + token + "\r\nContent-Type: " + FORM + "\r\n" + length + "\r\n");
        assertEquals(204, answer.status(), answer.body());
        assertEquals(0L, Database.value("SELECT count(*) FROM users WHERE id = ?", bob));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            Bearer POST /api/v1/users 400
            Bearer PATCH /api/v1/users/bob/profile 400
            Bearer PUT /api/v1/users/bob/groups 400
            Bearer POST /api/v1/groups 400
            UserKey POST /api/v1/users/invite 400
            UserKey POST /api/v1/users/groups/x 400
            Bearer PATCH /users/{bob} 422
            Bearer POST /api/v1/app/user 422
            Bearer DELETE /api/v1/app/user 422
            """)
    void whenABodyIsNeededThenItsAbsenceIsSaidWhateverItsType(String scheme, String method, String path, int status)
            throws Exception {
        HttpResponse<String> asJson = send(Version.HTTP_1_1, scheme, method, path, JSON, "");
        assertEquals(status, asJson.statusCode(), asJson.body());
        for (Version version : Version.values()) {
            HttpResponse<String> asForm = send(version, scheme, method, path, FORM, "");
            assertEquals(status, asForm.statusCode(), asForm.body());
            assertEquals(withoutId(asJson.body()), withoutId(asForm.body()));
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whenThereIsABodyThenItsTypeIsAskedFor(Version version) throws Exception {
        for (String path : new String[] {"/api/v1/users", "/api/v1/users/invite", "/api/v1/app/user"}) {
            HttpResponse<String> answer = send(version, "Bearer", "POST", path, FORM, "{}");
            assertEquals(415, answer.statusCode(), answer.body());
        }
        assertEquals(
                415,
                send(version, "Bearer", "PATCH", "/users/{bob}", FORM, "{}").statusCode());
        assertEquals(
                415,
                send(version, "Bearer", "DELETE", "/api/v1/users/bob", FORM, "x=1")
                        .statusCode());
        assertEquals(
                415,
                send(version, "Bearer", "POST", "/api/v1/invites/{invite}/resend", FORM, "x=1")
                        .statusCode());
    }

    /** In chunks, or in frames behind the head. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void whenTheLengthOfTheBodyIsNotSaidThenItsTypeIsAskedForToo(Version version) throws Exception {
        HttpClient client = version == Version.HTTP_2 ? http2 : http1;
        for (String type : new String[] {FORM, JSON}) {
            HttpRequest request = HttpRequest.newBuilder(
                            Http.request(token, "GET", "/api/v1/users", null), (name, value) -> true)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream("{\"name\":\"ann\"}".getBytes(StandardCharsets.UTF_8))))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertEquals(version, answer.version());
            assertEquals(type.equals(JSON) ? 201 : 415, answer.statusCode(), answer.body());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 204", "x=1, 415"})
    void whenTheRequestAsksForHttp2ThenAsOverIt(String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        Http.request(token, "GET", "/api/v1/users/bob", null), (n, v) -> true)
                .header("Content-Type", FORM)
                .method("DELETE", body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client(Version.HTTP_2).send(request, BodyHandlers.ofString());
        assertEquals(Version.HTTP_2, answer.version());
        assertEquals(status, answer.statusCode(), answer.body());
    }

    /** Nor does how it would be encoded. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void whenThereIsNoBodyThenItsEncodingDoesNotMatter(Version version) throws Exception {
        HttpRequest request = Http.request(token, "DELETE", "/api/v1/users/bob", null, "Content-Encoding", "gzip");
        HttpClient client = version == Version.HTTP_2 ? http2 : http1;
        assertEquals(204, client.send(request, BodyHandlers.ofString()).statusCode());
    }

    /** An empty table has no header. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void whenAFileIsEmptyThenStillOfItsType(Version version) throws Exception {
        String path = "/api/v1/users/import";
        HttpResponse<String> table = send(version, "Bearer", "POST", path, "text/csv", "");
        HttpResponse<String> lines = send(version, "Bearer", "POST", path, "application/x-ndjson", "");
        assertEquals(200, lines.statusCode(), lines.body());
        assertEquals(415, send(version, "Bearer", "POST", path, FORM, "").statusCode());
        assertEquals(400, table.statusCode(), table.body());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whenATokenIsAskedForByAnEmptyFormThenTheGrantIsMissing(Version version) throws Exception {
        HttpResponse<String> answer = send(version, "Bearer", "POST", "/oauth2/token", FORM, "");
        assertEquals(400, answer.statusCode());
        assertEquals(
                send(version, "Bearer", "POST", "/oauth2/token", FORM, "x=1").body(), answer.body());
    }

    private HttpResponse<String> send(
            Version version, String scheme, String method, String path, String type, String body) throws Exception {
        String target = path.replace("{bob}", bob.toString()).replace("{invite}", invite.toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        Http.request(token, method, target, null), (name, value) -> !name.equals("Authorization"))
                .header("Authorization", scheme + " " + token)
                .header("Content-Type", type);
        request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpClient client = version == Version.HTTP_2 ? http2 : http1;
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertEquals(version, answer.version());
        return answer;
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    private static String withoutId(String body) {
        return body.replaceAll("\"request_id\":\"[^\"]+\"", "");
    }
}
