package dev.roster.access.signing;

import dev.roster.caller.TokenSettings;
import dev.roster.platform.database.MigrationSettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the keys of tokens are, and how the embedded mode makes its own. */
@ConfigMapping(prefix = "roster")
public interface KeySettings extends Checked {
    // Below, those who keep the key set for as long as its answer allows would not know a key that signs.
    Duration SHORTEST_LEAD = SigningKeys.PUBLISHED_FOR.plusMinutes(1);

    Duration LONGEST_LEAD = Duration.ofDays(7);

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

    /** Whether the service runs with its own database, as on a laptop; set by the start itself. */
    @WithDefault("false")
    boolean embedded();

    /** Where the service keeps files of its own; set by the start itself. */
    @WithName("data.dir")
    Optional<Path> dataDirectory();

    @Override
    default void check(Rules rules) {
        rules.compare(
                MigrationSettings.class,
                start -> rules.require(
                        signingKeys().isPresent()
                                || (embedded() && dataDirectory().isPresent())
                                || !start.serves(),
                        "ROSTER_SIGNING_KEYS must be set to the path of a JWK set with private keys"));
        rules.require(
                SigningAlgorithm.of(signingAlgorithm()).isPresent(),
                "ROSTER_SIGNING_ALGORITHM must be ES256, RS256 or EdDSA");
        rules.requireBetween(SHORTEST_LEAD, signingKeysLead(), LONGEST_LEAD, "ROSTER_SIGNING_KEYS_LEAD");
        rules.compare(
                TokenSettings.class,
                tokens -> rules.requireAtLeast(
                        tokens.tokenLifetime(),
                        signingKeysKept(),
                        "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_TOKEN_LIFETIME"));
    }
}
