package dev.roster.operation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform asks, on a port of its own. */
@QuarkusTest
class HealthTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ParameterizedTest
    @CsvSource({
        "live, event loop",
        "ready, Graceful Shutdown|database|keys|migrations|revocations",
        "started, start"
    })
    void whenAllIsWellThenEveryCheckIsUp(String kind, String names) {
        JsonPath answer =
                given().get(management.resolve("health/" + kind))
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        assertEquals("UP", answer.getString("status"));
        assertEquals(
                Set.of(names.split("\\|")), new TreeSet<>(answer.<String>getList("checks.name")));
        assertEquals(Set.of("UP"), Set.copyOf(answer.getList("checks.status")));
    }

    @Test
    void whenAskedThenNothingButNamesAndStatusIsTold() {
        JsonPath answer = given().get(management.resolve("health")).jsonPath();
        for (Map<String, ?> check : answer.<Map<String, ?>>getList("checks")) {
            assertEquals(Set.of("name", "status"), check.keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/ready", "/q/metrics"})
    void whenAskedOnThePortOfTheApiThenNothingIsThere(String path) {
        given().get(path).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi", "swagger-ui/"})
    void whenTheDocumentIsAskedThenOnThePortOfTheApiOnly(String path) {
        given().get("/q/" + path).then().statusCode(200);
        given().get(management.resolve(path)).then().statusCode(404);
    }
}
