package dev.roster.access.federation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Whose tokens open this service besides its own, by a name of the operator's choice: {@code
 * ROSTER_TRUSTED_ISSUERS__KEYCLOAK__ISSUER} and so on, or {@code
 * roster.trusted-issuers.keycloak.issuer} in a file.
 */
@ConfigMapping(prefix = "roster.trusted-issuers")
public interface TrustedIssuerSettings {

    /** The issuers by name; none unless there are some. */
    @WithParentName
    Map<String, Entry> issuers();

    /** One issuer. */
    interface Entry {

        /** Its identifier, compared with {@code iss} character by character. */
        String issuer();

        /** Where its public keys are: https, or http on this machine. */
        Optional<String> jwksUrl();

        /** The file with its public keys, instead of the URL. */
        Optional<Path> jwksFile();

        /** The audience that its tokens name for this service. */
        String audience();

        /** The name of the organization that its accounts belong to. */
        String organization();

        /**
         * The claim with the role, or a list of names with a role among them; dots lead into
         * objects, as in {@code realm_access.roles}.
         */
        Optional<String> roleClaim();

        /** The role of all its accounts, instead of a claim. */
        Optional<String> role();

        /** Whether an account is made when a token of an unknown subject comes first. */
        @WithDefault("false")
        boolean createAccounts();
    }
}
