package dev.roster.platform.database;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that goes away under the running service, and comes back. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class DatabaseAwayTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FOUND = "/api/v1/users/ann";

    /** How the database goes. */
    enum Away {
        // Answered at once; the rest is for slow machines, and below what a dead connection takes
        REFUSING(Duration.ofSeconds(9)) {
            @Override
            void take(DatabaseProxy proxy) {
                proxy.refuse();
            }
        },
        // Ten seconds until a connection counts as dead, and the wait for a new one
        SILENT(Duration.ofSeconds(20)) {
            @Override
            void take(DatabaseProxy proxy) {
                proxy.fallSilent();
            }
        };

        private final Duration answered;

        Away(Duration answered) {
            this.answered = answered;
        }

        abstract void take(DatabaseProxy proxy);
    }

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private DatabaseProxy proxy;

    private TestClient admin;
    private String token;

    @BeforeEach
    void makeRows() {
        admin = admin();
        token = admin.token();
    }

    private static TestClient admin() {
        TestOrganization organization = TestOrganization.create();
        TestRows.person(organization, "ann", Role.MEMBER);
        TestRows.group(organization, "staff");
        return organization.client(Role.ADMIN);
    }

    @AfterEach
    void restore() {
        proxy.restore();
        awaitAnswers();
    }

    @ParameterizedTest
    @EnumSource(Away.class)
    void whenTheDatabaseIsAwayThenUnavailableQuickly(Away away) {
        // What runs for the first time takes longer, which is not what is looked at
        requests(admin().token()).forEach(Http::send);
        // Open connections are worse than none: they have to be found dead
        assertEquals(Set.of(200), Set.copyOf(Http.statusesAtOnce(Collections.nCopies(10, find()))));
        away.take(proxy);
        List<HttpResponse<String>> answers = timed(requests(token), away.answered);
        for (HttpResponse<String> answer : answers) {
            String what = answer.request().method() + " " + answer.uri() + ": " + answer.body();
            assertEquals(503, answer.statusCode(), what);
            assertTrue(answer.headers().firstValue("Retry-After").isPresent(), what);
            JsonPath body = JsonPath.from(answer.body());
            assertEquals("unavailable", body.getString("code"), what);
            assertEquals(503, body.getInt("status"), what);
            assertEquals(answer.headers().firstValue("X-Request-Id").orElseThrow(), body.getString("request_id"));
        }
    }

    @ParameterizedTest
    @EnumSource(Away.class)
    void whenTheDatabaseIsAwayThenNoTokenEither(Away away) {
        away.take(proxy);
        Response answer = admin.grant();
        assertEquals(503, answer.statusCode(), answer.asString());
        assertTrue(answer.header("Retry-After").matches("[1-9][0-9]*"));
        assertTrue(answer.contentType().startsWith("application/json"));
    }

    @ParameterizedTest
    @EnumSource(Away.class)
    void whenTheDatabaseIsBackThenAnswersWithoutARestart(Away away) {
        away.take(proxy);
        assertEquals(503, Http.send(find()).statusCode());
        proxy.restore();
        awaitAnswers();
        List<Integer> statuses = new ArrayList<>();
        for (HttpRequest request : requests(token)) {
            statuses.add(Http.send(request).statusCode());
        }
        assertEquals(List.of(200, 200, 200, 201, 200, 200, 200, 200, 200, 204), statuses);
    }

    /** No request tells of it: without a replica that is ready none comes. */
    @ParameterizedTest
    @EnumSource(Away.class)
    void whenTheDatabaseIsAwayThenTheMetricSaysSoUntilItIsBack(Away away) {
        assertEquals(1, writable());
        away.take(proxy);
        Eventually.holds(() -> writable() == 0);
        proxy.restore();
        Eventually.holds(() -> writable() == 1);
    }

    /** As above; it has not gone, so that no connection is lost. */
    @Test
    void whenTheDatabaseLetsNobodyInAnyMoreThenTheMetricSaysSoUntilItDoes() {
        assertEquals(1, writable());
        proxy.lock();
        Eventually.holds(() -> writable() == 0);
        proxy.restore();
        Eventually.holds(() -> writable() == 1);
        assertEquals(200, Http.send(find()).statusCode());
    }

    private double writable() {
        return given().get(metrics)
                .asString()
                .lines()
                .filter(line -> line.startsWith("roster_db_writable "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenARequestNeedsNoDatabaseThenItIsAnswered() {
        proxy.refuse();
        assertEquals(200, given().get("/oauth2/jwks").statusCode());
        assertEquals(401, given().get("/api/v1/users").statusCode());
    }

    private HttpRequest find() {
        return Http.request(token, "GET", FOUND, null);
    }

    private static List<HttpRequest> requests(String token) {
        return List.of(
                Http.request(token, "GET", FOUND, null),
                Http.request(token, "GET", "/api/v1/users", null),
                Http.request(token, "GET", "/api/v1/users?limit=10&q=a", null),
                Http.request(token, "POST", "/api/v1/users", "{\"name\":\"bob\"}"),
                Http.request(token, "PATCH", "/api/v1/users/ann", "{\"display_name\":\"Ann\"}"),
                Http.request(token, "PUT", "/api/v1/users/ann/groups", "{\"add_to_groups\":[\"staff\"]}"),
                Http.request(token, "GET", "/api/v1/users/me/settings", null),
                Http.request(token, "PATCH", "/api/v1/users/me/settings", "{\"theme\":\"dark\"}"),
                Http.request(token, "GET", "/api/v1/groups", null),
                Http.request(token, "DELETE", "/api/v1/users/me/sessions", null));
    }

    private static List<HttpResponse<String>> timed(List<HttpRequest> requests, Duration limit) {
        long start = System.nanoTime();
        List<HttpResponse<String>> answers = Http.sendAtOnce(requests);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(limit) < 0, "answered after " + taken);
        return answers;
    }

    private void awaitAnswers() {
        long end = System.nanoTime() + SOON.toNanos();
        int status = 0;
        // The requests end with one that ends the access of the token
        while (status != 200 && status != 401) {
            assertTrue(System.nanoTime() < end, "still " + status + " after " + SOON);
            status = Http.send(find()).statusCode();
        }
    }
}
