package dev.roster.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Gives every Quarkus test the one database of the test run; registered in {@code
 * META-INF/services}, so that no test has to name it.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private static volatile Map<String, String> settings = Map.of();

    private Path dataDirectory;

    /**
     * A setting of the service under test; one of this resource where the service is another
     * process, whose configuration is not this one's.
     */
    static String setting(String name) {
        return ConfigProvider.getConfig()
                .getOptionalValue(name, String.class)
                .orElseGet(() -> settings.getOrDefault(name, ""));
    }

    @Override
    public Map<String, String> start() {
        try {
            dataDirectory = Files.createTempDirectory("roster-test");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Map<String, String> properties = new HashMap<>(TestDatabase.address().properties());
        properties.put("roster.data.dir", dataDirectory.toString());
        properties.put("roster.embedded", "true");
        // The mail server of the tests says at INFO whose mail it has taken
        properties.put("quarkus.log.category.\"com.icegreen\".level", "WARN");
        // The same over every port.
        properties.put("roster.issuer", "http://localhost:8080");
        // A pause of a busy build machine must not send forged tokens, which no row stands for,
        // to the check in the database
        properties.put("roster.revocations.lease", "30S");
        // All of a run come from one address, and its clients leave their connections open
        properties.put("roster.http.connections-per-address", "100000");
        // Of a service that is another process; the port in this one is a test port
        properties.put("quarkus.management.port", "0");
        properties.put("roster.shutdown.delay", "0S");
        properties.put("roster.log.json", "false");
        settings = Map.copyOf(properties);
        return properties;
    }

    /** Leaves the database to the end of the JVM: tests of another profile may follow. */
    @Override
    public void stop() {
        Folders.delete(dataDirectory);
    }
}
