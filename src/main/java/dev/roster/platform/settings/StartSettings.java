package dev.roster.platform.settings;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.function.Consumer;

/**
 * Checks all settings before the start itself does, which does something first that takes its time, or logs lines in which
 * the one that matters is not found. Not in a native executable, where nothing does.
 */
public final class StartSettings {
    /** By which Quarkus reads the configuration of a start; it is made while the service is built. */
    private static final String READER = "io.quarkus.runtime.generated.RunTimeConfig";

    private StartSettings() {}

    /**
     * Reads the configuration as the start will, and forgets it.
     *
     * @param further looks at what takes more than values
     * @throws io.smallrye.config.ConfigValidationException which says what is wrong
     */
    public static void check(Consumer<SmallRyeConfig> further) {
        // Else whoever develops it has no process in which to put the setting right
        if (LaunchMode.current() != LaunchMode.NORMAL || ImageMode.current().isNativeImage()) {
            return;
        }
        SmallRyeConfigBuilder start = new SmallRyeConfigBuilder();
        AbstractConfigBuilder.withCustomizer(start, READER);
        further.accept(start.build());
    }
}
