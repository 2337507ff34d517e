package dev.roster.access.federation;

import static dev.roster.platform.settings.Settings.require;

import dev.roster.caller.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An issuer whose tokens are accepted, checked at start.
 *
 * @param name the operator's name for it
 * @param url its identifier
 * @param keysAt where its keys are; empty where they are in a file, or its metadata says it
 * @param audience of the tokens that open the API; empty where none do
 * @param role of all its accounts; empty where a claim says it
 * @param client through which persons sign in; empty where nobody does
 */
record TrustedIssuer(
        String name,
        String url,
        Optional<URI> keysAt,
        Optional<Path> keysIn,
        Optional<String> audience,
        String organization,
        Optional<RoleClaim> roleClaim,
        Optional<Role> role,
        boolean createsAccounts,
        Optional<ProviderClient> client) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    static TrustedIssuer of(String name, TrustedIssuerSettings.Entry entry) {
        String prefix = "roster.trusted-issuers." + name + ".";
        require(NAME.matcher(name).matches(), prefix + " must have a name of a-z, 0-9 and -");
        require(!entry.issuer().isBlank(), prefix + "issuer must not be blank");
        require(
                entry.audience().map(audience -> !audience.isBlank()).orElse(true),
                prefix + "audience must not be blank");
        require(
                entry.audience().isPresent() || entry.clientId().isPresent(),
                prefix + "audience or " + prefix + "client-id must be set");
        require(!entry.organization().isBlank(), prefix + "organization must not be blank");
        require(
                entry.jwksUrl().isEmpty() || entry.jwksFile().isEmpty(),
                prefix + "jwks-url and " + prefix + "jwks-file must not both be set");
        require(
                entry.roleClaim().isPresent() != entry.role().isPresent(),
                prefix + "role-claim or " + prefix + "role must be set, and not both");
        require(
                entry.jwksUrl().map(TrustedIssuer::isSafe).orElse(true),
                prefix + "jwks-url must be an https URL; http is for this machine only");
        boolean readsMetadata = entry.clientId().isPresent()
                || (entry.jwksUrl().isEmpty() && entry.jwksFile().isEmpty());
        require(
                !readsMetadata || isSafe(entry.issuer()),
                prefix + "issuer must be an https URL, as its metadata is read there; http is for this machine only");
        Optional<Role> role = entry.role().flatMap(Role::of);
        require(entry.role().isPresent() == role.isPresent(), prefix + "role must be admin, member or viewer");
        return new TrustedIssuer(
                name,
                entry.issuer(),
                entry.jwksUrl().map(URI::create),
                entry.jwksFile(),
                entry.audience(),
                entry.organization(),
                entry.roleClaim().map(RoleClaim::new),
                role,
                entry.createAccounts(),
                ProviderClient.of(name, prefix, entry));
    }

    /**
     * Whether an endpoint that the issuer names may be called, or a browser sent there: over https, and what is on this
     * machine only by an issuer that is here itself.
     */
    boolean mayName(String endpoint) {
        return isSafe(endpoint) && (isHere(URI.create(url)) || !isHere(URI.create(endpoint)));
    }

    // Who can change the keys on their way can sign for everyone
    private static boolean isSafe(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isHere(uri)));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static boolean isHere(URI uri) {
        return THIS_MACHINE.contains(uri.getHost());
    }
}
