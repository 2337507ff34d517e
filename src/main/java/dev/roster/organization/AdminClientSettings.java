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

    /**
     * {@code ROSTER_ADMIN_RESET}: {@code true} gives the first client the secret of {@code
     * ROSTER_ADMIN_CLIENT_SECRET} where it has another, and makes its account an active
     * administrator again: for an operator who is locked out. It is done once, by the process that
     * migrates; the next start with the same secret changes nothing.
     */
    @WithDefault("false")
    boolean reset();
}
