package dev.roster.platform.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Lets the service's own variables arrive as they are set: a dollar sign in a secret is one, and no expression of the
 * configuration. Stands between the variables and what expands expressions.
 */
@Priority(0)
public final class ExactVariables implements ConfigSourceInterceptor {
    /** What a value cannot say in the syntax of the configuration. */
    private static final String INEXPRESSIBLE = "\\$";

    /** What Java makes of a byte that is no character of the locale. */
    private static final char UNDECODED = '\uFFFD';

    /** Whose values are used to the last character; what reads the others strips them, or has a rule of its own. */
    private static final Pattern EXACT =
            Pattern.compile("ROSTER_(ADMIN_CLIENT_SECRET|AUDIENCE|DB_PASSWORD|MAIL_PASSWORD"
                    + "|MAIL_USERNAME|RESTORED|SIGNING_KEYS|TRUSTED_ISSUERS__[A-Z0-9]+__(?!CREATE_ACCOUNTS)[A-Z_]+)");

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

    /** The variables of a process, and its properties, which are the same in other words and win. */
    public static Map<String, String> given(Map<String, String> environment, Properties properties) {
        Map<String, String> all = new TreeMap<>(environment);
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("roster."))
                .forEach(name -> all.put(WrongSettings.nameOf(name), properties.getProperty(name)));
        return all;
    }

    /**
     * What is wrong with how the variables of the service arrive, whatever they mean: a line for each.
     *
     * @param given by their names
     */
    public static List<String> refused(Map<String, String> given) {
        KnownVariables known = KnownVariables.read();
        return given.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("ROSTER_"))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(variable -> refused(variable.getKey(), variable.getValue(), known)
                        .map(rule -> variable.getKey() + " must not have " + rule)
                        .stream())
                .toList();
    }

    private static Optional<String> refused(String name, String value, KnownVariables known) {
        if (value.contains(INEXPRESSIBLE)) {
            return Optional.of("a backslash before a dollar sign");
        }
        if (!known.isDocumented(name)) {
            return Optional.empty();
        }
        if ((isExact(name) ? value : value.strip()).chars().anyMatch(Character::isISOControl)) {
            return Optional.of(
                    "a line break or another control character" + (isExact(name) ? ", also at its end" : ""));
        }
        return Optional.of(
                        "characters that the locale of this process, or of the build of a native executable, does not"
                                + " know: LC_ALL=C.UTF-8 knows all")
                .filter(rule -> value.indexOf(UNDECODED) >= 0);
    }

    static boolean isExact(String name) {
        return EXACT.matcher(name).matches();
    }
}
