package dev.roster.access.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long tokens live that were got with another one. */
@QuarkusTest
class DerivedTokensTest {
    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenOneAsksForAnotherMuchLaterThenThatEndsWithIt() {
        String first = derived(organization.token(Role.MEMBER));
        clock.advance(Duration.ofMinutes(40));
        assertEquals(end(first), end(derived(first)));
    }

    private static String derived(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/auth/api_token")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replace("\"", "");
    }

    private static long end(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return new JsonObject(new String(claims, StandardCharsets.UTF_8)).getLong("exp");
    }
}
