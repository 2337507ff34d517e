package dev.roster.api.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.Filter;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** The check that every other test relies on can fail. */
@QuarkusTest
class ExchangeCheckTest {
    private static final String ME = "/api/v1/users/me";

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenAsDocumentedThenNothing() {
        signedIn().get(ME).then().statusCode(200);
    }

    @Test
    void whenStatusIsNotDocumentedThenRefused() {
        refused("the status is not documented", (request, expected, next) -> changed(next.next(request, expected))
                .setStatusCode(500)
                .build());
    }

    @Test
    void whenHeaderIsMissingThenRefused() {
        refused("ETag is missing", (request, expected, next) -> changed(next.next(request, expected))
                .setHeaders(new Headers())
                .setContentType("application/json")
                .build());
    }

    @Test
    void whenPropertyIsUnknownThenRefused() {
        refused("nickname", replacing("\"name\":", "\"nickname\":\"x\",\"name\":"));
    }

    @Test
    void whenPropertyIsMissingThenRefused() {
        refused("'is_admin' not found", replacing("\"is_admin\":false,", ""));
    }

    @Test
    void whenPropertyHasOtherTypeThenRefused() {
        refused("is_admin", replacing("\"is_admin\":false", "\"is_admin\":\"no\""));
    }

    @Test
    void whenEnumHasOtherValueThenRefused() {
        refused("role", replacing("\"role\":\"member\"", "\"role\":\"owner\""));
    }

    @Test
    void whenQueryParameterIsNotDocumentedThenRefused() {
        AssertionError error = assertThrows(
                AssertionError.class, () -> signedIn().queryParam("page", 1).get("/api/v1/users"));
        assertTrue(error.getMessage().contains("page is not documented"), error.getMessage());
    }

    private void refused(String reason, Filter change) {
        RequestSpecification request = signedIn().filter(change);
        AssertionError error = assertThrows(AssertionError.class, () -> request.get(ME));
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }

    private RequestSpecification signedIn() {
        return given().auth().oauth2(organization.token(Role.MEMBER));
    }

    private static Filter replacing(String text, String other) {
        return (request, expected, next) -> {
            Response answer = next.next(request, expected);
            return changed(answer)
                    .setBody(answer.asString().replace(text, other))
                    .build();
        };
    }

    private static ResponseBuilder changed(Response answer) {
        return new ResponseBuilder().clone(answer);
    }
}
