package dev.roster.platform.request;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Optional;

/** Where traces go, as far as it is checked here; all of it goes to Quarkus. */
@Unremovable
@ConfigMapping(prefix = "otel")
public interface TraceSettings extends Checked {
    /** {@code OTEL_SDK_DISABLED}: false turns tracing on. */
    @WithName("sdk.disabled")
    @WithDefault("true")
    boolean disabled();

    /** {@code OTEL_EXPORTER_OTLP_ENDPOINT}: the collector, on this machine unless it is set. */
    @WithName("exporter.otlp.endpoint")
    Optional<String> endpoint();

    @Override
    default void check(Rules rules) {
        // Shared with programs beside this one, which may read something else in it
        endpoint().filter(url -> !disabled()).ifPresent(url -> rules.requirePage(url, "OTEL_EXPORTER_OTLP_ENDPOINT"));
    }
}
