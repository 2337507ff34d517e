package dev.roster.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.client.Secret;
import dev.roster.access.session.OpenSession;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.request.OwnContext;
import dev.roster.revocation.RevocationFeed;
import dev.roster.revocation.RevokedSubjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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
     * @param news what had been heard of its account before its session was opened, which is not where the account or the
     *     client was changed by then
     */
    record Proved(AuthenticatedClient client, OpenSession session, long news) {}

    private final Cache<String, Proved> entries;
    private final Map<String, Uni<Proved>> proofs = new ConcurrentHashMap<>();
    private final RevocationFeed revocations;
    private final RevokedSubjects revoked;
    private final Clock clock;

    KnownGrants(RevocationFeed revocations, RevokedSubjects revoked, TokenCacheSettings settings, Clock clock) {
        this.revocations = revocations;
        this.revoked = revoked;
        this.clock = clock;
        entries = Caffeine.newBuilder().maximumSize(settings.size()).build();
    }

    /** What is to be asked before the database is, and kept with what that said. */
    long news(AuthenticatedClient client) {
        return revoked.news(client.organizationId(), client.userId());
    }

    /**
     * The client of these credentials, remembered or proved. Of many that ask at once with the same, one is proved and
     * the others go by that, so that a herd takes one connection.
     */
    Uni<Proved> find(ClientCredentials credentials, TokenTerms terms, Supplier<Uni<Proved>> proof) {
        if (credentials.otherReading() != null || !Secret.isRandom(credentials.secret())) {
            return proof.get();
        }
        String key = key(credentials, terms);
        Proved known = entries.getIfPresent(key);
        if (known != null && isGood(known)) {
            return Uni.createFrom().item(known);
        }
        Uni<Proved> first = first(key, proof);
        Uni<Proved> before = proofs.putIfAbsent(key, first);
        return before == null
                ? OwnContext.keep(first)
                : OwnContext.keep(before)
                        .onFailure()
                        .recoverWithNull()
                        .chain(proved -> proved != null && isGood(proved)
                                ? Uni.createFrom().item(proved)
                                : proof.get());
    }

    /** Goes to its end though its client leaves: others wait for it. */
    private Uni<Proved> first(String key, Supplier<Uni<Proved>> proof) {
        return Uni.createFrom()
                .deferred(proof::get)
                .invoke(proved -> keep(key, proved))
                .onItemOrFailure()
                .invoke(() -> proofs.remove(key))
                .memoize()
                .indefinitely();
    }

    private void keep(String key, Proved proved) {
        if (clock.instant().isBefore(proved.session().againUntil())) {
            entries.put(key, proved);
        }
    }

    private boolean isGood(Proved known) {
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

    /** No secret is kept, and no header of any length. */
    private static String key(ClientCredentials credentials, TokenTerms terms) {
        String all = String.join(
                "\n",
                credentials.clientId(),
                credentials.secret(),
                terms.origin().address(),
                String.valueOf(terms.origin().userAgent()));
        return Sha256.latin1(all);
    }
}
