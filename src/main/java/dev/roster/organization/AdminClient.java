package dev.roster.organization;

import java.util.Optional;

/**
 * The first client.
 *
 * @param secret empty where none was given
 * @param reset whether it gets this secret where it has another
 */
record AdminClient(String id, Optional<String> secret, boolean reset) {
    static AdminClient of(AdminClientSettings settings) {
        return new AdminClient(settings.clientId(), settings.clientSecret(), settings.reset());
    }

    @Override
    public String toString() {
        return "AdminClient[" + id + "]"; // a secret must not end in a log
    }
}
