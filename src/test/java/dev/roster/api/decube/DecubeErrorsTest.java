package dev.roster.api.decube;

import static dev.roster.testing.Bearer.bare;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
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

/** Requests that Decube has no answer for. */
@QuarkusTest
@Tag("packaged")
class DecubeErrorsTest {
    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/v1/app/user  | DELETE, GET, HEAD, POST",
                "PATCH  | /api/v1/app/user  | DELETE, GET, HEAD, POST",
                "POST   | /api/v1/app/users | GET, HEAD",
                "DELETE | /api/v1/app/users | GET, HEAD",
            })
    void whenMethodIsNotAllowedThen405(String method, String path, String allow) {
        Response answer = admin().request(method, path);
        assertAnswer(answer, 405, """
                {"code": "method_not_allowed", "message": "The method is not allowed here."}
                """);
        assertEquals(allow, answer.header("Allow"));
    }

    @Test
    void whenBodyIsNoJsonThen415() {
        assertAnswer(admin().contentType(ContentType.TEXT).body("x").post("/api/v1/app/user"), 415, """
                {"code": "unsupported_media_type", "message": "The body must be application/json."}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/app", "/api/v1/app/nothing", "/api/v1/app/user/1"})
    void whenPathIsUnknownThen404(String path) {
        assertAnswer(
                admin().get(path), 404, "{\"code\": \"not_found\", \"message\": \"There is nothing at this path.\"}");
    }

    @Test
    void whenFieldIsGivenTwiceThen422() {
        assertAnswer(
                admin().contentType(ContentType.JSON)
                        .body("{\"email\":\"a@b.de\",\"email\":\"c@d.de\",\"name\":\"A\"}")
                        .post("/api/v1/app/user"),
                422,
                "{\"code\": \"invalid_request\", \"message\": \"email: must be given only once.\"}");
    }

    @ParameterizedTest
    @CsvSource({"GET, user, id", "GET, user, email", "DELETE, user, email", "GET, users, page", "GET, users, page_size"
    })
    void whenAParameterIsGivenTwiceThen422(String method, String path, String parameter) {
        String query = "?" + parameter + "=a@b.de&" + parameter + "=c@d.de";
        assertAnswer(admin().noFilters().request(method, "/api/v1/app/" + path + query), 422, """
                {"code": "invalid_request", "message": "%s: must be given once."}
                """.formatted(parameter));
    }

    @Test
    void whenAnUnknownParameterIsGivenTwiceThenItIsIgnored() {
        String twice = "nothing=1&nothing=2";
        UUID ann = TestRows.person(organization, "ann", "ann@example.com", Role.MEMBER);
        for (String path : List.of("user?email=ann@example.com", "user?id=" + ann, "users?page=1")) {
            String found = admin().noFilters().get("/api/v1/app/" + path).asString();
            admin().noFilters()
                    .get("/api/v1/app/" + path + "&" + twice)
                    .then()
                    .statusCode(200)
                    .body(equalTo(found));
        }
        admin().noFilters()
                .delete("/api/v1/app/user?email=ann@example.com&" + twice)
                .then()
                .statusCode(200);
    }

    /** A proxy that looks for parameters sees one here, as a browser would. */
    @Test
    void whenASemicolonStandsInAValueThenItIsPartOfIt() {
        UUID ann = TestRows.person(organization, "ann", "ann@example.com", Role.MEMBER);
        for (String query : List.of("email=ann@example.com;x", "email=x;email=ann@example.com")) {
            assertAnswer(raw().delete("/api/v1/app/user?" + query), 404, """
                    {"code": "user_not_found", "message": "User not found."}
                    """);
        }
        assertAnswer(raw().delete("/api/v1/app/user?a=b;email=ann@example.com"), 422, """
                {"code": "invalid_request", "message": "email: is required."}
                """);
        assertAnswer(raw().get("/api/v1/app/user?x=;&email=ann@example.com&;=y"), 200, """
                {"id": "%s", "name": "ann", "email": "ann@example.com", "status": "active"}
                """.formatted(ann));
    }

    private RequestSpecification raw() {
        return admin().noFilters().urlEncodingEnabled(false);
    }

    @Test
    void whenTokenIsMissingThen401() {
        Response answer = given().get("/api/v1/app/users");
        assertAnswer(answer, 401, """
                {"code": "invalid_token", "message": "A valid access token is required."}
                """);
        assertEquals("Bearer realm=\"roster\"", answer.header("WWW-Authenticate"));
    }

    private RequestSpecification admin() {
        return bare(organization.token(Role.ADMIN));
    }
}
