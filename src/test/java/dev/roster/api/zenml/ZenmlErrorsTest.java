package dev.roster.api.zenml;

import static dev.roster.testing.Bearer.bare;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that ZenML Pro has no answer for, and what other contracts may not do to its rows. */
@QuarkusTest
@Tag("packaged")
class ZenmlErrorsTest {
    private final TestOrganization organization = TestOrganization.create();
    private final UUID mia = TestRows.person(organization, "mia", Role.MEMBER);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /users                  | GET, HEAD",
                "PUT    | /users/me               | GET, HEAD",
                "PUT    | /users/authorize_server | GET, HEAD",
                "GET    | /users/{mia}            | DELETE, PATCH",
                "GET    | /auth/login             | POST",
            })
    void whenMethodIsNotAllowedThen405(String method, String path, String allow) {
        Response answer = admin().urlEncodingEnabled(false).request(method, path.replace("{mia}", mia.toString()));
        assertAnswer(answer, 405, "{\"detail\": \"The method is not allowed here.\"}");
        assertEquals(allow, answer.header("Allow"));
    }

    @Test
    void whenBodyIsNoJsonThen415() {
        assertAnswer(
                admin().contentType(ContentType.TEXT).body("x").patch("/users/{id}", mia),
                415,
                "{\"detail\": \"The body must be application/json.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/me/nothing", "/users/authorize_server/nothing", "/users/a/b/c"})
    void whenPathIsUnknownThen404(String path) {
        assertAnswer(admin().get(path), 404, "{\"detail\": [\"KeyError\", \"There is nothing at this path.\"]}");
    }

    @Test
    void whenNoLimitThenOneHundred() {
        TestRows.persons(organization, "u", 110, 0);
        assertEquals(100, admin().get("/users").<List<String>>path("username").size());
        List<String> rest = admin().queryParam("offset", 100).get("/users").path("username");
        assertEquals(12, rest.size());
        assertEquals("u00110", rest.get(11));
    }

    @Test
    void whenFieldIsGivenTwiceThen422() {
        assertAnswer(patch("{\"name\": \"One\", \"name\": \"Two\"}"), 422, """
                {"detail": [{"loc": ["body", "name"], "msg": "must be given only once",
                  "type": "value_error"}]}
                """);
    }

    @Test
    void whenFederatedAddressIsChangedInRosterThenRefused() {
        patch("{\"email\": \"mia@example.com\"}").then().statusCode(200);
        TestRows.federate(mia);
        Response refused = profile("{\"email_address\": \"new@example.com\"}");
        assertEquals(403, refused.statusCode());
        assertEquals("federated_account", refused.path("code"));
        assertEquals(403, profile("{\"email_address\": \"\"}").statusCode());
        profile("{\"email_address\": \"mia@example.com\", \"full_name\": \"Mia\"}")
                .then()
                .statusCode(200);
        assertEquals(
                List.of("mia@example.com"),
                admin().queryParam("user_id", mia).get("/users").path("email"));
    }

    private Response profile(String body) {
        return admin().contentType(ContentType.JSON).body(body).patch("/api/v1/users/mia/profile");
    }

    private Response patch(String body) {
        return admin().contentType(ContentType.JSON).body(body).patch("/users/{id}", mia);
    }

    private RequestSpecification admin() {
        return bare(organization.token(Role.ADMIN));
    }
}
