package dev.roster.revocation;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica follows what is revoked. */
@ConfigMapping(prefix = "roster.revocations")
public interface RevocationSettings extends Checked {

    /**
     * {@code ROSTER_REVOCATIONS_SIZE}: how many are kept in memory at most. One takes about 150
     * bytes, so the default is 30 MB when full. With more of them every request is checked in the
     * database.
     */
    @WithDefault("200000")
    int size();

    /**
     * {@code ROSTER_REVOCATIONS_LEASE}: how long after the last sign of life of the database the
     * memory is trusted; then every request is checked in the database until it is heard again. It
     * bounds how long a token may outlive its revocation while the network is cut.
     */
    @WithDefault("1S")
    Duration lease();

    @Override
    default void check(Rules rules) {
        rules.require(size() >= 0, "ROSTER_REVOCATIONS_SIZE must not be negative");
        rules.requireBetween(Duration.ZERO, lease(), Duration.ofMinutes(10), "ROSTER_REVOCATIONS_LEASE");
    }
}
