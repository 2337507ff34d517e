package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.testing.Beside;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Roster reads too is set by its own variables, wherever an operator sets something else. */
@Beside
class ReadElsewhereTest {
    private static final int PACKAGED = 250;
    private static final int CONFIG_FOLDER = 260;
    private static final int DOT_ENV = 295;

    @ParameterizedTest
    @CsvSource({
        "quarkus.datasource.jdbc.url, QUARKUS_DATASOURCE_JDBC_URL, ROSTER_DB_URL",
        "quarkus.datasource.reactive.url, QUARKUS_DATASOURCE_REACTIVE_URL, ROSTER_DB_URL",
        "quarkus.datasource.username, QUARKUS_DATASOURCE_USERNAME, ROSTER_DB_USERNAME",
        "quarkus.datasource.password, QUARKUS_DATASOURCE_PASSWORD, ROSTER_DB_PASSWORD",
        "quarkus.flyway.jdbc-url, QUARKUS_FLYWAY_JDBC_URL, ROSTER_DB_URL",
        "quarkus.flyway.username, QUARKUS_FLYWAY_USERNAME, ROSTER_DB_USERNAME",
        "quarkus.flyway.password, QUARKUS_FLYWAY_PASSWORD, ROSTER_DB_PASSWORD",
        "quarkus.mailer.host, QUARKUS_MAILER_HOST, ROSTER_MAIL_HOST",
        "quarkus.mailer.port, QUARKUS_MAILER_PORT, ROSTER_MAIL_PORT",
        "quarkus.mailer.from, QUARKUS_MAILER_FROM, ROSTER_MAIL_FROM",
        "quarkus.mailer.username, QUARKUS_MAILER_USERNAME, ROSTER_MAIL_USERNAME",
        "quarkus.mailer.password, QUARKUS_MAILER_PASSWORD, ROSTER_MAIL_PASSWORD",
        "quarkus.mailer.tls, QUARKUS_MAILER_TLS, ROSTER_MAIL_TLS",
        "quarkus.mailer.start-tls, QUARKUS_MAILER_START_TLS, ROSTER_MAIL_START_TLS"
    })
    void whenSetAnywhereThenRefusedByItsName(String property, String variable, String ours) {
        String message = variable + " must not be set: Roster reads " + ours + " instead";
        assertEquals(message, refused(property, new EnvConfigSource(Map.of(variable, "hidden"), DOT_ENV)));
        assertEquals(message, refused(property, properties(property, CONFIG_FOLDER)));
        assertEquals(message, refused(property, properties("%prod." + property, CONFIG_FOLDER)));
        String named = property.replaceFirst("(quarkus\\.[a-z]+)", "$1.\"<default>\"");
        assertEquals(message, refused(named, properties(named, CONFIG_FOLDER)));
        assertEquals(message, refused(property, new EnvConfigSource(Map.of("_PROD_" + variable, "hidden"), DOT_ENV)));
    }

    /** As an element of a list, which the URLs of the reactive client are. */
    @Test
    void whenSetByItsNumberThenRefusedToo() {
        String message = "QUARKUS_DATASOURCE_REACTIVE_URL must not be set: Roster reads ROSTER_DB_URL instead";
        for (String property : List.of(
                "quarkus.datasource.reactive.url[0]",
                "quarkus.datasource.reactive.url[12]",
                "quarkus.datasource.\"<default>\".reactive.url[0]")) {
            assertEquals(message, refused(property, properties(property, CONFIG_FOLDER)));
            assertEquals(message, refused(property, properties("%prod." + property, CONFIG_FOLDER)));
        }
        for (String variable :
                List.of("QUARKUS_DATASOURCE_REACTIVE_URL_0_", "_PROD_QUARKUS_DATASOURCE_REACTIVE_URL_0_")) {
            assertEquals(
                    message,
                    refused(
                            "quarkus.datasource.reactive.url[0]",
                            new EnvConfigSource(Map.of(variable, "hidden"), DOT_ENV)));
        }
    }

    @Test
    void whenItHasWhatIsPackagedThenRead() {
        assertEquals("hidden", read("quarkus.mailer.host", properties("quarkus.mailer.host", PACKAGED)));
        assertEquals("hidden", read("quarkus.mailer.ssl", properties("quarkus.mailer.ssl", CONFIG_FOLDER)));
    }

    private static ConfigSource properties(String property, int ordinal) {
        return new PropertiesConfigSource(Map.of(property, "hidden"), "a file", ordinal);
    }

    private static String refused(String property, ConfigSource source) {
        return assertThrows(ConfigurationException.class, () -> read(property, source))
                .getMessage();
    }

    private static String read(String property, ConfigSource source) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("prod")
                .withInterceptors(new ReadElsewhere())
                .withSources(source)
                .build();
        return config.getRawValue(property);
    }
}
