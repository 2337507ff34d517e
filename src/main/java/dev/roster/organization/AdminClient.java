package dev.roster.organization;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checked settings of the first client.
 *
 * @param secret empty where none was given
 * @param reset whether it gets this secret where it has another
 */
record AdminClient(String id, Optional<String> secret, boolean reset) {
    // RFC 6749 appendix A.1 without the colon, which HTTP Basic would make awkward, and no longer
    // than a client's name
    private static final Pattern ID = Pattern.compile("[\\x21-\\x39\\x3B-\\x7E]{1,100}");

    // Sixteen random characters cannot be guessed, not even with the digest at hand; the longest
    // is what authentication takes
    private static final Pattern SECRET = Pattern.compile("[\\x20-\\x7E]{16,255}");

    static AdminClient of(AdminClientSettings settings) {
        if (!ID.matcher(settings.clientId()).matches()) {
            throw new ConfigurationException(
                    "ROSTER_ADMIN_CLIENT_ID must be 1 to 100 visible ASCII characters without" + " colon and space");
        }
        if (!settings.clientSecret().map(SECRET.asMatchPredicate()::test).orElse(true)) {
            throw new ConfigurationException("ROSTER_ADMIN_CLIENT_SECRET must be 16 to 255 ASCII characters");
        }
        if (settings.reset() && settings.clientSecret().isEmpty()) {
            throw new ConfigurationException(
                    "ROSTER_ADMIN_RESET needs ROSTER_ADMIN_CLIENT_SECRET: the secret that lets the"
                            + " operator in again");
        }
        return new AdminClient(settings.clientId(), settings.clientSecret(), settings.reset());
    }

    @Override
    public String toString() {
        return "AdminClient[" + id + "]"; // a secret must not end in a log
    }
}
