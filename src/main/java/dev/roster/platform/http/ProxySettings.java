package dev.roster.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Optional;

/** Which proxies say truly where a request comes from. */
@ConfigMapping(prefix = "roster")
public interface ProxySettings {

    /**
     * {@code ROSTER_TRUSTED_PROXIES}: addresses and ranges of proxies, such as {@code 10.0.0.0/8}
     * or {@code 2001:db8::/32}, with commas between. What others say of the address of a caller is
     * not read.
     */
    @WithName("trusted-proxies")
    Optional<String> trustedProxies();

    /**
     * {@code ROSTER_TRUSTED_PROXIES_HEADER}: the header that these proxies write, {@code
     * X-Forwarded-For} or {@code Forwarded} (RFC 7239). Only one is read: the other is passed on by
     * proxies as the caller has invented it.
     */
    @WithName("trusted-proxies-header")
    @WithDefault("X-Forwarded-For")
    String trustedProxiesHeader();
}
