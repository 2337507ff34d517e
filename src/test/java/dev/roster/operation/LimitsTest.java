package dev.roster.operation;

import static dev.roster.testing.JsonAnswer.assertJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.roster.caller.Role;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.Probe;
import dev.roster.testing.RawHttp;
import dev.roster.testing.SlowReader;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
                    "roster.http.max-body", "2K");
        }
    }

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);

    /** A list of each contract, so many rows of it, and what it says instead. */
    static Stream<Arguments> lists() {
        return Stream.of(
                arguments("/api/v1/users?limit=", """
                        {'type': 'urn:roster:problem:unavailable', 'status': 503,
                         'title': 'The service is temporarily unavailable', 'detail': '%s',
                         'code': 'unavailable', 'request_id': '<uuid>'}"""),
                arguments("/api/v2/users?limit=", "{'error': {'code': 'unavailable', 'message': '%s', 'details': {}}}"),
                arguments("/users?limit=", "{'detail': '%s'}"),
                arguments("/api/v1/app/users?page_size=", "{'code': 'unavailable', 'message': '%s'}"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void whenTheQueueOfTheDatabaseIsFullThenUnavailable(String path, String body) throws Exception {
        Map<Integer, List<HttpResponse<String>>> byStatus;
        int tries = 0;
        do {
            // Once more where work of the service itself had all of the places
            byStatus = whileUsersAreLocked(path);
        } while (!byStatus.containsKey(200) && ++tries < 5);
        assertEquals(Set.of(200, 503), byStatus.keySet());
        for (HttpResponse<String> refused : byStatus.get(503)) {
            assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
            assertJson(refused.body(), body.formatted("The service is temporarily unavailable."));
        }
    }

    private Map<Integer, List<HttpResponse<String>>> whileUsersAreLocked(String path) throws Exception {
        String token = admin.token();
        // One more row each: the same list is read once for several
        List<HttpRequest> requests = IntStream.rangeClosed(1, 60)
                .mapToObj(rows -> Http.request(token, "GET", path + rows, null))
                .toList();
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (TableLock lock = new TableLock("users")) {
            answers = Http.begin(requests);
            lock.awaitWaiting();
            Eventually.holds(() -> answers.stream().anyMatch(CompletableFuture::isDone));
        }
        return answers.stream().map(CompletableFuture::join).collect(Collectors.groupingBy(HttpResponse::statusCode));
    }

    @Test
    void whenAllConnectionsAreBusyThenReadyAllTheSame() throws Exception {
        var request = Http.request(admin.token(), "GET", "/api/v1/users?limit=10", null);
        CompletableFuture<HttpResponse<String>> busy;
        try (TableLock lock = new TableLock("users")) {
            busy = CompletableFuture.supplyAsync(() -> Http.sendUntilServed(request));
            lock.awaitWaiting();
            new Probe(management).await("ready");
        }
        assertEquals(200, busy.join().statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users, 4000, u04000",
        "/api/v1/users?limit=1000&sort=name, 1000, u00990",
        "/users?limit=1000, 1000, u00990"
    })
    void whenAllConnectionsAreTakenInTheMiddleOfAListThenItGoesOnAfterwards(String path, int accounts, String last)
            throws Exception {
        // 15 MB and more, several times what the buffers of both sockets hold
        TestRows.persons(organization, "u", accounts, 15_000);
        try (SlowReader reader = new SlowReader(path, "application/json", admin.token())) {
            CompletableFuture<String> rest;
            try (TableLock lock = new TableLock("groups")) {
                List<CompletableFuture<HttpResponse<String>>> others = Http.begin(IntStream.rangeClosed(1, 60)
                        .mapToObj(rows -> Http.request(admin.token(), "GET", "/api/v1/groups?limit=" + rows, null))
                        .toList());
                lock.awaitWaiting();
                rest = CompletableFuture.supplyAsync(reader::rest);
                Eventually.holds(
                        () -> others.stream().filter(CompletableFuture::isDone).count() > 50);
                Thread.sleep(2_000);
            }
            String all = rest.join();
            assertTrue(all.contains("\"" + last + "\""));
            assertTrue(all.endsWith("0\r\n\r\n"));
        }
    }

    @Test
    void whenTheBodyDoesNotComeThenTimeout() {
        assertRefused(
                408,
                "request_timeout",
                "The body of the request did not come in time",
                "POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + admin.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    }

    @Test
    void whenTheHeadersAreTooLargeThenRefused() {
        assertRefused(
                431,
                "headers_too_large",
                "The headers of the request are too large",
                "GET /api/v1/users HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(3000) + "\r\n\r\n");
    }

    @Test
    void whenThereAreTooManyHeadersThenRefused() {
        assertRefused(
                431,
                "headers_too_large",
                "The headers of the request are too large",
                "GET /api/v1/users HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(200) + "\r\n");
    }

    @Test
    void whenTheUriIsTooLongThenRefused() {
        assertRefused(
                414,
                "uri_too_long",
                "The URI of the request is too long",
                "GET /api/v1/users?q=" + "x".repeat(1500) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @Test
    void whenTheBodyIsTooLargeThenRefused() {
        assertRefused(
                413,
                "payload_too_large",
                "The body is too large",
                "POST /api/v1/users HTTP/1.1\r\nHost: x\r\nContent-Length: 2100\r\n\r\n" + "x".repeat(2100));
    }

    private static void assertRefused(int status, String code, String title, String request) {
        RawHttp.Answer answer = RawHttp.send(request);
        assertEquals(status, answer.status(), answer.head());
        assertJson(answer.body(), """
                {'type': 'urn:roster:problem:%s', 'title': '%s', 'status': %d, 'detail': '%s.',
                 'code': '%s', 'request_id': '%s'}""".formatted(code, title, status, title, code, answer.header("X-Request-Id")));
    }
}
