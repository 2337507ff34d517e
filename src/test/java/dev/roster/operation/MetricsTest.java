package dev.roster.operation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Eventually;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads. */
@QuarkusTest
class MetricsTest {
    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private final TestClient admin = TestOrganization.create().client(Role.ADMIN);

    @ParameterizedTest
    @CsvSource({
        "Bearer, /api/v1/users/nobody, roster-v1, 404, /api/v1/users/{name}",
        "UserKey, /api/v1/users/no@example.com, kubiya, 404, /api/v1/users/{email}",
        "UserKey, /api/v2/users, kubiya, 200, /api/v2/users",
        "Bearer, /users, zenml, 200, /users",
        "Bearer, /oauth2/jwks, oauth2, 200, /oauth2/jwks",
        "Bearer, /nothing/here, none, 404, NOT_FOUND",
    })
    void whenRequestIsAnsweredThenCountedByContractAndRoute(
            String scheme, String path, String contract, String status, String route) {
        given().header("Authorization", scheme + " " + admin.token()).get(path);
        assertCounted("contract=\"" + contract + "\"", "status=\"" + status + "\"", "uri=\"" + route + "\"");
    }

    @Test
    void whenTokenIsMissingThenTheRouteIsKnownAllTheSame() {
        given().get("/api/v1/groups/any");
        assertCounted("status=\"401\"", "contract=\"roster-v1\"");
    }

    /** Waits: a request is counted after its answer has gone. */
    private void assertCounted(String... tags) {
        Eventually.holds(
                () -> requests().stream().anyMatch(line -> Stream.of(tags).allMatch(line::contains)), this::requests);
    }

    @Test
    void whenPathsAndMethodsAreInventedThenTheyShareOneValue() {
        List<String> tooLong = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            given().get("/invented-" + i);
            given().get("/api/v1/users/invented-" + i + "/invented-" + i);
            String rest = " /invented-" + i + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
            RawHttp.send("INVENTED" + i + rest + "\r\n");
            tooLong.add("POST" + rest + "Content-Length: 99999999999\r\n\r\n");
        }
        // The server waits a second for the end of each
        AtOnce.all(tooLong.size(), i -> RawHttp.send(tooLong.get(i)));
        assertEquals(
                List.of(),
                requests().stream()
                        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).contains("invented"))
                        .toList());
        assertFalse(requests().stream().anyMatch(line -> line.contains("/-/")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache_gets_total{cache=\"verified_tokens\",result=\"hit\"",
                "roster_db_pool_active",
                "roster_db_pool_waiting",
                "roster_db_pool_wait_seconds_count",
                "roster_db_writable 1.0",
                "roster_outbox_depth",
                "roster_invites_pending",
                "roster_sessions_open",
                "roster_revocations_lag",
                "roster_revocations_size",
                "roster_revocations_resyncs_total",
            })
    void whenScrapedThenThere(String metric) {
        assertTrue(scrape().contains("\n" + metric), metric);
    }

    @Test
    void whenScrapedThenThePoolIsCountedOnce() {
        assertFalse(scrape().contains("\nsql_"));
    }

    /** Or the service would count itself full one day. */
    @Test
    void whenARequestIsAnsweredBeforeItsBodyIsReadThenItsConnectionIsCountedNoMore() {
        double before = connections();
        for (String path : List.of("/api/v1/users", "/nothing/here", "/oauth2/token")) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
            AtOnce.all(20, i -> RawHttp.send(head + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"));
            AtOnce.all(20, i -> RawHttp.send(head + "Content-Length: 90000\r\n\r\n{}"));
        }
        Eventually.holds(() -> connections() < before + 5);
    }

    private double connections() {
        return scrape().lines()
                .filter(line -> line.startsWith("vertx_http_connections_current"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private List<String> requests() {
        return scrape().lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .toList();
    }

    private String scrape() {
        return given().get(metrics).then().statusCode(200).extract().asString();
    }
}
