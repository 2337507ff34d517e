package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.testing.Http;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is beyond a limit that an operator has set is answered, and clearly. */
@QuarkusTest
@TestProfile(LimitsTest.Narrow.class)
class LimitsTest {

    /** Limits that are soon reached. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "roster.db.pool.size", "1",
                    "roster.db.pool.queue", "2",
                    "roster.http.max-uri", "1500",
                    "roster.http.max-headers", "3000",
                    "roster.http.body-timeout", "1S",
                    "quarkus.http.limits.max-body-size", "2K");
        }
    }

    private final TestClient admin = TestOrganization.create().client(Role.ADMIN);

    @Test
    void whenTheQueueOfTheDatabaseIsFullThenUnavailable() {
        var request = Http.request(admin.token(), "GET", "/api/v1/users?limit=10", null);
        List<HttpResponse<String>> answers = Http.sendAtOnce(Collections.nCopies(60, request));
        Map<Integer, List<HttpResponse<String>>> byStatus =
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode));
        assertEquals(Set.of(200, 503), byStatus.keySet());
        for (HttpResponse<String> refused : byStatus.get(503)) {
            assertTrue(refused.headers().firstValue("Retry-After").isPresent());
            assertEquals("unavailable", JsonPath.from(refused.body()).getString("code"));
        }
    }

    @Test
    void whenTheBodyDoesNotComeThenTimeout() {
        assertRefused(
                408,
                "request_timeout",
                "POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + admin.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    }

    @Test
    void whenTheHeadersAreTooLargeThenRefused() {
        assertRefused(
                431,
                "headers_too_large",
                "GET /api/v1/users HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(3000) + "\r\n\r\n");
    }

    @Test
    void whenTheUriIsTooLongThenRefused() {
        assertRefused(
                414,
                "uri_too_long",
                "GET /api/v1/users?q=" + "x".repeat(1500) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @Test
    void whenTheBodyIsTooLargeThenRefused() {
        assertRefused(
                413,
                "payload_too_large",
                "POST /api/v1/users HTTP/1.1\r\nHost: x\r\nContent-Length: 2100\r\n\r\n"
                        + "x".repeat(2100));
    }

    private static void assertRefused(int status, String code, String request) {
        RawHttp.Answer answer = RawHttp.send(request);
        assertEquals(status, answer.status(), answer.head());
        JsonPath body = JsonPath.from(answer.body());
        assertEquals(code, body.getString("code"));
        assertEquals(answer.header("X-Request-Id"), body.getString("request_id"));
    }
}
