package dev.roster.access.federation;

import dev.roster.caller.Role;
import dev.roster.platform.settings.Rules;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * An issuer whose tokens are accepted.
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
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    static TrustedIssuer of(String name, TrustedIssuerSettings.Entry entry) {
        return new TrustedIssuer(
                name,
                entry.issuer(),
                entry.jwksUrl().map(URI::create),
                entry.jwksFile(),
                entry.audience(),
                entry.organization(),
                entry.roleClaim().map(RoleClaim::new),
                entry.role().flatMap(Role::of),
                entry.createAccounts(),
                entry.clientId().map(client -> ProviderClient.of(name, entry)));
    }

    /**
     * Whether an endpoint that the issuer names may be called, or a browser sent there: over https, and what is on this
     * machine only by an issuer that is here itself.
     */
    boolean mayName(String endpoint) {
        return isSafe(endpoint) && (isHere(URI.create(url)) || !isHere(URI.create(endpoint)));
    }

    // Who can change the keys on their way can sign for everyone
    static boolean isSafe(String url) {
        return Rules.web(url)
                .filter(uri -> "https".equals(uri.getScheme()) || isHere(uri))
                .isPresent();
    }

    private static boolean isHere(URI uri) {
        return THIS_MACHINE.contains(uri.getHost());
    }
}
