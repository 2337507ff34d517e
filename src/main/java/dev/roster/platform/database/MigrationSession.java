package dev.roster.platform.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The one session that migrates: those of other replicas wait for it, and what it does of a migration is all or nothing. Nobody
 * waits long behind it: what it cannot lock soon, because of a dump or a long query, it gives up, to be begun again.
 */
@Singleton
class MigrationSession implements FlywayConfigurationCustomizer {
    // One try a second. Building an index over millions of rows takes minutes; the default of 50
    // would end the others meanwhile.
    private static final int TRIES = 600;

    // Every other statement on the table waits behind it meanwhile, so less than a request has for its connection. A
    // vacuum that nobody has asked for is ended by who waits longer than deadlock_timeout, and goes on for hours else
    private static final String WAIT = """
            SELECT set_config('lock_timeout', CAST(least(CAST(setting AS integer) + 200, 1400) AS text), false)
              FROM pg_settings WHERE name = 'deadlock_timeout'""";

    private final String name = "roster migrates " + UUID.randomUUID();

    /** By which PostgreSQL lists it ({@code application_name}). */
    String name() {
        return name;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.lockRetryCount(TRIES);
        // A lock of the session, not of a transaction: Flyway then needs no second connection to write its history on,
        // and a migration is committed with its row of that
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        String settings = "SET application_name = '" + name + "'; " + WAIT;
        String given = configuration.getInitSql();
        configuration.initSql(given == null ? settings : settings + "; " + given);
    }
}
