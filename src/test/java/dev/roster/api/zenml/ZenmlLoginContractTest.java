package dev.roster.api.zenml;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sign-in of programs under the name of ZenML Pro. */
@QuarkusTest
@Tag("packaged")
class ZenmlLoginContractTest {
    private static final String USERS = "/users";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient mia = organization.add("mia", Role.MEMBER);

    @Test
    void whenLoginThenToken() {
        Response answer = login(mia.clientId(), mia.secret());
        assertAnswer(
                answer,
                200,
                "{\"access_token\": \"<text>\", \"token_type\": \"bearer\", \"expires_in\": 3600, "
                        + "\"device_id\": null, \"device_metadata\": null}");
        assertEquals("no-store", answer.header("Cache-Control"));
        given().auth()
                .oauth2(answer.<String>path("access_token"))
                .get(USERS + "/me")
                .then()
                .statusCode(200);
    }

    @Test
    void whenLoginIsRefusedThenErrorOfThisContract() {
        assertAnswer(login(mia.clientId(), "wrong"), 401, "{\"detail\": \"Client authentication failed.\"}");
        assertAnswer(
                given().formParam("client_id", "x").post("/auth/login"),
                400,
                "{\"detail\": [\"ValueError\", \"grant_type is missing.\"]}");
        assertEquals(
                400,
                given().contentType(ContentType.JSON)
                        .body("{}")
                        .post("/auth/login")
                        .statusCode());
        assertEquals("{\"detail\":", given().get("/auth/login").asString().substring(0, 10));
    }

    private static Response login(String clientId, String secret) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", clientId)
                .formParam("client_secret", secret)
                .post("/auth/login");
    }
}
