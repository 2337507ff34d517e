package dev.roster.platform.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses settings of Quarkus in the place of ours that Roster reads too: migrations would run in one database and the
 * service in another, or mail would have a server of which nothing is known.
 */
@Priority(0)
public final class ReadElsewhere implements ConfigSourceInterceptor {
    private static final Map<String, String> OF_THE_DATABASE = Map.of(
            "quarkus.datasource.jdbc.url", "ROSTER_DB_URL",
            "quarkus.datasource.reactive.url", "ROSTER_DB_URL",
            "quarkus.datasource.username", "ROSTER_DB_USERNAME",
            "quarkus.datasource.password", "ROSTER_DB_PASSWORD",
            "quarkus.flyway.jdbc-url", "ROSTER_DB_URL",
            "quarkus.flyway.username", "ROSTER_DB_USERNAME",
            "quarkus.flyway.password", "ROSTER_DB_PASSWORD");

    private static final String OF_MAIL = "quarkus.mailer.";

    /**
     * The ordinal of the packaged application.properties, where they have their values from ours. Whatever an operator can
     * set has a higher one, defaults have lower ones (Quarkus, "Configuration sources").
     */
    private static final int PACKAGED = 250;

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]$");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (value != null && value.getConfigSourceOrdinal() > PACKAGED) {
            String property = plain(name);
            ours(property).ifPresent(variable -> {
                throw new ConfigurationException(
                        WrongSettings.nameOf(property) + " must not be set: Roster reads " + variable + " instead");
            });
        }
        return value;
    }

    private static Optional<String> ours(String property) {
        return property.startsWith(OF_MAIL)
                ? WrongSettings.ours(property)
                : Optional.ofNullable(OF_THE_DATABASE.get(property));
    }

    /**
     * A property of a profile, such as {@code %prod}, is the same; so are that of the one datasource or mailer by its name,
     * and an element of a list by its number.
     */
    private static String plain(String name) {
        String property = name.startsWith("%") ? name.substring(name.indexOf('.') + 1) : name;
        return INDEX.matcher(property.replace(".\"<default>\"", "").replace(".<default>", ""))
                .replaceFirst("");
    }
}
