package dev.roster.api.v1;

import static dev.roster.api.v1.V1.API_KEYS;
import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are no request, sent to every operation that takes one: refused, nothing written. */
@QuarkusTest
@Tag("packaged")
class BadBodyTest extends BadRequests {
    private static final String MALFORMED = "The body is not well-formed JSON at line ";
    private static final String NOT_UTF8 = "The body must be UTF-8 text without NUL.";
    private static final String TOO_DEEP =
            "must not be nested deeper than 20 levels, or have huge or more than 50000 tokens";

    static Stream<Arguments> operations() {
        return Stream.of(
                arguments("POST", USERS),
                arguments("PATCH", USERS + "/x"),
                arguments("PATCH", USERS + "/x/profile"),
                arguments("PUT", USERS + "/x/groups"),
                arguments("POST", GROUPS),
                arguments("PATCH", GROUPS + "/x"),
                arguments("POST", SERVICE_ACCOUNTS),
                arguments("PATCH", SERVICE_ACCOUNTS + "/y"),
                arguments("PUT", SERVICE_ACCOUNTS + "/y/groups"),
                arguments("POST", SERVICE_ACCOUNTS + "/y/secrets"),
                arguments("POST", API_KEYS),
                arguments("POST", SERVICE_ACCOUNTS + "/y/token"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenNoJsonThenMalformed(String method, String path) {
        for (String body : List.of(
                "{",
                "{'display_name': 'x'",
                "{'display_name': 'x",
                "{'display_name'}",
                "{'display_name': NaN}",
                "{display_name: 1}",
                "{'display_name': 'x',}",
                "{'display_name': 'a\nb'}",
                "{'display_name': '\\x'}",
                "{'display_name': 01}",
                "{'\\ud800': 1}",
                "{} x",
                "{}]",
                "/**/{}",
                "hello")) {
            Response answer = admin.send(method, path, body);
            String detail = answer.path("detail");
            assertEquals(MALFORMED, detail.replaceFirst("line .*$", "line "), body);
            assertProblem(answer, 400, "malformed_json", detail);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenNoObjectThenRefused(String method, String path) {
        for (String body : List.of("[]", "[{}]", "'x'", "1", "true")) {
            assertInvalid(admin.send(method, path, body), "body", "must be a JSON object");
        }
        for (String body : List.of("{}{}", "{} 1", "{} null")) {
            assertInvalid(admin.send(method, path, body), "body", "must be one JSON object, with nothing behind it");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenEmptyOrNullThenRequired(String method, String path) {
        if (path.endsWith("/token")) {
            return; // Its body is optional.
        }
        for (String body : List.of("", "null", "  ")) {
            assertInvalid(admin.send(method, path, body), "body", "is required");
        }
        Response answer = admin.request().contentType("application/json").request(method, path);
        assertInvalid(answer, "body", "is required");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenFieldIsUnknownThenNamed(String method, String path) {
        for (String field : List.of("nmae", "id", "displayName", "DISPLAY_NAME", "")) {
            assertInvalid(admin.send(method, path, "{'" + field + "': null}"), field, "is not a field of this request");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenFieldComesTwiceThenNamed(String method, String path) {
        if (takesMetadata(path)) {
            assertInvalid(
                    admin.send(method, path, "{'metadata': null, 'metadata': null}"),
                    "metadata",
                    "must be given only once");
            assertInvalid(
                    admin.send(method, path, "{'metadata': {'k': '1', 'k': '2'}}"), "k", "must be given only once");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenNestedDeeplyThenRefused(String method, String path) {
        String deep = "{'metadata': " + "[".repeat(21) + "]".repeat(21) + "}";
        if (takesMetadata(path)) {
            assertInvalid(admin.send(method, path, deep), "body", TOO_DEEP);
        }
        String endless = "[".repeat(100_000);
        assertInvalid(admin.send(method, path, endless), "body", "must be a JSON object");
    }

    /** A megabyte of them would be thirty, and a body of thirty forms like that the end of a small service. */
    @ParameterizedTest
    @MethodSource("operations")
    void whenValuesAreManyThenRefused(String method, String path) {
        if (takesMetadata(path)) {
            assertInvalid(
                    admin.send(method, path, "{'metadata': {'k': [" + "{},".repeat(300_000) + "1]}}"),
                    "body",
                    TOO_DEEP);
        }
    }

    /** Numbers are measured as they are read, and no further than they are refused for. */
    @Test
    void whenNumbersAreLongWrittenOutThenTheirLengthIsRefused() {
        assertInvalid(
                admin.patch(USERS + "/me/settings", "{'k': [" + "1e308,".repeat(20_000) + "1]}"),
                "settings",
                "must be at most 32768 bytes as JSON");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenANumberIsBeyondAllOthersThenItsFieldIsNamed(String method, String path) {
        for (String number : List.of("1e99999999999", "-1.5E+99999999999", "1e-99999999999", "0e99999999999")) {
            if (takesMetadata(path)) {
                String required = method.equals("POST") ? "'name': 'new', " : "";
                assertInvalid(
                        admin.send(method, path, "{" + required + "'metadata': {'k': " + number + "}}"),
                        "metadata.k",
                        "must be a string of at most 500 bytes, without NUL and broken surrogates, or null");
            }
            String name = method.equals("POST") && !path.endsWith("/token") ? "name" : "display_name";
            Response answer = admin.send(method, path, "{'" + name + "': " + number + "}");
            assertEquals(400, answer.statusCode(), answer.asString());
            assertEquals("invalid_request", answer.path("code"), answer.asString());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenNotUtf8ThenRefused(String method, String path) {
        for (byte[] body : List.of(
                latin1("{\"display_name\": \"\u00e9\"}"),
                latin1("{\"display_name\": \"\u00c1\u0081\"}"),
                latin1("{\"display_name\": \"\u00c0\u0080\"}"),
                latin1("{\"display_name\": \"\u00ed\u00a0\u0080\"}"),
                latin1("{\"display_name\": \"\u00f5\u0080\u0080\u0080\"}"),
                latin1("{\"display_name\": \"\u00e2\u0082"),
                latin1("{\"display_name\": \"a\0b\"}"),
                "{}".getBytes(StandardCharsets.UTF_16),
                "{}".getBytes(StandardCharsets.UTF_16LE),
                latin1("\0\0\0{\0\u0011\0\0"))) {
            Response answer = admin.request()
                    .header("Content-Type", "application/json")
                    .body(body)
                    .request(method, path);
            assertProblem(answer, 400, "malformed_json", NOT_UTF8);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenLargerThanAMegabyteThenTooLarge(String method, String path) {
        String body = "{'display_name': '" + "a".repeat(2_000_000) + "'}";
        assertProblem(admin.send(method, path, body), 413, "payload_too_large", "The body is too large.");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenNotJsonMediaTypeThenUnsupported(String method, String path) {
        for (String type : List.of(
                "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/merge-patch+json")) {
            Response answer =
                    admin.request().header("Content-Type", type).body("{}").request(method, path);
            assertProblem(answer, 415, "unsupported_media_type", "The body must be application/json.");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whenAnswerMustBeXmlThenNotAcceptable(String method, String path) {
        for (String type : List.of("text/xml", "text/*, image/png", "nonsense")) {
            Response answer = admin.request()
                    .header("Accept", type)
                    .header("Content-Type", "application/json")
                    .body("{}")
                    .request(method, path);
            assertProblem(answer, 406, "not_acceptable", "The answer is not available in a type that Accept names.");
        }
    }

    private static boolean takesMetadata(String path) {
        return path.matches("/api/v1/[a-z-]+(/[xy])?") && !path.equals(API_KEYS);
    }

    private static byte[] latin1(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }
}
