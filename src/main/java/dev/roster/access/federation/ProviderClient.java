package dev.roster.access.federation;

import static dev.roster.platform.settings.Settings.require;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * This service as a client of a trusted issuer, through which persons sign in (OpenID Connect Core section 3.1).
 *
 * @param displayName what persons know the issuer by
 * @param scopes {@code openid} and others
 * @param acrValues how persons have to prove themselves, one of these ways; empty for any
 */
record ProviderClient(
        String clientId, String clientSecret, String displayName, List<String> scopes, List<String> acrValues) {
    // RFC 6749 appendix A
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]{1,500}");
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");
    private static final int LONGEST_NAME = 60; // of a button

    /** The client of an issuer; empty where nobody signs in through it. */
    static Optional<ProviderClient> of(String name, String prefix, TrustedIssuerSettings.Entry entry) {
        require(
                entry.clientId().isPresent() == entry.clientSecret().isPresent(),
                prefix + "client-id and " + prefix + "client-secret must be set, or neither");
        return entry.clientId().map(id -> of(name, prefix, id, entry));
    }

    private static ProviderClient of(String name, String prefix, String clientId, TrustedIssuerSettings.Entry entry) {
        String secret = entry.clientSecret().orElseThrow();
        String displayName = entry.displayName().orElse(name);
        List<String> scopes = words("openid " + entry.scopes());
        List<String> acrValues = words(entry.acrValues().orElse(""));
        require(VISIBLE.matcher(clientId).matches(), prefix + "client-id must be 1 to 500 ASCII characters");
        require(VISIBLE.matcher(secret).matches(), prefix + "client-secret must be 1 to 500 ASCII characters");
        require(
                !displayName.isBlank() && displayName.length() <= LONGEST_NAME,
                prefix + "display-name must be 1 to " + LONGEST_NAME + " characters");
        require(
                scopes.stream().allMatch(scope -> WORD.matcher(scope).matches()),
                prefix + "scopes must be names of scopes, separated by spaces");
        require(
                acrValues.stream().allMatch(value -> WORD.matcher(value).matches()),
                prefix + "acr-values must be names, separated by spaces");
        // An identity token is for who asked for it, and never opens an API
        require(
                entry.audience().filter(clientId::equals).isEmpty(),
                prefix + "audience and " + prefix + "client-id must not be the same");
        return new ProviderClient(clientId, secret, displayName, scopes, acrValues);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return "ProviderClient[" + clientId + "]"; // a secret must not end in a log
    }
}
