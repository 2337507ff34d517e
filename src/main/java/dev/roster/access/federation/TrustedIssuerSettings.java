package dev.roster.access.federation;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Whose tokens open this service besides its own, and through whom persons sign in, by a name of the operator's choice:
 * {@code ROSTER_TRUSTED_ISSUERS__KEYCLOAK__ISSUER} and so on, or {@code roster.trusted-issuers.keycloak.issuer} in a file.
 */
@ConfigMapping(prefix = "roster.trusted-issuers")
public interface TrustedIssuerSettings extends Checked {

    /** The issuers by name; none unless there are some. */
    @WithParentName
    Map<String, Entry> issuers();

    @Override
    default void check(Rules rules) {
        TrustedIssuerRules.check(rules, issuers());
    }

    /** One issuer. */
    interface Entry {

        /** Its identifier, compared with {@code iss} character by character. */
        String issuer();

        /** Where its public keys are: https, or http on this machine. By default where its metadata says. */
        Optional<String> jwksUrl();

        /** The file with its public keys, instead of the URL. */
        Optional<Path> jwksFile();

        /** The audience that its tokens name for this service; without one its tokens do not open the API. */
        Optional<String> audience();

        /** The name of the organization that its accounts belong to. */
        String organization();

        /**
         * The claim with the role, or a list of names with a role among them; dots lead into
         * objects, as in {@code realm_access.roles}.
         */
        Optional<String> roleClaim();

        /** The role of all its accounts, instead of a claim. */
        Optional<String> role();

        /** Whether an account is made when a token of an unknown subject comes first, or such a person signs in. */
        @WithDefault("false")
        boolean createAccounts();

        /** What this service is called there; with it persons sign in through the issuer. */
        Optional<String> clientId();

        /** The secret of that client, as long as there is one. */
        Optional<String> clientSecret();

        /** What persons know the issuer by; its name by default. */
        Optional<String> displayName();

        /** What is asked of it besides {@code openid}, separated by spaces: what its identity tokens tell of a person. */
        @WithDefault("profile email")
        String scopes();

        /**
         * How persons have to prove themselves there, one of these ways, such as by a second factor; separated by
         * spaces.
         */
        Optional<String> acrValues();
    }
}
