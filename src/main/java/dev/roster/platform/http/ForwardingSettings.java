package dev.roster.platform.http;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What Quarkus can do with proxies, and must not: {@link TrustedProxies} does it. */
@Unremovable
@ConfigMapping(prefix = "quarkus.http.proxy")
public interface ForwardingSettings extends Checked {

    /** {@code QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING}: whether what any caller says of its address is believed. */
    @WithDefault("false")
    boolean proxyAddressForwarding();

    /** {@code QUARKUS_HTTP_PROXY_USE_PROXY_PROTOCOL}: whether a connection begins with a line of its proxy. */
    @WithDefault("false")
    boolean useProxyProtocol();

    @Override
    default void check(Rules rules) {
        rules.require(
                !useProxyProtocol(),
                "QUARKUS_HTTP_PROXY_USE_PROXY_PROTOCOL must not be set: what stands before a request is refused. Let proxies"
                        + " write a header, and name them in ROSTER_TRUSTED_PROXIES");
        rules.require(
                !proxyAddressForwarding(),
                "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING must not be set: it believes what callers invent. Name the"
                        + " proxies in ROSTER_TRUSTED_PROXIES instead");
    }
}
