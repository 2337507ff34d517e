package dev.roster.platform.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.List;

/** Has {@link Values} read, and every mapping checked that is {@link Checked}: whenever a configuration is read, at each start. */
public final class CheckedMappings implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        Values.register(builder);
        builder.withValidator(validator());
    }

    /** What checks the mappings of one configuration. */
    public static ConfigValidator validator() {
        Rules rules = new Rules();
        return (type, prefix, mapping) -> {
            if (mapping instanceof Checked settings) {
                refuse(rules.check(settings));
            }
        };
    }

    /** What refuses one mapping is collected, and the start refused when all of them are read. */
    private static void refuse(List<String> broken) {
        if (!broken.isEmpty()) {
            throw new ConfigValidationException(
                    broken.stream().map(Problem::new).toArray(Problem[]::new));
        }
    }
}
