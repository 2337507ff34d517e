package dev.roster.operation;

import static dev.roster.testing.JsonAnswer.assertJson;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands behind more parameters than are read is not left out of a query without a word. */
@QuarkusTest
class LongQueriesTest {
    private static final String RULE = "The query must have at most 1024 parameters.";

    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /api/v1/users        | Bearer  | 400 | {'type': 'urn:roster:problem:invalid_request', 'status': 400,"
                        + " 'title': 'The request is not valid', 'detail': '%s', 'code': 'invalid_request',"
                        + " 'request_id': '<uuid>'}",
                "POST | /api/v1/users/import | Bearer  | 400 | {'type': 'urn:roster:problem:invalid_request', 'status': 400,"
                        + " 'title': 'The request is not valid', 'detail': '%s', 'code': 'invalid_request',"
                        + " 'request_id': '<uuid>'}",
                "GET  | /api/v1/users        | UserKey | 400 | {'error': {'code': 'invalid_request', 'message': '%s',"
                        + " 'details': {}}}",
                "GET  | /users               | Bearer  | 400 | {'detail': ['ValueError', '%s']}",
                "GET  | /api/v1/app/users    | Bearer  | 422 | {'code': 'invalid_request', 'message': '%s'}"
            })
    void whenAQueryHasMoreThanAreReadThenRefused(String method, String path, String scheme, int status, String body) {
        RawHttp.Answer answer = send(method, path + "?" + parameters(1024) + "&dry_run=true", scheme);
        assertEquals(status, answer.status(), answer.body());
        assertJson(answer.body(), body.formatted(RULE));
        assertEquals(0L, count());
    }

    @Test
    void whenAQueryHasAsManyAsAreReadThenTheLastCountsToo() {
        for (String text : new String[] {"", ";".repeat(2000)}) {
            String query = "?" + parameters(1023) + text + "&dry_run=true";
            RawHttp.Answer answer = send("POST", "/api/v1/users/import" + query, "Bearer");
            assertEquals(200, answer.status(), answer.body());
            assertEquals(0L, count());
        }
    }

    private long count() {
        return (long) Database.value(
                "SELECT count(*) FROM users WHERE organization_id = ? AND username = 'new'", organization.id());
    }

    private static String parameters(int number) {
        return IntStream.range(0, number).mapToObj(n -> "p" + n).collect(Collectors.joining("&"));
    }

    private RawHttp.Answer send(String method, String path, String scheme) {
        String body = method.equals("POST") ? "{\"name\":\"new\"}" : "";
        return RawHttp.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                + scheme + " " + organization.token(Role.ADMIN)
                + (body.isEmpty() ? "" : "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + body.length())
                + "\r\n\r\n" + body);
    }
}
