package dev.roster.caller;

import java.time.Duration;

/**
 * Who issues tokens and for whom.
 *
 * @param url the issuer identifier (RFC 8414 section 2), which is also the base of the endpoints
 * @param audience the audience of tokens
 * @param tokenLifetime how long an access token is valid
 */
public record Issuer(String url, String audience, Duration tokenLifetime) {

    /** The issuer of the settings; with the embedded database the address of this machine where none is set. */
    public static Issuer of(TokenSettings settings, int httpPort) {
        return new Issuer(
                settings.issuer().orElse("http://localhost:" + httpPort),
                settings.audience(),
                settings.tokenLifetime());
    }
}
