package dev.roster.api.v1;

import static dev.roster.testing.JsonAnswer.assertBody;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A caller of Roster v1. Paths are sent as they are written, percent-encoded by the test. */
final class V1 {
    static final String USERS = "/api/v1/users";
    static final String GROUPS = "/api/v1/groups";
    static final String SERVICE_ACCOUNTS = "/api/v1/service-accounts";
    static final String API_KEYS = "/api/v1/api-keys";

    private static final RestAssuredConfig AS_WRITTEN = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset("UTF-8")
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final Supplier<String> source;
    private String token;

    private V1(Supplier<String> source) {
        this.source = source;
    }

    V1(String token) {
        this(() -> token);
    }

    /** The administrator of an organization. */
    static V1 admin(TestOrganization organization) {
        return of(organization.client(Role.ADMIN));
    }

    /** An account, which gets its token when it is first used. */
    static V1 of(TestClient client, String... scopes) {
        return new V1(() -> client.token(scopes));
    }

    String token() {
        if (token == null) {
            token = source.get();
        }
        return token;
    }

    RequestSpecification request() {
        return given().config(AS_WRITTEN).urlEncodingEnabled(false).header("Authorization", "Bearer " + token());
    }

    Response get(String path) {
        return request().get(path);
    }

    /** All rows, save for when accounts were last seen: that is noted a little later. */
    String everything() {
        return Stream.of(USERS, GROUPS, SERVICE_ACCOUNTS, API_KEYS)
                .map(path -> get(path).asString())
                .collect(Collectors.joining())
                .replaceAll("\"last_seen_at\":\"[^\"]*\",?", "");
    }

    Response post(String path, String json) {
        return send("POST", path, json);
    }

    Response patch(String path, String json) {
        return send("PATCH", path, json);
    }

    Response put(String path, String json) {
        return send("PUT", path, json);
    }

    Response delete(String path) {
        return request().delete(path);
    }

    /** Sends a body, in which single quotes stand for double ones. */
    Response send(String method, String path, String json) {
        return request()
                .contentType("application/json")
                .body(json.replace('\'', '"'))
                .request(method, path);
    }

    /** Sends a change that must start from a version. */
    Response ifMatch(String method, String path, String tag, String json) {
        RequestSpecification request = request().header("If-Match", tag);
        return method.equals("DELETE")
                ? request.delete(path)
                : request.contentType("application/json")
                        .body(json.replace('\'', '"'))
                        .request(method, path);
    }

    Response createUser(String name) {
        return created(post(USERS, "{'name': '" + name + "'}"));
    }

    Response createGroup(String name) {
        return created(post(GROUPS, "{'name': '" + name + "'}"));
    }

    Response createServiceAccount(String name) {
        return created(post(SERVICE_ACCOUNTS, "{'name': '" + name + "'}"));
    }

    /** Fails unless the answer is this error, with these fields, in the whole documented body. */
    static void assertProblem(Response answer, int status, String code, String detail, String... fields) {
        String invalid = Arrays.stream(fields)
                .map(field -> "'" + field + "'")
                .collect(Collectors.joining(", ", "'invalid_fields': [", "], "));
        assertBody(answer, """
                {'type': 'urn:roster:problem:%s', 'title': '<text>', 'status': %d, 'detail': "%s", 'code': '%s', %s
                 'request_id': '%s'}""".formatted(
                        code, status, detail, code, fields.length == 0 ? "" : invalid, answer.header("X-Request-Id")));
        assertEquals(status, answer.statusCode());
        assertEquals("application/json", answer.contentType());
    }

    /** Fails unless the answer refuses one field with this rule. */
    static void assertInvalid(Response answer, String field, String rule) {
        assertProblem(answer, 400, "invalid_request", field + ": " + rule + ".", field);
    }

    private static Response created(Response answer) {
        assertEquals(201, answer.statusCode(), answer.asString());
        return answer;
    }
}
