package dev.roster.testing;

import static io.restassured.RestAssured.given;

import dev.roster.security.Role;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/**
 * An account of a {@link TestOrganization} with a client.
 *
 * @param id the row of the client
 */
public record TestClient(
        UUID organizationId, UUID userId, Role role, UUID id, String clientId, String secret) {

    /** An access token from the token endpoint, with these scopes or all of the role. */
    public String token(String... scopes) {
        RequestSpecification request =
                given().auth()
                        .preemptive()
                        .basic(clientId, secret)
                        .formParam("grant_type", "client_credentials");
        if (scopes.length > 0) {
            request.formParam("scope", String.join(" ", scopes));
        }
        return request.post("/oauth2/token").then().statusCode(200).extract().path("access_token");
    }
}
