package dev.roster.operation;

import static io.restassured.RestAssured.given;

import dev.roster.testing.Probe;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform asks, on a port of its own. */
@QuarkusTest
class HealthTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void whenAllIsWellThenEveryCheckIsUpAndNothingElseIsTold(String kind) throws InterruptedException {
        new Probe(management).assertAnswer(kind);
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
