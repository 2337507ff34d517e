package dev.roster.testing;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.CheckedMappings;
import dev.roster.platform.settings.Rules;
import dev.roster.platform.settings.Values;
import dev.roster.platform.settings.WrongSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Settings as the service reads them, for what is tested without the service. */
public final class TestSettings {
    private TestSettings() {}

    /** These settings of a feature, and the defaults of all others. */
    public static <T> T of(Class<T> mapping, Map<String, String> values) {
        return builder(values).withMapping(mapping).build().getConfigMapping(mapping);
    }

    /** What a start with these values would say is wrong with all these settings together. */
    public static List<String> wrong(Collection<Class<?>> mappings, Map<String, String> values) {
        SmallRyeConfigBuilder builder = builder(values).withValidator(CheckedMappings.validator());
        mappings.forEach(builder::withMapping);
        try {
            builder.build();
            return List.of();
        } catch (ConfigValidationException refused) {
            return WrongSettings.of(refused);
        }
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().withValidateUnknown(false).withDefaultValues(values);
        Values.register(builder);
        return builder;
    }

    /** The rules that settings break, by themselves and beside each other. */
    public static List<String> broken(Checked... settings) {
        Rules rules = new Rules();
        return Stream.of(settings).flatMap(each -> rules.check(each).stream()).toList();
    }
}
