package dev.roster.api.decube;

import static dev.roster.testing.Answers.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** Every line of the Decube contract about deactivating a user, and every error of it. */
@QuarkusTest
class DecubeDeactivationContractTest {
    private static final String USER = "/api/v1/app/user";
    private static final String USERS = "/api/v1/app/users";
    private static final String NOT_FOUND =
            "{\"code\": \"user_not_found\", \"message\": \"User not found.\"}";
    private static final String DEACTIVATED =
            """
            {"code": "user_account_deactivated_successfully",
             "message": "User account deactivated successfully."}
            """;

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenDeactivatedByQueryThenRowStays() {
        create("ada@example.com", "Ada");
        assertAnswer(admin().queryParam("email", "ada@example.com").delete(USER), 200, DEACTIVATED);
        assertEquals("deactivated", statusOf("ada@example.com"));
    }

    @Test
    void whenDeactivatedByBodyThenRowStays() {
        create("ada@example.com", "Ada");
        assertAnswer(
                admin().body("{\"email\":\"ada@example.com\"}").delete(USER), 200, DEACTIVATED);
        assertEquals("deactivated", statusOf("ada@example.com"));
    }

    @Test
    void whenDeactivatedTwiceThen200() {
        create("ada@example.com", "Ada");
        for (int i = 0; i < 2; i++) {
            assertAnswer(
                    admin().queryParam("email", "ada@example.com").delete(USER), 200, DEACTIVATED);
        }
    }

    @Test
    void whenDeactivatedThenNoMoreTokens() {
        TestClient member = organization.add("mia", Role.MEMBER);
        Database.execute(
                "UPDATE users SET email = 'm@x.de', email_key = 'm@x.de' WHERE id = ?",
                member.userId());
        String token = member.token();
        given().auth().oauth2(token).get(USERS).then().statusCode(200);
        admin().queryParam("email", "m@x.de").delete(USER).then().statusCode(200);
        given().auth().oauth2(token).get(USERS).then().statusCode(401);
        given().auth()
                .preemptive()
                .basic(member.clientId(), member.secret())
                .formParam("grant_type", "client_credentials")
                .post("/oauth2/token")
                .then()
                .statusCode(401);
    }

    @Test
    void whenDeactivationNamesNobodyThen422() {
        assertInvalid(admin().delete(USER), "email: is required.");
        assertInvalid(admin().body("{}").delete(USER), "email: is required.");
    }

    @Test
    void whenDeactivationContradictsItselfThen422() {
        assertInvalid(
                admin().queryParam("email", "a@b.de").body("{\"email\":\"c@d.de\"}").delete(USER),
                "email: must be the same in the query and the body.");
    }

    @Test
    void whenUnknownIsDeactivatedThen404() {
        assertAnswer(
                admin().queryParam("email", "nobody@example.com").delete(USER), 404, NOT_FOUND);
    }

    @Test
    void whenLastAdminIsDeactivatedThen409() {
        TestClient admin = organization.client(Role.ADMIN);
        Database.execute(
                "UPDATE users SET email = 'a@x.de', email_key = 'a@x.de' WHERE id = ?",
                admin.userId());
        assertAnswer(
                admin().queryParam("email", "a@x.de").delete(USER),
                409,
                """
                {"code": "last_admin",
                 "message": "The last administrator of an organization must remain."}
                """);
    }

    private Response create(String email, String name) {
        return admin().body("{\"email\":\"%s\",\"name\":\"%s\"}".formatted(email, name)).post(USER);
    }

    private String statusOf(String email) {
        return admin().queryParam("email", email).get(USER).path("status");
    }

    private static void assertInvalid(Response answer, String message) {
        assertAnswer(
                answer,
                422,
                "{\"code\": \"invalid_request\", \"message\": \"%s\"}".formatted(message));
    }

    private RequestSpecification admin() {
        return as(Role.ADMIN);
    }

    private RequestSpecification as(Role role) {
        return given().auth().oauth2(organization.token(role)).contentType(ContentType.JSON);
    }
}
