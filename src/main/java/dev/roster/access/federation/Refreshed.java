package dev.roster.access.federation;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What another issuer publishes: read when it is first needed, again before it is old, and kept through an outage of the
 * issuer. What is old is believed only where it cannot be read again: nobody may have asked for hours, and what was
 * withdrawn meanwhile is none of the issuer's.
 */
final class Refreshed<T> {
    private static final Logger LOG = Logger.getLogger(Refreshed.class);

    // Strangers can cause a reading, and must not make us ask often.
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);

    private final String what;
    private final Supplier<Uni<T>> source;
    private final Duration old;
    private final Duration nearlyOld;
    private final Clock clock;
    private volatile T value;
    private Instant attemptedAt = Instant.EPOCH;
    private volatile Instant readAt = Instant.EPOCH;
    private volatile Instant failedAt = Instant.EPOCH;
    private Uni<Void> reading;

    /**
     * Nothing yet.
     *
     * @param what in the log
     * @param old from which age on it is not used before it is read again, which is tried somewhat earlier
     */
    Refreshed(String what, Supplier<Uni<T>> source, Duration old, Clock clock) {
        this.what = what;
        this.source = source;
        this.old = old;
        nearlyOld = old.multipliedBy(4).dividedBy(5);
        this.clock = clock;
    }

    /** What is known; empty before the first reading, and where it is old and has not failed to be read again since. */
    Optional<T> known() {
        Instant now = clock.instant();
        if (now.isAfter(readAt.plus(nearlyOld))) {
            read().subscribe().with(done -> {});
        }
        return isWithin(now, readAt) || isWithin(now, failedAt) ? Optional.ofNullable(value) : Optional.empty();
    }

    private boolean isWithin(Instant now, Instant since) {
        return now.isBefore(since.plus(old));
    }

    /** What is known, or what is read now; fails where that is nothing. */
    Uni<T> get() {
        return known().map(Uni.createFrom()::item).orElseGet(() -> read().map(done ->
                Optional.ofNullable(value).orElseThrow(() -> new IssuerFailure(what + " cannot be read"))));
    }

    /** Reads it unless that was tried just now; all who come meanwhile wait for the same. Never fails. */
    synchronized Uni<Void> read() {
        Instant now = clock.instant();
        if (now.isBefore(attemptedAt.plus(BETWEEN_ATTEMPTS))) {
            return reading;
        }
        attemptedAt = now;
        reading = Uni.createFrom()
                .deferred(() -> source.get())
                .invoke(read -> take(read, now))
                .onFailure()
                .invoke(this::fail)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid()
                .memoize()
                .indefinitely();
        return reading;
    }

    private void take(T read, Instant at) {
        value = read;
        readAt = at;
    }

    private void fail(Throwable failure) {
        failedAt = clock.instant();
        LOG.warnf("%s cannot be read: %s", what, failure.getMessage());
    }
}
