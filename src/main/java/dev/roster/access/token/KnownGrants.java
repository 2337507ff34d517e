package dev.roster.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.client.Secret;
import dev.roster.access.session.OpenSession;
import dev.roster.platform.digest.Sha256;
import dev.roster.revocation.RevocationFeed;
import dev.roster.revocation.RevokedSubjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers for less than a minute which client of which host proved a secret, so that one that asks for a token with every
 * request costs a signature and nothing of the database. What it is granted is what its present token is good for already:
 * it is trusted as long as that is, by what this replica hears of revocations. Only secrets that were made here are
 * remembered: of one that a person chose each proof is counted.
 */
@ApplicationScoped
class KnownGrants {
    /**
     * A client with its session.
     *
     * @param news what had been heard of its account before it was looked up
     */
    record Known(AuthenticatedClient client, OpenSession session, long news) {}

    private final Cache<String, Known> entries;
    private final RevocationFeed revocations;
    private final RevokedSubjects revoked;
    private final Clock clock;

    KnownGrants(RevocationFeed revocations, RevokedSubjects revoked, TokenCacheSettings settings, Clock clock) {
        this.revocations = revocations;
        this.revoked = revoked;
        this.clock = clock;
        entries = Caffeine.newBuilder().maximumSize(settings.checkedSize()).build();
    }

    /** What is to be asked before the database is, and kept with what that said. */
    long news(AuthenticatedClient client) {
        return revoked.news(client.organizationId(), client.userId());
    }

    /** The client of these credentials; empty where the database has to be asked. */
    Optional<Known> find(ClientCredentials credentials, TokenTerms terms) {
        return isRemembered(credentials)
                ? Optional.ofNullable(entries.getIfPresent(key(credentials, terms)))
                        .filter(this::isGood)
                : Optional.empty();
    }

    void keep(ClientCredentials credentials, TokenTerms terms, Known known) {
        if (isRemembered(credentials)
                && clock.instant().isBefore(known.session().againUntil())) {
            entries.put(key(credentials, terms), known);
        }
    }

    private boolean isGood(Known known) {
        AuthenticatedClient client = known.client();
        OpenSession session = known.session();
        Instant now = clock.instant();
        // Whether all is heard is asked last, as it is of tokens
        return now.isBefore(session.againUntil())
                && (client.expiresAt() == null || now.isBefore(client.expiresAt()))
                && known.news() == news(client)
                && !revoked.hasSession(session.id())
                && !revoked.hasClient(client.clientId(), session.generation())
                && !revoked.hasGeneration(
                        client.userId(), session.generation(), client.organizationId(), client.organizationGeneration())
                && revocations.isInSync();
    }

    private static boolean isRemembered(ClientCredentials credentials) {
        return credentials.otherReading() == null && Secret.isRandom(credentials.secret());
    }

    /** No secret is kept, and no header of any length. */
    private static String key(ClientCredentials credentials, TokenTerms terms) {
        String all = String.join(
                "\n",
                credentials.clientId(),
                credentials.secret(),
                terms.ipAddress(),
                String.valueOf(terms.userAgent()));
        return Sha256.latin1(all);
    }
}
