package dev.roster.platform.database;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Who brings the schema up to date. */
@ConfigMapping(prefix = "roster")
public interface MigrationSettings extends Checked {

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

    /** Set by the doctor itself: a start that ends when all settings are checked. */
    @WithDefault("false")
    boolean examine();

    @Override
    default void check(Rules rules) {
        rules.require(asked().isPresent(), "ROSTER_MIGRATE must be start, only or off");
        rules.requireBetween(Duration.ZERO, dbWait(), Duration.ofHours(24), "ROSTER_DB_WAIT");
    }

    /** What this start does to the database. */
    default MigrationMode mode() {
        return examine() ? MigrationMode.EXAMINE : asked().orElseThrow();
    }

    /** Whether the service follows, which needs more settings than the migrations do. */
    default boolean serves() {
        return examine() || !asked().equals(Optional.of(MigrationMode.ONLY));
    }

    /** Whether this process brings up to date what is in the database, beside its schema too. */
    default boolean migrates() {
        return !asked().equals(Optional.of(MigrationMode.OFF));
    }

    private Optional<MigrationMode> asked() {
        return switch (migrate().strip().toLowerCase(Locale.ROOT)) {
            case "start" -> Optional.of(MigrationMode.START);
            case "only" -> Optional.of(MigrationMode.ONLY);
            case "off" -> Optional.of(MigrationMode.OFF);
            default -> Optional.empty();
        };
    }
}
