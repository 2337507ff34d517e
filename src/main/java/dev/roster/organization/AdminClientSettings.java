package dev.roster.organization;

import dev.roster.platform.database.MigrationSettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import dev.roster.user.SignInClientId;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The client that the first start of an installation makes. */
@ConfigMapping(prefix = "roster.admin")
public interface AdminClientSettings extends Checked {

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

    @Override
    default void check(Rules rules) {
        // RFC 6749 appendix A.1 without the colon, which HTTP Basic would make awkward, and no longer
        // than a client's name
        rules.require(
                clientId().matches("[\\x21-\\x39\\x3B-\\x7E]{1,100}"),
                "ROSTER_ADMIN_CLIENT_ID must be 1 to 100 visible ASCII characters without colon and space");
        rules.require(
                !clientId().startsWith(SignInClientId.PREFIX),
                "ROSTER_ADMIN_CLIENT_ID must not begin with " + SignInClientId.PREFIX
                        + ", as the clients of sign-ins do, which have no secret");
        // Sixteen random characters cannot be guessed, not even with the digest at hand; the longest
        // is what authentication takes
        rules.require(
                clientSecret()
                        .map(secret -> secret.matches("[\\x20-\\x7E]{16,255}"))
                        .orElse(true),
                "ROSTER_ADMIN_CLIENT_SECRET must be 16 to 255 ASCII characters");
        // Replicas that leave it to another process have the variable too, and no secret
        rules.compare(
                MigrationSettings.class,
                migrations -> rules.require(
                        !reset() || !migrations.migrates() || clientSecret().isPresent(),
                        "ROSTER_ADMIN_RESET needs ROSTER_ADMIN_CLIENT_SECRET: the secret that lets the operator in"
                                + " again"));
    }
}
