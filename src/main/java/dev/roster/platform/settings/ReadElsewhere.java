package dev.roster.platform.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.Map;

/**
 * Refuses settings of Quarkus in the place of ours that Roster reads too: migrations would run in one database and the
 * service in another, or mail would have a server of which nothing is known.
 */
@Priority(0)
public final class ReadElsewhere implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> VARIABLES = Map.of(
            "quarkus.datasource.jdbc.url", "ROSTER_DB_URL",
            "quarkus.datasource.reactive.url", "ROSTER_DB_URL",
            "quarkus.datasource.username", "ROSTER_DB_USERNAME",
            "quarkus.datasource.password", "ROSTER_DB_PASSWORD",
            "quarkus.mailer.host", "ROSTER_MAIL_HOST",
            "quarkus.mailer.port", "ROSTER_MAIL_PORT",
            "quarkus.mailer.from", "ROSTER_MAIL_FROM",
            "quarkus.mailer.tls", "ROSTER_MAIL_TLS",
            "quarkus.mailer.start-tls", "ROSTER_MAIL_START_TLS");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (value != null && VARIABLES.containsKey(name) && ExactVariables.isGiven(value)) {
            throw new ConfigurationException(
                    WrongSettings.nameOf(name) + " must not be set: Roster reads " + VARIABLES.get(name) + " instead");
        }
        return value;
    }
}
