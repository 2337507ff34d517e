package dev.roster.platform.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
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

    /** The mode, refused by the name of its variable where it is wrong. */
    default MigrationMode mode() {
        try {
            return MigrationMode.valueOf(migrate().strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new ConfigurationException("ROSTER_MIGRATE must be start, only or off");
        }
    }
}
