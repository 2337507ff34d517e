package dev.roster.api.zenml;

import dev.roster.access.password.PasswordSignIn;
import dev.roster.access.token.OAuthError;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.Origin;
import io.vertx.ext.web.RoutingContext;

/**
 * The forms that are signed in with but for a client's: that of a person (RFC 6749 section 4.3.2),
 * whose {@code grant_type} may be left out, and that of an API key, which is a password alone.
 */
final class ZenmlPasswordForm {
    /** The organization of an installation that has made no other. */
    private static final String DEFAULT = "default";

    private static final String GRANT_TYPE = "grant_type";
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String KEY_GRANT = "zenml_api_key";

    private ZenmlPasswordForm() {}

    static boolean isOne(Form form) {
        return form.get(GRANT_TYPE).map(PASSWORD::equals).orElseGet(() -> form.get(USERNAME)
                .isPresent());
    }

    static boolean isKey(Form form) {
        return form.get(GRANT_TYPE)
                .map(KEY_GRANT::equals)
                .orElseGet(() -> form.get(PASSWORD).isPresent()
                        && form.get(USERNAME).isEmpty()
                        && form.get("client_secret").isEmpty());
    }

    /**
     * Reads the API key.
     *
     * @throws OAuthError if it is missing
     */
    static String readKey(Form form) {
        return form.required(PASSWORD);
    }

    /**
     * Reads it.
     *
     * @throws OAuthError if something is missing
     */
    static PasswordSignIn read(RoutingContext http, Form form) {
        return new PasswordSignIn(
                form.get("organization").orElse(DEFAULT),
                form.required(USERNAME),
                form.required(PASSWORD),
                form.get("scope"),
                Origin.of(http));
    }
}
