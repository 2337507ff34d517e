package dev.roster.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How access tokens are signed, and what a token must say to be accepted. */
@ConfigMapping(prefix = "roster")
public interface TokenSettings {

    /**
     * {@code ROSTER_ISSUER}: the URL at which clients reach this service, without a slash at the
     * end. Only the embedded mode has a default, {@code http://localhost:} and the HTTP port.
     */
    Optional<String> issuer();

    /** {@code ROSTER_AUDIENCE}: the name that tokens for this service carry as their audience. */
    @WithDefault("roster")
    String audience();

    /**
     * {@code ROSTER_SIGNING_KEYS}: the path of a JWK set with private keys (RFC 7517). The first
     * key signs; all of them are published and accepted, so the next key stands behind it before,
     * and the previous one after a rotation. A change of the file is taken over within seconds; a
     * key that comes to the front signs once it was published for {@code ROSTER_SIGNING_KEYS_LEAD}.
     */
    @WithName("signing-keys")
    Optional<Path> signingKeys();

    /**
     * {@code ROSTER_SIGNING_ALGORITHM}: of the keys that the embedded mode makes: {@code ES256},
     * {@code RS256} or {@code EdDSA}. In a file of {@code ROSTER_SIGNING_KEYS} each key decides.
     */
    @WithName("signing-algorithm")
    @WithDefault("ES256")
    String signingAlgorithm();

    /**
     * {@code ROSTER_SIGNING_KEYS_KEPT}: for how long a key that the embedded mode has made verifies
     * after its last signature. A year and a day outlives an API key.
     */
    @WithName("signing-keys-kept")
    @WithDefault("366D")
    Duration signingKeysKept();

    /**
     * {@code ROSTER_SIGNING_KEYS_LEAD}: for how long a key is published before it signs. Readers of the key set refresh it
     * in their own time, many every 20 minutes.
     */
    @WithName("signing-keys-lead")
    @WithDefault("30M")
    Duration signingKeysLead();

    /** {@code ROSTER_TOKEN_LIFETIME}: how long an access token is valid, e.g. {@code 1H}. */
    @WithName("token.lifetime")
    @WithDefault("1H")
    Duration tokenLifetime();

    /** Whether the service runs with its own database, as on a laptop; set by the start itself. */
    @WithDefault("false")
    boolean embedded();

    /** Where the service keeps files of its own; set by the start itself. */
    @WithName("data.dir")
    Optional<Path> dataDirectory();
}
