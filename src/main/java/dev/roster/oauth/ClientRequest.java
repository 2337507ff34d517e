package dev.roster.oauth;

import dev.roster.client.ClientCredentials;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/**
 * A form sent to an OAuth endpoint by a client that authenticates itself (RFC 6749 section 2.3).
 *
 * @param userAgent null where the request named none
 * @param ipAddress null where it is not known
 */
record ClientRequest(Form form, ClientCredentials credentials, String userAgent, String ipAddress) {

    /**
     * Reads a request.
     *
     * @throws OAuthError if it is not a form, or without credentials
     */
    static ClientRequest read(HttpServerRequest http, byte[] body) {
        return of(http, Form.read(http, body));
    }

    /**
     * The request of a form that has been read.
     *
     * @throws OAuthError if it is without credentials
     */
    static ClientRequest of(HttpServerRequest http, Form form) {
        return of(http, form, http.headers().getAll(HttpHeaders.AUTHORIZATION));
    }

    /**
     * The request of a form that holds the credentials itself, whatever the headers hold.
     *
     * @throws OAuthError if it is without credentials
     */
    static ClientRequest ofBody(HttpServerRequest http, Form form) {
        return of(http, form, List.of());
    }

    private static ClientRequest of(
            HttpServerRequest http, Form form, List<String> authorizations) {
        return new ClientRequest(
                form,
                ClientAuthorization.read(authorizations, form),
                http.getHeader(HttpHeaders.USER_AGENT),
                http.remoteAddress() == null ? null : http.remoteAddress().hostAddress());
    }
}
