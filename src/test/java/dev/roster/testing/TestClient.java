package dev.roster.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * An account of a {@link TestOrganization} with a client.
 *
 * @param id the row of the client
 */
public record TestClient(UUID organizationId, UUID userId, Role role, UUID id, String clientId, String secret) {
    private static final String TOKEN = "/oauth2/token";

    /** Makes this a client that may ask for the scope of the whole system. */
    public void becomeSystem() {
        Database.execute(
                "UPDATE clients SET is_system = true WHERE organization_id = ? AND id = ?", organizationId, id);
    }

    /**
     * An access token from the token endpoint, with these scopes or all of the role. Nearly every test asks for one: not by
     * REST Assured, which compiles a script for each value that is taken from an answer.
     */
    public String token(String... scopes) {
        HttpResponse<String> answer = Http.sendUntilServed(Http.grant(clientId, secret, scopes));
        assertEquals(200, answer.statusCode(), answer::body);
        return new JsonObject(answer.body()).getString("access_token");
    }

    /** A new API key of whoever has the token. */
    public static String key(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body("{\"name\": \"k\"}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    /** What the token endpoint answers to the client. */
    public Response grant() {
        return grant(clientId, secret);
    }

    /** What the token endpoint answers to these credentials. */
    public static Response grant(String clientId, String secret) {
        return grantRequest(clientId, secret).post(TOKEN);
    }

    /** A request with the credentials of the client. */
    public RequestSpecification authenticated() {
        return authenticated(clientId, secret);
    }

    /** A request with these credentials of a client. */
    public static RequestSpecification authenticated(String clientId, String secret) {
        return given().auth().preemptive().basic(clientId, secret);
    }

    private static RequestSpecification grantRequest(String clientId, String secret) {
        return authenticated(clientId, secret).formParam("grant_type", "client_credentials");
    }
}
