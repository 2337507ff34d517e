package dev.roster.platform.database;

import static dev.roster.platform.settings.Settings.requireBetween;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Locale;

/** Who brings the schema up to date. */
@ConfigMapping(prefix = "roster")
public interface MigrationSettings {

    /**
     * {@code ROSTER_MIGRATE}: {@code start}, {@code only} or {@code off}. The default suits one
     * process; where many start at once, one that does {@code only} this spares the others the
     * wait.
     */
    @WithDefault("start")
    String migrate();

    /**
     * {@code ROSTER_DB_WAIT}: how long a start waits for a database that does not answer yet, such as one that starts
     * together with the service, or for one that takes writes where there is something to bring up to date.
     */
    @WithName("db.wait")
    @WithDefault("90S")
    Duration dbWait();

    /** How long the start waits, refused by the name of its variable where it is wrong. */
    default Duration patience() {
        requireBetween(Duration.ZERO, dbWait(), Duration.ofHours(24), "ROSTER_DB_WAIT");
        return dbWait();
    }

    /** Set by the doctor itself: a start that ends when all settings are checked. */
    @WithDefault("false")
    boolean examine();

    /** The mode, refused by the name of its variable where it is wrong. */
    default MigrationMode mode() {
        MigrationMode mode =
                switch (migrate().strip().toLowerCase(Locale.ROOT)) {
                    case "start" -> MigrationMode.START;
                    case "only" -> MigrationMode.ONLY;
                    case "off" -> MigrationMode.OFF;
                    default -> throw new ConfigurationException("ROSTER_MIGRATE must be start, only or off");
                };
        return examine() ? MigrationMode.EXAMINE : mode;
    }
}
