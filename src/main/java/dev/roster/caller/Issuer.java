package dev.roster.caller;

import static dev.roster.platform.settings.Settings.require;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Who issues tokens and for whom, checked at start.
 *
 * @param url the issuer identifier (RFC 8414 section 2), which is also the base of the endpoints
 * @param audience the audience of tokens
 * @param tokenLifetime how long an access token is valid
 */
public record Issuer(String url, String audience, Duration tokenLifetime) {

    // A replica that cannot see revocations accepts a token until it expires, so it must not live
    // for days; below a minute clients would do little but fetch tokens.
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** Reads the issuer from the settings, refusing wrong ones by the name of their variable. */
    public static Issuer of(TokenSettings settings, int httpPort) {
        String url = settings.issuer().orElseGet(() -> localUrl(settings, httpPort));
        Duration lifetime = settings.tokenLifetime();
        require(
                isIssuer(url),
                "ROSTER_ISSUER must be an http or https URL without credentials, query, fragment or"
                        + " a slash at the end");
        require(!settings.audience().isBlank(), "ROSTER_AUDIENCE must not be blank");
        require(
                lifetime.compareTo(SHORTEST) >= 0 && lifetime.compareTo(LONGEST) <= 0,
                "ROSTER_TOKEN_LIFETIME must be 1 minute to 24 hours");
        return new Issuer(url, settings.audience(), lifetime);
    }

    private static String localUrl(TokenSettings settings, int httpPort) {
        require(settings.embedded(), "ROSTER_ISSUER must be set to the URL at which clients reach this service");
        return "http://localhost:" + httpPort;
    }

    private static boolean isIssuer(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && !url.endsWith("/");
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }
}
