package dev.roster.oauth;

import dev.roster.client.ClientCredentials;
import dev.roster.oauth.OAuthError.Code;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
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
    public static TokenRequest read(HttpServerRequest http, byte[] body) {
        if (http.query() != null && !http.query().isEmpty()) {
            throw OAuthError.invalidRequest("Parameters must be in the body, not in the URL");
        }
        if (!isForm(http.getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw OAuthError.invalidRequest(
                    "The body must be " + MediaType.APPLICATION_FORM_URLENCODED);
        }
        Form form = Form.parse(body);
        requireClientCredentials(form);
        ClientCredentials credentials =
                ClientAuthorization.read(http.headers().getAll(HttpHeaders.AUTHORIZATION), form);
        return new TokenRequest(
                credentials,
                form.get("scope"),
                http.getHeader(HttpHeaders.USER_AGENT),
                http.remoteAddress() == null ? null : http.remoteAddress().hostAddress());
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

    private static boolean isForm(String contentType) {
        return contentType != null
                && contentType
                        .split(";", 2)[0]
                        .strip()
                        .equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED);
    }
}
