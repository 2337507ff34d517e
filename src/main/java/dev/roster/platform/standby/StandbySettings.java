package dev.roster.platform.standby;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.database.StartRefused;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Standbys of the database that answer lists and exports. */
@ConfigMapping(prefix = "roster.db.read")
public interface StandbySettings extends Checked {
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

    @Override
    default void check(Rules rules) {
        rules.requireBetween(Duration.ZERO, patience(), Duration.ofSeconds(10), "ROSTER_DB_READ_PATIENCE");
        rules.require(
                !url().orElse("").contains("target_session_attrs="),
                "ROSTER_DB_READ_URL must not have target_session_attrs: only standbys are read through it");
        try {
            address();
        } catch (StartRefused refused) {
            rules.require(false, refused.getMessage());
        }
    }

    /** The URL as the drivers take it; empty where there are no standbys. */
    default Optional<String> address() {
        return url().map(String::strip).filter(text -> !text.isEmpty()).map(text -> DatabaseAddress.of(
                        "ROSTER_DB_READ_URL", text, "", "")
                .url());
    }
}
