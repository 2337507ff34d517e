package dev.roster.testing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Settings as the service reads them, for what is tested without the service. */
public final class TestSettings {
    private TestSettings() {}

    /** These settings of a feature, and the defaults of all others. */
    public static <T> T of(Class<T> mapping, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(mapping)
                .withValidateUnknown(false)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(mapping);
    }
}
