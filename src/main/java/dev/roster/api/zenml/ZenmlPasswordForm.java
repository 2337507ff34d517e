package dev.roster.api.zenml;

import dev.roster.oauth.Form;
import dev.roster.oauth.OAuthError;
import dev.roster.oauth.OAuthError.Code;
import dev.roster.platform.http.CallerAddress;
import dev.roster.signin.PasswordSignIn;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * The form that a person signs in with: that of the resource owner password credentials grant (RFC
 * 6749 section 4.3.2), whose {@code grant_type} may be left out.
 */
final class ZenmlPasswordForm {
    /** The organization of an installation that has made no other. */
    private static final String DEFAULT = "default";

    private static final String GRANT_TYPE = "grant_type";
    private static final String USERNAME = "username";

    private ZenmlPasswordForm() {}

    static boolean isOne(Form form) {
        return form.get(GRANT_TYPE)
                .map("password"::equals)
                .orElseGet(() -> form.get(USERNAME).isPresent());
    }

    /**
     * Reads it.
     *
     * @throws OAuthError if something is missing
     */
    static PasswordSignIn read(RoutingContext http, Form form) {
        return new PasswordSignIn(
                form.get("organization").orElse(DEFAULT),
                required(form, USERNAME),
                required(form, "password"),
                form.get("scope"),
                http.request().getHeader(HttpHeaders.USER_AGENT),
                CallerAddress.of(http));
    }

    private static String required(Form form, String name) {
        return form.get(name)
                .orElseThrow(() -> new OAuthError(Code.INVALID_REQUEST, name + " is missing"));
    }
}
