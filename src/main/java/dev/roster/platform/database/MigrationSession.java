package dev.roster.platform.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Lets replicas that start at once wait for the one that migrates. */
@Singleton
class MigrationLock implements FlywayConfigurationCustomizer {
    // One try a second. Building an index over millions of rows takes minutes; the default of 50
    // would end the others meanwhile.
    private static final int TRIES = 600;

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.lockRetryCount(TRIES);
    }
}
