package dev.roster.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.roster.caller.Role;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long after a sign-in its token may change what one signs in with. */
@QuarkusTest
class SignInAgeTest {
    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenSignedInLongerAgoThen403UntilTheNextSignIn() {
        String soon = organization.token(Role.MEMBER);
        String late = organization.token(Role.VIEWER);
        clock.advance(Duration.ofMinutes(14));
        change(soon).then().statusCode(200);
        clock.advance(Duration.ofMinutes(2));
        change(late)
                .then()
                .statusCode(403)
                .body("code", equalTo("sign_in_again"))
                .header("WWW-Authenticate", containsString("error=\"insufficient_user_authentication\""));
        change(organization.token(Role.MEMBER))
                .then()
                .statusCode(403)
                .body("code", equalTo("current_password_required"));
    }

    private static Response change(String token) {
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + token)
                .body(Map.of("new_password", "nine horses on a staple"))
                .put("/api/v1/users/me/password");
    }
}
