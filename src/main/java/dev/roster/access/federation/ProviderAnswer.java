package dev.roster.access.federation;

import java.util.Optional;

/**
 * With what an issuer sends a browser back (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207 section 2).
 *
 * @param error instead of a code
 * @param issuer who says so
 */
public record ProviderAnswer(String state, Optional<String> code, Optional<String> error, Optional<String> issuer) {

    @Override
    public String toString() {
        return "ProviderAnswer[]"; // neither state nor code must end in a log
    }
}
