package dev.roster.platform.http;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;
import java.util.Set;

/** The ports of Quarkus, which it would find wrong when everything else has been started. */
@Unremovable
@ConfigMapping(prefix = "quarkus")
public interface PortSettings extends Checked {
    /** Addresses that stand for each of the machine. */
    Set<String> ALL = Set.of("0.0.0.0", "::", "::0", "[::]");

    // 0 lets the system choose one

    /** {@code QUARKUS_HTTP_PORT}: the port of the service. */
    @WithName("http.port")
    Optional<Integer> http();

    /** {@code QUARKUS_MANAGEMENT_PORT}: the port of health and metrics. */
    @WithName("management.port")
    Optional<Integer> management();

    /** {@code QUARKUS_HTTP_HOST}: the address of the service. */
    @WithName("http.host")
    Optional<String> httpHost();

    /** {@code QUARKUS_MANAGEMENT_HOST}: the address of health and metrics. */
    @WithName("management.host")
    Optional<String> managementHost();

    @Override
    default void check(Rules rules) {
        http().ifPresent(port -> rules.requireBetween(0, port, 65_535, "QUARKUS_HTTP_PORT"));
        management().ifPresent(port -> rules.requireBetween(0, port, 65_535, "QUARKUS_MANAGEMENT_PORT"));
        // Both would get some of the connections
        rules.require(
                !isOne(), "QUARKUS_MANAGEMENT_PORT must be another than QUARKUS_HTTP_PORT, which everybody can reach");
    }

    private boolean isOne() {
        int port = http().orElse(8080);
        String host = httpHost().orElse("0.0.0.0");
        String other = managementHost().orElse("0.0.0.0");
        return port > 0
                && port == management().orElse(9000)
                && (host.equals(other) || ALL.contains(host) || ALL.contains(other));
    }
}
