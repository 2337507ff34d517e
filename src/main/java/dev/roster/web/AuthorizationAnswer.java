package dev.roster.web;

import dev.roster.access.token.OAuthError;
import java.util.Optional;

/**
 * Where the answer to an application goes, with all that each has (RFC 6749 section 4.1.2, RFC 9207).
 *
 * @param redirectUri one of its own
 */
record AuthorizationAnswer(String redirectUri, Optional<String> state, String issuer) {

    String code(String code) {
        return with("code=" + code);
    }

    String error(OAuthError error) {
        return with("error=" + error.code().value() + "&error_description=" + Pages.encoded(error.getMessage()));
    }

    private String with(String what) {
        return redirectUri
                + (redirectUri.indexOf('?') < 0 ? '?' : '&')
                + what
                + state.map(value -> "&state=" + Pages.encoded(value)).orElse("")
                + "&iss="
                + Pages.encoded(issuer);
    }
}
