package dev.roster.api.oauth2;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.access.token.TokenTerms;
import dev.roster.platform.http.Origin;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** A request for a token by client credentials (RFC 6749 section 4.4.2). */
public record TokenRequest(ClientCredentials credentials, TokenTerms terms) {

    /**
     * The request of a form that has been read.
     *
     * @throws OAuthError if it is not one for client credentials
     */
    public static TokenRequest of(RoutingContext http, Form form) {
        requireClientCredentials(form);
        return of(http, form, authorizations(http));
    }

    /**
     * The request of a form as clients of another contract send it: they may leave out what kind of
     * grant they mean, and send a header that is none of the client's beside its secret.
     *
     * @throws OAuthError if it is not one for client credentials
     */
    public static TokenRequest lenient(RoutingContext http, Form form) {
        boolean inBody =
                form.get("client_id").isPresent() && form.get("client_secret").isPresent();
        if (!inBody || form.get("grant_type").isPresent()) {
            requireClientCredentials(form);
        }
        return of(http, form, inBody ? List.of() : authorizations(http));
    }

    private static TokenRequest of(RoutingContext http, Form form, List<String> authorizations) {
        return new TokenRequest(
                ClientAuthorization.read(authorizations, form), TokenTerms.of(form.get("scope"), Origin.of(http)));
    }

    private static List<String> authorizations(RoutingContext http) {
        return http.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    }

    private static void requireClientCredentials(Form form) {
        Code.UNSUPPORTED_GRANT_TYPE.unless(
                form.required("grant_type").equals("client_credentials"), "The grant type must be client_credentials");
    }
}
