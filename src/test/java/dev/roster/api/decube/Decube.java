package dev.roster.api.decube;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Callers of Decube in one organization. */
record Decube(TestOrganization organization) {
    static final String USER = "/api/v1/app/user";
    static final String USERS = "/api/v1/app/users";
    static final String NOT_FOUND = "{\"code\": \"user_not_found\", \"message\": \"User not found.\"}";

    RequestSpecification admin() {
        return as(Role.ADMIN);
    }

    RequestSpecification as(Role role) {
        return given().auth().oauth2(organization.token(role)).contentType(ContentType.JSON);
    }

    Response create(String email, String name) {
        return admin().body("{\"email\":\"%s\",\"name\":\"%s\"}".formatted(email, name))
                .post(USER);
    }

    String statusOf(String email) {
        return admin().queryParam("email", email).get(USER).path("status");
    }

    /** Fails unless the answer refuses the request with this message. */
    static void assertInvalid(Response answer, String message) {
        assertAnswer(answer, 422, "{\"code\": \"invalid_request\", \"message\": \"%s\"}".formatted(message));
    }
}
