package dev.roster.access.federation;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What another issuer publishes: read when it is first needed, again when it is old, and kept through an outage of the
 * issuer.
 */
final class Refreshed<T> {
    private static final Logger LOG = Logger.getLogger(Refreshed.class);

    // Strangers can cause a reading, and must not make us ask often.
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);

    private final String what;
    private final Supplier<Uni<T>> source;
    private final Duration old;
    private final Clock clock;
    private volatile T value;
    private Instant attemptedAt = Instant.EPOCH;
    private volatile Instant readAt = Instant.EPOCH;
    private Uni<Void> reading;

    /**
     * Nothing yet.
     *
     * @param what in the log
     * @param old from which age on it is read again
     */
    Refreshed(String what, Supplier<Uni<T>> source, Duration old, Clock clock) {
        this.what = what;
        this.source = source;
        this.old = old;
        this.clock = clock;
    }

    /** What is known; empty before the first reading. Where it is old it is read again, and nobody waits for that. */
    Optional<T> known() {
        if (clock.instant().isAfter(readAt.plus(old))) {
            read().subscribe().with(done -> {});
        }
        return Optional.ofNullable(value);
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
                .invoke(failure -> LOG.warnf("%s cannot be read: %s", what, failure.getMessage()))
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
}
