package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is refused at the door, before or beside an operation, has the body of the contract that the
 * path belongs to.
 */
@QuarkusTest
class DoorRefusalsTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "code detail request_id status title type";

    /**
     * One operation with a body of each contract.
     *
     * @param members of every body of an error
     */
    record Door(String name, String method, String path, String type, String scheme, String members) {
        @Override
        public String toString() {
            return name + " " + path;
        }
    }

    static Stream<Door> doors() {
        String oauth = "error error_description";
        return Stream.of(
                new Door("roster", "POST", "/api/v1/users", JSON, "Bearer", PROBLEM),
                new Door("kubiya", "POST", "/api/v1/users/invite", JSON, "UserKey", "error"),
                new Door("decube", "POST", "/api/v1/app/user", JSON, "Bearer", "code message"),
                new Door("zenml", "PATCH", "/users/x", JSON, "Bearer", "detail"),
                new Door("zenml", "POST", "/auth/login", FORM, "Bearer", "detail"),
                new Door("oauth2", "POST", "/oauth2/token", FORM, "Bearer", oauth),
                new Door("oauth2", "POST", "/oauth2/introspect", FORM, "Bearer", oauth),
                new Door("oauth2", "POST", "/oauth2/revoke", FORM, "Bearer", oauth));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whenRefusedAtTheDoorThenInTheContractsBody(Door door) {
        String token = TestOrganization.create().token(Role.ADMIN);
        String head = door.method() + " " + door.path() + " HTTP/1.1\r\n";
        String rest =
                "Host: x\r\nAuthorization: %s %s\r\nContent-Type: %s\r\n".formatted(door.scheme(), token, door.type());
        Map<Integer, String> requests = new TreeMap<>();
        requests.put(400, head + rest + "Host: y\r\n\r\n");
        requests.put(405, head.replace(door.method(), "FOO") + rest + "\r\n");
        requests.put(413, head + rest + "Content-Length: 2000000\r\n\r\n");
        requests.put(414, head.replace(" HTTP", "?a=" + "a".repeat(9_000) + " HTTP") + rest + "\r\n");
        requests.put(431, head + rest + "A: " + "a".repeat(20_000) + "\r\n\r\n");
        if (door.type().equals(JSON)) {
            String small = "Content-Length: 2\r\n\r\n{}";
            requests.put(415, head + rest.replace(JSON, "text/plain") + small);
        }
        if (!door.path().endsWith("revoke")) { // whose answer is empty, and acceptable to everybody
            String small = "Content-Length: 2\r\n\r\n{}";
            requests.put(406, head + rest + "Accept: text/plain\r\n" + small);
        }
        List<String> wrong = new ArrayList<>();
        requests.forEach((status, request) -> check(wrong, door, status, request));
        assertEquals(List.of(), wrong);
    }

    /** Nothing here decodes a body: it must not be taken for what it says it is not (RFC 9110 section 8.4). */
    @ParameterizedTest
    @MethodSource("doors")
    void whenTheBodyIsEncodedThenRefusedByThat(Door door) {
        String request = "%s %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nAuthorization: %s %s\r\nContent-Encoding: "
                .formatted(
                        door.method(),
                        door.path(),
                        door.type(),
                        door.scheme(),
                        TestOrganization.create().token(Role.ADMIN));
        for (String codings : List.of("gzip", "BR", "identity, deflate", "identity\r\nContent-Encoding: gzip")) {
            for (String body :
                    List.of("Content-Length: 2\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")) {
                RawHttp.Answer answer = RawHttp.sendPart(request + codings + "\r\n" + body);
                assertEquals(415, answer.status(), codings);
                assertEquals("identity", answer.header("accept-encoding"));
                assertTrue(answer.body().contains("without a Content-Encoding, such as gzip"), answer.body());
                assertEquals(door.members(), members(answer.body()));
            }
        }
        RawHttp.Answer plain = RawHttp.sendPart(request + "identity\r\nContent-Length: 2\r\n\r\n{}");
        assertFalse(plain.status() == 415 || plain.head().contains("identity"), plain.head());
        // Nothing is encoded where nothing is
        RawHttp.Answer empty = RawHttp.sendPart("GET /api/v1 HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n\r\n");
        assertEquals(404, empty.status(), empty.head());
    }

    @Test
    void whenTheBodyIsEncodedThenNeitherImportedNorTakenForAForm() {
        String rest = " HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}";
        RawHttp.Answer imported = RawHttp.sendPart("POST /api/v1/users/import" + rest);
        assertEquals(415, imported.status(), imported.head());
        assertEquals(PROBLEM, members(imported.body()));
        RawHttp.Answer page = RawHttp.sendPart("POST /signin" + rest);
        assertEquals(415, page.status(), page.head());
        assertTrue(page.header("content-type").startsWith("text/html"), page.head());
    }

    private static void check(List<String> wrong, Door door, int status, String request) {
        RawHttp.Answer answer = RawHttp.sendPart(request);
        boolean isInvalid = door.name().equals("decube") && status == 400;
        String members = members(answer.body());
        if (answer.status() != (isInvalid ? 422 : status) || !members.equals(door.members())) {
            wrong.add(status + ": " + answer.status() + " " + answer.body());
        }
    }

    private static String members(String body) {
        Map<String, Object> json = JsonPath.from(body).getMap("$");
        return String.join(" ", new TreeMap<>(json).keySet());
    }
}
