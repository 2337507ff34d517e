package dev.roster.caller;

import dev.roster.platform.database.MigrationSettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** What a token must say to be accepted, and for how long it is. */
@ConfigMapping(prefix = "roster")
public interface TokenSettings extends Checked {
    /** Of what stands in every token: with longer ones, tokens would not fit into the headers of requests. */
    int LONGEST = 255;

    /**
     * {@code ROSTER_ISSUER}: the URL at which clients reach this service, without a slash at the
     * end. Only the embedded mode has a default, {@code http://localhost:} and the HTTP port.
     */
    Optional<String> issuer();

    /** {@code ROSTER_AUDIENCE}: the name that tokens for this service carry as their audience. */
    @WithDefault("roster")
    String audience();

    /** {@code ROSTER_TOKEN_LIFETIME}: how long an access token is valid, e.g. {@code 1H}. */
    @WithName("token.lifetime")
    @WithDefault("1H")
    Duration tokenLifetime();

    /** Whether the service runs with its own database, as on a laptop; set by the start itself. */
    @WithDefault("false")
    boolean embedded();

    @Override
    default void check(Rules rules) {
        rules.compare(
                MigrationSettings.class,
                start -> rules.require(
                        issuer().isPresent() || embedded() || !start.serves(),
                        "ROSTER_ISSUER must be set to the URL at which clients reach this service"));
        rules.require(
                issuer().map(TokenSettings::isIssuer).orElse(true),
                "ROSTER_ISSUER must be an http or https URL without credentials, query, fragment or"
                        + " a slash at the end, its port 1 to 65535");
        rules.require(
                issuer().orElse("").length() <= LONGEST, "ROSTER_ISSUER must have at most " + LONGEST + " characters");
        rules.require(!audience().isBlank(), "ROSTER_AUDIENCE must not be blank");
        rules.require(audience().length() <= LONGEST, "ROSTER_AUDIENCE must have at most " + LONGEST + " characters");
        // A replica that cannot see revocations accepts a token until it expires, so it must not live
        // for days; below a minute clients would do little but fetch tokens.
        rules.requireBetween(
                Duration.ofMinutes(1),
                tokenLifetime(),
                Duration.ofHours(24),
                "ROSTER_TOKEN_LIFETIME",
                "1 minute to 24 hours");
    }

    private static boolean isIssuer(String url) {
        return Rules.web(url).filter(uri -> uri.getRawQuery() == null).isPresent() && !url.endsWith("/");
    }
}
