package dev.roster.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/**
 * What an application of {@link TestRows} asks the token endpoint for.
 *
 * @param secret null where it sends none
 */
public record CodeGrant(UUID application, String secret) {
    public static final String URI = "https://wiki.example.com/cb";
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636 appendix B
    public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String TOKEN = "/oauth2/token";

    public Response exchange(String code) {
        return exchange(code, URI, VERIFIER);
    }

    public Response exchange(String code, String uri, String verifier) {
        return form().formParam("grant_type", "authorization_code")
                .formParam("code", code)
                .formParam("redirect_uri", uri)
                .formParam("code_verifier", verifier)
                .post(TOKEN);
    }

    public Response refresh(String token) {
        return refreshing(token).post(TOKEN);
    }

    /** With a wish for scopes. */
    public Response refresh(String token, String scope) {
        return refreshing(token).formParam("scope", scope).post(TOKEN);
    }

    private RequestSpecification refreshing(String token) {
        return form().formParam("grant_type", "refresh_token").formParam("refresh_token", token);
    }

    /** A form with the credentials of the application. */
    public RequestSpecification form() {
        RequestSpecification form = given().formParam("client_id", "test-" + application);
        return secret == null ? form : form.formParam("client_secret", secret);
    }
}
