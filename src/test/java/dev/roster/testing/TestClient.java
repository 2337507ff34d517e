package dev.roster.testing;

import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
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
        Database.execute("UPDATE clients SET is_system = true WHERE id = ?", id);
    }

    /** An access token from the token endpoint, with these scopes or all of the role. */
    public String token(String... scopes) {
        RequestSpecification request = grantRequest(clientId, secret);
        if (scopes.length > 0) {
            request.formParam("scope", String.join(" ", scopes));
        }
        return request.post(TOKEN).then().statusCode(200).extract().path("access_token");
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
