package dev.roster.organization;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The client that the first start of an installation makes. */
@ConfigMapping(prefix = "roster.admin")
public interface AdminClientSettings {

    /** {@code ROSTER_ADMIN_CLIENT_ID}: its identifier. */
    @WithDefault("admin")
    String clientId();

    /**
     * {@code ROSTER_ADMIN_CLIENT_SECRET}: its secret; without one, the first start makes one and
     * shows it once.
     */
    Optional<String> clientSecret();
}
