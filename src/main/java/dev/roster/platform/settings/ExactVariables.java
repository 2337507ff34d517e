package dev.roster.platform.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.List;
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

    /** What Java makes of a byte that is no character of the locale. */
    private static final char UNDECODED = '\uFFFD';

    private static final Set<String> SOURCES = Set.of("EnvConfigSource", "SysPropConfigSource");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value != null && value.getValue() != null && name.startsWith("roster.") && isGiven(value)
                ? value.withValue(value.getValue().replace("$", "$$"))
                : value;
    }

    /** Whether an operator has set a value, for this process. */
    static boolean isGiven(ConfigValue value) {
        return SOURCES.contains(value.getConfigSourceName());
    }

    /** What is wrong with how the variables of the service arrive, whatever they mean: a line for each. */
    public static List<String> refused(Map<String, String> environment) {
        KnownVariables known = KnownVariables.read();
        return environment.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(variable -> refused(variable.getValue(), known.isDocumented(variable.getKey()))
                        .filter(rule -> variable.getKey().startsWith("ROSTER_"))
                        .map(rule -> variable.getKey() + " must not have " + rule)
                        .stream())
                .toList();
    }

    private static Optional<String> refused(String value, boolean isOurs) {
        if (value.contains(INEXPRESSIBLE)) {
            return Optional.of("a backslash before a dollar sign");
        }
        if (isOurs && value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a line break or another control character, also at its end");
        }
        return Optional.of("characters that the locale of this process does not know: LC_ALL=C.UTF-8 knows all")
                .filter(rule -> isOurs && value.indexOf(UNDECODED) >= 0);
    }
}
