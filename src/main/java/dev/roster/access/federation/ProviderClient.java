package dev.roster.access.federation;

import java.util.Arrays;
import java.util.List;

/**
 * This service as a client of a trusted issuer, through which persons sign in (OpenID Connect Core section 3.1).
 *
 * @param displayName what persons know the issuer by
 * @param scopes {@code openid} and others
 * @param acrValues how persons have to prove themselves, one of these ways; empty for any
 */
record ProviderClient(
        String clientId, String clientSecret, String displayName, List<String> scopes, List<String> acrValues) {
    /** The client of an issuer that has one. */
    static ProviderClient of(String name, TrustedIssuerSettings.Entry entry) {
        return new ProviderClient(
                entry.clientId().orElseThrow(),
                entry.clientSecret().orElseThrow(),
                entry.displayName().orElse(name),
                words("openid " + entry.scopes()),
                words(entry.acrValues().orElse("")));
    }

    /** What a list says, each once. */
    static List<String> words(String text) {
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
