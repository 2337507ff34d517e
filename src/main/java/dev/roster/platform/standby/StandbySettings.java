package dev.roster.platform.standby;

import static dev.roster.platform.settings.Settings.require;
import static dev.roster.platform.settings.Settings.requireBetween;

import dev.roster.platform.database.DatabaseAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Standbys of the database that answer lists and exports. */
@ConfigMapping(prefix = "roster.db.read")
public interface StandbySettings {
    /**
     * {@code ROSTER_DB_READ_URL}: where they are, {@code postgresql://host:port,host:port/database}, signed in to as to the
     * database itself; none unless it is set.
     */
    Optional<String> url();

    /**
     * {@code ROSTER_DB_READ_PATIENCE}: how long a list waits until a standby has what was committed before it was asked
     * for; then the primary answers. A standby nearby is a few milliseconds behind.
     */
    @WithDefault("0.1S")
    Duration patience();

    /** The URL, refused by the name of its variable where it is wrong. */
    default Optional<String> checkedUrl() {
        return url().filter(text -> !text.isBlank()).map(StandbySettings::checked);
    }

    private static String checked(String text) {
        require(
                !text.contains("target_session_attrs="),
                "ROSTER_DB_READ_URL must not have target_session_attrs: only standbys are read through it");
        return DatabaseAddress.of("ROSTER_DB_READ_URL", text.strip(), "", "").url();
    }

    /** The patience in milliseconds, refused by the name of its variable where it is wrong. */
    default int checkedPatience() {
        requireBetween(Duration.ZERO, patience(), Duration.ofSeconds(10), "ROSTER_DB_READ_PATIENCE");
        return Math.toIntExact(patience().toMillis());
    }
}
