package dev.roster.platform.database;

import dev.roster.platform.settings.StartSettings;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Brings up the database before Quarkus starts and takes it down after Quarkus has ended. */
public final class DatabaseStart {
    /**
     * A start on a laptop must not be open to its network, ends at once, and is read by a person.
     */
    private static final Map<String, String> LAPTOP = Map.of(
            "quarkus.http.host", "127.0.0.1",
            "quarkus.management.host", "127.0.0.1",
            "roster.shutdown.delay", "0S",
            "roster.log.json", "false");

    /** What other settings are read with while there is no database yet. */
    private static final DatabaseAddress UNKNOWN =
            new DatabaseAddress("postgresql://127.0.0.1:1/unknown", "nobody", "");

    private DatabaseStart() {}

    /**
     * Starts the embedded database if the environment names no server, and hands the address to
     * Quarkus as the system properties {@code roster.db.*}; properties given on the command line
     * win over the environment.
     *
     * @param further looks at other settings than values, where there is an embedded database
     * @throws StartRefused if the settings or the embedded database do not allow a start
     * @throws io.smallrye.config.ConfigValidationException if other settings do not
     */
    public static void open(Map<String, String> environment, Consumer<SmallRyeConfig> further) {
        String given = System.getProperty("roster.db.url");
        if (given != null) {
            DatabaseAddress.drivers(given).forEach(System::setProperty);
            StartSettings.check(values -> {});
            return;
        }
        Path home = Path.of(System.getProperty("user.home"));
        DatabaseSettings settings = DatabaseSettings.from(environment, home);
        System.setProperty("roster.data.dir", settings.dataDirectory().toString());
        if (settings instanceof DatabaseSettings.External external) {
            publish(external.address(), false);
            StartSettings.check(values -> {});
            return;
        }
        DatabaseLauncher launcher = launcher();
        publish(UNKNOWN, true);
        LAPTOP.forEach((property, value) -> setUnlessGiven(property, value, environment));
        // Before a database is made and started, for seconds
        StartSettings.check(further);
        publish(startEmbedded(launcher, settings.dataDirectory()).address(), true);
    }

    private static void setUnlessGiven(String property, String value, Map<String, String> environment) {
        String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
        if (environment.get(variable) == null && System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static RunningDatabase startEmbedded(DatabaseLauncher launcher, Path dataDirectory) {
        return ClosingLast.of(() -> launcher.launch(dataDirectory));
    }

    /** The launcher of the embedded database; {@link StartRefused} where this build has none, as a native image. */
    public static DatabaseLauncher launcher() {
        return launcher(DatabaseLauncher.class.getClassLoader());
    }

    static DatabaseLauncher launcher(ClassLoader classes) {
        return ServiceLoader.load(DatabaseLauncher.class, classes)
                .findFirst()
                .orElseThrow(() -> new StartRefused("ROSTER_DB_URL must be set"
                        + " (postgresql://host:port/database):"
                        + " this build has no embedded database"));
    }

    private static void publish(DatabaseAddress address, boolean embedded) {
        address.properties().forEach(System::setProperty);
        System.setProperty("roster.embedded", Boolean.toString(embedded));
    }
}
