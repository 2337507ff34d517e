package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that reach no operation: answered in the documented body all the same. */
@QuarkusTest
@Tag("packaged")
class BadRequestTest {
    private static final String NOT_A_URI = "uri: must be percent-encoded UTF-8 (RFC 3986).";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT|/api/v1/users|GET, HEAD, POST",
                "DELETE|/api/v1/users|GET, HEAD, POST",
                "NONSENSE|/api/v1/users|GET, HEAD, POST",
                "POST|/api/v1/users/x|DELETE, GET, HEAD, PATCH",
                "GET|/api/v1/users/x/profile|PATCH",
                "POST|/api/v1/users/x/groups|PUT",
                "PUT|/api/v1/users/me/settings|GET, HEAD, PATCH",
                "PUT|/api/v1/users/me/sessions|DELETE, GET, HEAD",
                "GET|/api/v1/users/me/sessions/1|DELETE",
                "PUT|/api/v1/users/x/sessions|DELETE, GET, HEAD",
                "PATCH|/api/v1/groups|GET, HEAD, POST",
                "PUT|/api/v1/groups/x|DELETE, GET, HEAD, PATCH",
                "DELETE|/api/v1/service-accounts|GET, HEAD, POST",
                "POST|/api/v1/service-accounts/x|DELETE, GET, HEAD, PATCH",
                "GET|/api/v1/service-accounts/x/groups|PUT",
                "GET|/api/v1/service-accounts/x/token|POST",
                "PUT|/api/v1/service-accounts/x/secrets|GET, HEAD, POST",
                "GET|/api/v1/service-accounts/x/secrets/1|DELETE",
                "DELETE|/api/v1/api-keys|GET, HEAD, POST",
                "PATCH|/api/v1/api-keys/1|DELETE, GET, HEAD",
                "DELETE|/api/v1/organizations|GET, HEAD, POST"
            })
    void whenMethodIsNotAllowedThenAllow(String method, String path, String allow) {
        Response answer = admin.request().request(method, path);
        assertProblem(answer, 405, "method_not_allowed", "The method is not allowed here.");
        assertEquals(allow, answer.header("Allow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/users|GET, HEAD, OPTIONS, POST",
                "/api/v1/users/x|DELETE, GET, HEAD, OPTIONS, PATCH",
                "/api/v1/users/x/profile|OPTIONS, PATCH",
                "/api/v1/users/me/settings|GET, HEAD, OPTIONS, PATCH",
                "/api/v1/service-accounts/x/token|OPTIONS, POST",
                "/api/v1/invites/accept|OPTIONS, POST",
                "/api/v1/users/|GET, HEAD, OPTIONS",
                "/api/v1/users/x/|GET, HEAD, OPTIONS",
                "/oauth2/token|OPTIONS, POST",
                "/oauth2/jwks|GET, HEAD, OPTIONS"
            })
    void whenOptionsThenTheMethodsOfThePathAlone(String path, String allow) {
        Response answer = RestAssured.given().options(path);
        assertEquals(200, answer.statusCode());
        assertEquals(allow, answer.header("Allow"));
        assertEquals("", answer.body().asString());
    }

    /** Of no language, or of none that there is: rules are told in English. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "de,-", "-;q=0.1", "--", "de", "x", ";;;", "*"})
    void whenALanguageIsAskedForThenTheRuleIsToldAllTheSame(String language) {
        Response answer = RestAssured.given()
                .auth()
                .oauth2(organization.token(Role.ADMIN))
                .header("Accept-Language", language)
                .contentType("application/json")
                .body("{\"name\": \"\"}")
                .post(USERS);
        assertEquals(400, answer.statusCode(), answer.asString());
        assertTrue(answer.asString().contains("\"detail\":\"name: must be 1 to 100 characters"), answer.asString());
    }

    /** Neither is there anything to read at them. */
    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/nothing", "/api/v1/users/x/profile/", "/api/v1/nothing"})
    void whenAPathHasNoMethodThenThereAreNoOptions(String path) {
        assertProblem(
                RestAssured.given().noFilters().options(path), 404, "not_found", "There is nothing at this path.");
    }

    /** That of the endpoint, as all that is told of it. */
    @Test
    void whenAPathIsAnEndpointButForItsSlashThenItsContractSaysThatThereAreNoOptions() {
        Response answer = RestAssured.given().noFilters().options("/oauth2/token/");
        assertEquals(404, answer.statusCode());
        assertJson(
                answer.asString(), "{'error':'invalid_request','error_description':'There is nothing at this path.'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1",
                "/",
                "/api/v9/users",
                USERS + "/x/nothing",
                USERS + "/x/groups/y",
                GROUPS + "/x/y",
                SERVICE_ACCOUNTS + "/x/y"
            })
    void whenRouteIsUnknownThenNotFound(String path) {
        assertProblem(admin.get(path), 404, "not_found", "There is nothing at this path.");
    }

    @ParameterizedTest
    @ValueSource(strings = {USERS, GROUPS, SERVICE_ACCOUNTS, USERS + "/me", USERS + "/me/settings"})
    void whenNoTokenThenChallenge(String path) {
        Response answer = RestAssured.get(path);
        assertProblem(answer, 401, "invalid_token", "A valid access token is required.");
        assertEquals("Bearer realm=\"roster\"", answer.header("WWW-Authenticate"));
    }

    @Test
    void whenTokenLacksTheScopeThenForbidden() {
        V1 reader = new V1(TestOrganization.create().token(Role.ADMIN, "users:read"));
        Response answer = reader.post(USERS, "{'name': 'ann'}");
        assertProblem(answer, 403, "insufficient_scope", "The token does not carry the scope this needs.");
        assertEquals(
                "Bearer realm=\"roster\", error=\"insufficient_scope\", scope=\"users:write\"",
                answer.header("WWW-Authenticate"));
    }

    @Test
    void whenRequestIdIsGivenThenItComesBack() {
        Response answer = admin.request().header("X-Request-Id", "abc-1").get(USERS + "/nobody");
        assertEquals("abc-1", answer.path("request_id"));
        assertProblem(answer, 404, "user_not_found", "User not found.");
        for (String odd : new String[] {"a b", "<x>", "x".repeat(129)}) {
            Response own = admin.request().header("X-Request-Id", odd).get(USERS + "/nobody");
            assertProblem(own, 404, "user_not_found", "User not found.");
            assertEquals(36, own.<String>path("request_id").length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/a%",
                "/a%4",
                "/%ff",
                "/%C0%AF",
                "/%ED%A0%80",
                "?q=%zz",
                "?q=%ff",
                "/a|b",
                "/{a}",
                "/a\\b"
            })
    void whenUriIsMalformedThenRefused(String end) {
        for (String path : new String[] {USERS, GROUPS, SERVICE_ACCOUNTS, "/nothing"}) {
            for (String method : new String[] {"GET", "PATCH"}) {
                assertRefused(raw(method, path + end, "", ""), 400, "invalid_request", NOT_A_URI, "uri");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "DELETE", "POST"})
    void whenPathHasNulThenRefused(String method) {
        for (String path : new String[] {USERS, GROUPS, SERVICE_ACCOUNTS}) {
            assertRefused(
                    raw(method, path + "/a%00b", "", "{}"),
                    400,
                    "invalid_request",
                    "path: must not contain NUL.",
                    "path");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 20_000, 100_000})
    void whenUriIsTooLongThenRefused(int length) {
        assertRefused(
                raw("GET", USERS + "/" + "a".repeat(length), "", ""),
                414,
                "uri_too_long",
                "The URI of the request is too long.");
    }

    @ParameterizedTest
    @ValueSource(ints = {17_000, 100_000})
    void whenHeadersAreTooLargeThenRefused(int length) {
        assertRefused(
                raw("GET", USERS, "X-Long: " + "a".repeat(length) + "\r\n", ""),
                431,
                "headers_too_large",
                "The headers of the request are too large.");
    }

    @Test
    void whenHostIsMissingThenRefused() {
        assertRefused(
                RawHttp.send("GET " + USERS + " HTTP/1.1\r\nConnection: close\r\n\r\n"),
                400,
                "invalid_request",
                "The request is not valid.");
    }

    @Test
    void whenChunkedBodyIsLargeThenTooLarge() {
        String chunk = "80000\r\n" + "a".repeat(0x80000) + "\r\n";
        assertRefused(
                RawHttp.send(head("POST", USERS, "Transfer-Encoding: chunked\r\n") + chunk.repeat(4) + "0\r\n\r\n"),
                413,
                "payload_too_large",
                "The body is too large.");
    }

    @Test
    void whenChunkedBodyIsSmallThenTaken() {
        RawHttp.Answer answer = RawHttp.send(head("POST", USERS, "Transfer-Encoding: chunked\r\n")
                + "8\r\n{\"name\":\r\n6\r\n \"ann\"\r\n1\r\n}\r\n0\r\n\r\n");
        assertEquals(201, answer.status(), answer.body());
    }

    private RawHttp.Answer raw(String method, String path, String headers, String body) {
        return RawHttp.send(head(method, path, headers + "Content-Length: " + body.length() + "\r\n") + body);
    }

    private String head(String method, String path, String headers) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + admin.token()
                + "\r\nContent-Type: application/json\r\n"
                + headers
                + "\r\n";
    }

    private static void assertRefused(RawHttp.Answer answer, int status, String code, String detail, String... fields) {
        assertJson(answer.body(), """
                {'type': 'urn:roster:problem:%s', 'title': '<text>', 'status': %d, 'detail': '%s', 'code': '%s', %s
                 'request_id': '%s'}""".formatted(
                        code,
                        status,
                        detail,
                        code,
                        fields.length == 0 ? "" : "'invalid_fields': ['" + fields[0] + "'],",
                        answer.header("X-Request-Id")));
        assertEquals(status, answer.status());
        assertEquals("application/json", answer.header("Content-Type"));
    }
}
