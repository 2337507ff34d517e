package dev.roster.platform.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets the service's own variables arrive as they are set: a dollar sign in a secret is one, and no expression of the
 * configuration. Stands between the variables and what expands expressions.
 */
@Priority(0)
public final class ExactVariables implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    /** What a value cannot say in the syntax of the configuration. */
    private static final String INEXPRESSIBLE = "\\$";

    private static final Set<String> SOURCES = Set.of("EnvConfigSource", "SysPropConfigSource");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value != null
                        && value.getValue() != null
                        && name.startsWith("roster.")
                        && SOURCES.contains(value.getConfigSourceName())
                ? value.withValue(value.getValue().replace("$", "$$"))
                : value;
    }

    /** The name of a variable of the service whose value would not arrive. */
    public static Optional<String> inexpressible(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("ROSTER_"))
                .filter(variable -> variable.getValue().contains(INEXPRESSIBLE))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
