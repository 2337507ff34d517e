package dev.roster.platform.http;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The ports of Quarkus and their connections, which it would find wrong when everything else has been started, or not at all. */
@Unremovable
@ConfigMapping(prefix = "quarkus")
public interface PortSettings extends Checked {
    String EVERYWHERE = "0.0.0.0";

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

    /** {@code QUARKUS_HTTP_IDLE_TIMEOUT}: how long a connection rests. */
    @WithName("http.idle-timeout")
    Optional<Duration> idleTimeout();

    /** {@code QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS}: connections at once. */
    @WithName("http.limits.max-connections")
    Optional<Integer> connections();

    // What Quarkus can do with proxies, and must not: TrustedProxies does it

    /** {@code QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING}: whether what any caller says of its address is believed. */
    @WithName("http.proxy.proxy-address-forwarding")
    @WithDefault("false")
    boolean forwarding();

    /** {@code QUARKUS_HTTP_PROXY_USE_PROXY_PROTOCOL}: whether a connection begins with a line of its proxy. */
    @WithName("http.proxy.use-proxy-protocol")
    @WithDefault("false")
    boolean proxyProtocol();

    @Override
    default void check(Rules rules) {
        http().ifPresent(port -> rules.requireBetween(0, port, 65_535, "QUARKUS_HTTP_PORT"));
        management().ifPresent(port -> rules.requireBetween(0, port, 65_535, "QUARKUS_MANAGEMENT_PORT"));
        httpHost().ifPresent(host -> rules.requireHost(host, "QUARKUS_HTTP_HOST"));
        managementHost().ifPresent(host -> rules.requireHost(host, "QUARKUS_MANAGEMENT_HOST"));
        // Its milliseconds are counted in 32 bits
        idleTimeout()
                .ifPresent(time -> rules.requireBetween(
                        Duration.ZERO,
                        time,
                        Duration.ofDays(24),
                        "QUARKUS_HTTP_IDLE_TIMEOUT",
                        "0 seconds, which is for ever, to 24 days"));
        rules.require(connections().orElse(1) >= 1, "QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS must be at least 1");
        // Both would get some of the connections
        rules.require(
                !collide(),
                "QUARKUS_MANAGEMENT_PORT must be another than QUARKUS_HTTP_PORT, which everybody can reach");
        rules.require(
                !proxyProtocol(),
                "QUARKUS_HTTP_PROXY_USE_PROXY_PROTOCOL must not be set: what stands before a request is refused. Let proxies"
                        + " write a header, and name them in ROSTER_TRUSTED_PROXIES");
        rules.require(
                !forwarding(),
                "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING must not be set: it believes what callers invent. Name the"
                        + " proxies in ROSTER_TRUSTED_PROXIES instead");
    }

    private boolean collide() {
        int port = http().orElse(8080);
        return port > 0 && port == management().orElse(9000) && overlap(httpHost(), managementHost());
    }

    /** Whether some address of the machine is one of both, however they are written; each is where one is all of them. */
    private static boolean overlap(Optional<String> host, Optional<String> other) {
        List<InetAddress> some = addresses(host.orElse(EVERYWHERE));
        List<InetAddress> others = addresses(other.orElse(EVERYWHERE));
        return host.equals(other)
                || some.stream().anyMatch(InetAddress::isAnyLocalAddress)
                || others.stream().anyMatch(InetAddress::isAnyLocalAddress)
                || some.stream().anyMatch(others::contains);
    }

    /** None of a name that is not known, which the listening says. */
    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}
