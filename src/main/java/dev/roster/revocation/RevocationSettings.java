package dev.roster.revocation;

import dev.roster.platform.settings.Settings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica follows what is revoked. */
@ConfigMapping(prefix = "roster.revocations")
public interface RevocationSettings {

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

    /** The same settings, refused by the name of the variable where one makes no sense. */
    default RevocationSettings checked() {
        Settings.require(size() >= 0, "ROSTER_REVOCATIONS_SIZE must not be negative");
        Settings.requireBetween(Duration.ZERO, lease(), Duration.ofMinutes(10), "ROSTER_REVOCATIONS_LEASE");
        return this;
    }
}
