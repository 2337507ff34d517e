package dev.roster.api.oauth2;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.grant.CodeProof;
import dev.roster.access.token.OAuthError;
import dev.roster.platform.http.Origin;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;

/** A form sent to an OAuth endpoint by an application, public or confidential (RFC 6749 section 2.3). */
record ApplicationRequest(Form form, ClientCredentials credentials, Origin origin) {
    /**
     * Reads a request that a client of an account sends as well as an application.
     *
     * @throws OAuthError if it is not a form, or names no client
     */
    static ApplicationRequest read(RoutingContext http, byte[] body) {
        return of(http, Form.read(http.request(), body));
    }

    static ApplicationRequest of(RoutingContext http, Form form) {
        return new ApplicationRequest(
                form,
                ClientAuthorization.ofApplication(http.request().headers().getAll(HttpHeaders.AUTHORIZATION), form),
                Origin.of(http));
    }

    /**
     * What is sent for the tokens of a code.
     *
     * @throws OAuthError if something is missing
     */
    CodeProof proof() {
        return new CodeProof(form.required("code"), form.required("redirect_uri"), form.required("code_verifier"));
    }
}
