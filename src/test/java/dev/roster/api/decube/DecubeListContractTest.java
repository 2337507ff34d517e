package dev.roster.api.decube;

import static dev.roster.api.decube.Decube.USER;
import static dev.roster.api.decube.Decube.USERS;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every line of the Decube contract about the list of users, and every error of it. */
@QuarkusTest
@Tag("packaged")
class DecubeListContractTest {

    private final TestOrganization organization = TestOrganization.create();
    private final Decube decube = new Decube(organization);

    @Test
    void whenListedThenCountIsTheTotalAndDeactivatedAreIncluded() {
        decube.create("b@example.com", "B");
        decube.create("c@example.com", "C");
        decube.admin().queryParam("email", "c@example.com").delete(USER).then().statusCode(200);
        assertAnswer(decube.admin().get(USERS), 200, """
                {"count": 3, "users": [
                  {"id": "<id>", "name": "admin", "email": "", "status": "active"},
                  {"id": "<id>", "name": "B", "email": "b@example.com", "status": "pending_sign_up"},
                  {"id": "<id>", "name": "C", "email": "c@example.com", "status": "deactivated"}]}
                """);
    }

    @Test
    void whenPagedThenEveryUserOnce() {
        for (char name = 'a'; name < 'l'; name++) {
            decube.create(name + "@example.com", "" + name).then().statusCode(201);
        }
        assertEquals(10, names(decube.admin().get(USERS)).size());
        assertEquals(
                List.of("h", "i", "j", "k"),
                names(decube.admin()
                        .queryParam("page", 3)
                        .queryParam("page_size", 4)
                        .get(USERS)));
        Response beyond =
                decube.admin().queryParam("page", 9).queryParam("page_size", 4).get(USERS);
        assertAnswer(beyond, 200, "{\"count\": 12, \"users\": []}");
    }

    @Test
    void whenUserIsDeletedThenCountFalls() {
        decube.create("b@example.com", "B");
        decube.admin().delete("/api/v1/users/{name}", "b@example.com").then().statusCode(204);
        assertEquals(1, decube.admin().get(USERS).<Integer>path("count"));
    }

    @Test
    void whenServiceAccountIsCreatedThenCountStays() {
        decube.admin()
                .body("{\"name\":\"robot\"}")
                .post("/api/v1/service-accounts")
                .then()
                .statusCode(201);
        assertEquals(1, decube.admin().get(USERS).<Integer>path("count"));
    }

    @ParameterizedTest
    @CsvSource({
        "page, 0",
        "page, -1",
        "page, x",
        "page, 99999999999",
        "page_size, 0",
        "page_size, 101",
        "page_size, -5",
        "page, 999999999",
    })
    void whenPagingIsWrongThen422(String parameter, String value) {
        Response answer = decube.admin().queryParam(parameter, value).get(USERS);
        assertAnswer(answer, 422, "{\"code\": \"invalid_request\", \"message\": \"<text>\"}");
        assertTrue(answer.<String>path("message").startsWith(parameter + ": "));
    }

    @Test
    void whenTokenIsInvalidThen401InThisContract() {
        for (String scheme : List.of("Bearer", "UserKey")) {
            Response answer = given().header("Authorization", scheme + " nope").get(USERS);
            assertAnswer(answer, 401, """
                    {"code": "invalid_token", "message": "A valid access token is required."}
                    """);
        }
    }

    @Test
    void whenUserKeyThenServedToo() {
        given().header("Authorization", "UserKey " + organization.token(Role.ADMIN))
                .get(USERS)
                .then()
                .statusCode(200);
    }

    private static List<String> names(Response page) {
        return page.path("users.name");
    }
}
