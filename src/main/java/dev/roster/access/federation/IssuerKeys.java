package dev.roster.access.federation;

import dev.roster.access.signing.VerificationKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The keys of one issuer: read when they are first needed, again when they are old or a key is not
 * among them, and kept through an outage of the issuer.
 */
final class IssuerKeys {
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

    // An unknown key is either new or made up by a stranger, who must not make us ask often.
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);

    // A key that its issuer has withdrawn is accepted no longer than this.
    private static final Duration OLD = Duration.ofMinutes(5);

    private final TrustedIssuer issuer;
    private final KeySetSource source;
    private final Clock clock;
    private volatile Map<VerificationKey.Name, VerificationKey> keys = Map.of();
    private Instant attemptedAt = Instant.EPOCH;
    private volatile Instant readAt = Instant.EPOCH;
    private Uni<Void> reading;

    IssuerKeys(TrustedIssuer issuer, KeySetSource source, Clock clock) {
        this.issuer = issuer;
        this.source = source;
        this.clock = clock;
    }

    /**
     * The key of this name, asked for at its issuer if it is not known; empty where there is none.
     */
    Uni<Optional<VerificationKey>> find(VerificationKey.Name name) {
        VerificationKey known = keys.get(name);
        if (known == null) {
            return read().map(done -> Optional.ofNullable(keys.get(name)));
        }
        refreshIfOld();
        return Uni.createFrom().item(Optional.of(known));
    }

    /** Whether what this key has verified is still good. */
    boolean holds(VerificationKey key) {
        refreshIfOld();
        return key.equals(keys.get(key.name()));
    }

    // Nobody waits for it
    private void refreshIfOld() {
        if (clock.instant().isAfter(readAt.plus(OLD))) {
            read().subscribe().with(done -> {});
        }
    }

    /** Reads the keys unless that was tried just now; all who come meanwhile wait for the same. */
    private synchronized Uni<Void> read() {
        Instant now = clock.instant();
        if (now.isBefore(attemptedAt.plus(BETWEEN_ATTEMPTS))) {
            return reading;
        }
        attemptedAt = now;
        reading = source.read(issuer)
                .map(Unchecked.function(PublicKeySet::parse))
                .invoke(read -> take(read, now))
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid()
                .memoize()
                .indefinitely();
        return reading;
    }

    private void take(Map<VerificationKey.Name, VerificationKey> read, Instant at) {
        keys = read;
        readAt = at;
    }

    private void report(Throwable failure) {
        LOG.warnf("The keys of %s cannot be read: %s", issuer.url(), failure.getMessage());
    }
}
