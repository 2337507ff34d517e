package dev.roster.platform.http;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** The ports of Quarkus, which it would find wrong when everything else has been started. */
@Unremovable
@ConfigMapping(prefix = "quarkus")
public interface PortSettings extends Checked {
    // 0 lets the system choose one

    /** {@code QUARKUS_HTTP_PORT}: the port of the service. */
    @WithName("http.port")
    Optional<Integer> http();

    /** {@code QUARKUS_MANAGEMENT_PORT}: the port of health and metrics. */
    @WithName("management.port")
    Optional<Integer> management();

    @Override
    default void check(Rules rules) {
        http().ifPresent(port -> rules.requireBetween(0, port, 65_535, "QUARKUS_HTTP_PORT"));
        management().ifPresent(port -> rules.requireBetween(0, port, 65_535, "QUARKUS_MANAGEMENT_PORT"));
    }
}
