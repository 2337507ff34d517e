package dev.roster.oauth;

import dev.roster.client.ClientCredentials;
import dev.roster.oauth.OAuthError.Code;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * A request for a token by client credentials (RFC 6749 section 4.4.2).
 *
 * @param scope names separated by spaces; empty where none was asked for
 * @param userAgent null where the request named none
 * @param ipAddress null where it is not known
 */
public record TokenRequest(
        ClientCredentials credentials, Optional<String> scope, String userAgent, String ipAddress) {

    /**
     * Reads the request of a token endpoint.
     *
     * @throws OAuthError if it is not one, or not for client credentials
     */
    public static TokenRequest read(RoutingContext http, byte[] body) {
        return of(http, Form.read(http.request(), body));
    }

    /**
     * The request of a form that has been read.
     *
     * @throws OAuthError if it is not one for client credentials
     */
    public static TokenRequest of(RoutingContext http, Form form) {
        requireClientCredentials(form);
        ClientRequest request = ClientRequest.of(http, form);
        return new TokenRequest(
                request.credentials(), form.get("scope"), request.userAgent(), request.ipAddress());
    }

    /**
     * The request of a form as clients of another contract send it: they may leave out what kind of
     * grant they mean, and send a header that is none of the client's beside its secret.
     *
     * @throws OAuthError if it is not one for client credentials
     */
    public static TokenRequest lenient(RoutingContext http, Form form) {
        boolean inBody = form.get("client_id").isPresent() && form.get("client_secret").isPresent();
        if (!inBody || form.get("grant_type").isPresent()) {
            requireClientCredentials(form);
        }
        ClientRequest request =
                inBody ? ClientRequest.ofBody(http, form) : ClientRequest.of(http, form);
        return new TokenRequest(
                request.credentials(), form.get("scope"), request.userAgent(), request.ipAddress());
    }

    TokenTerms terms() {
        return TokenTerms.of(scope, userAgent, ipAddress);
    }

    private static void requireClientCredentials(Form form) {
        String grantType =
                form.get("grant_type")
                        .orElseThrow(() -> OAuthError.invalidRequest("grant_type is missing"));
        if (!grantType.equals("client_credentials")) {
            throw new OAuthError(
                    Code.UNSUPPORTED_GRANT_TYPE, "The grant type must be client_credentials");
        }
    }
}
