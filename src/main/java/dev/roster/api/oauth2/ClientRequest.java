package dev.roster.api.oauth2;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.token.OAuthError;
import dev.roster.platform.http.CallerAddress;
import io.vertx.ext.web.RoutingContext;
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
    static ClientRequest read(RoutingContext http, byte[] body) {
        return of(http, Form.read(http.request(), body));
    }

    /**
     * The request of a form that has been read.
     *
     * @throws OAuthError if it is without credentials
     */
    static ClientRequest of(RoutingContext http, Form form) {
        return of(http, form, http.request().headers().getAll(HttpHeaders.AUTHORIZATION));
    }

    /**
     * The request of a form that holds the credentials itself, whatever the headers hold.
     *
     * @throws OAuthError if it is without credentials
     */
    static ClientRequest ofBody(RoutingContext http, Form form) {
        return of(http, form, List.of());
    }

    /**
     * The token that an endpoint about tokens is sent; its hint is of no use, as all tokens are of
     * one type.
     *
     * @throws OAuthError if there is none
     */
    String token() {
        return form.get("token").orElseThrow(() -> OAuthError.invalidRequest("token is missing"));
    }

    private static ClientRequest of(RoutingContext http, Form form, List<String> authorizations) {
        return new ClientRequest(
                form,
                ClientAuthorization.read(authorizations, form),
                http.request().getHeader(HttpHeaders.USER_AGENT),
                CallerAddress.of(http));
    }
}
