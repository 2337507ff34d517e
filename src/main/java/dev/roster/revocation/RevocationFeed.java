package dev.roster.revocation;

import dev.roster.platform.database.DedicatedConnections;
import dev.roster.platform.database.Migrations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Keeps {@link RevokedSubjects} equal to the table: a connection listens first and reads what there is then; after its loss
 * the next one does the same, so that nothing is missed, in whatever order transactions commit.
 *
 * <p>The memory is trusted under a lease, from one answer on the listening connection to the next: a network that was cut
 * does not say so. An answer does not say that announcements arrive either, so one is made now and then.
 */
@ApplicationScoped
@Startup
public class RevocationFeed {
    private static final Logger LOG = Logger.getLogger(RevocationFeed.class);

    // Four questions a second cost the database nothing, and some may be late within a lease.
    private static final long BEAT_MILLISECONDS = 250;

    // Each replica costs the database a notification of its own in this time, however many there are
    private static final long PROVE_MILLISECONDS = 10_000;

    // So often, too, is read what was dropped: it may be the whole table
    private static final long FORGET_MILLISECONDS = 60_000;
    private static final Duration FIRST_SYNC = Duration.ofSeconds(5);

    private final DedicatedConnections connections;
    private final Pool pool;
    private final RevokedSubjects subjects;
    private final Vertx vertx;
    private final Clock clock;
    private final long lease;
    private final Counter resyncs;
    private final Timer delivery;
    private final AtomicReference<RevocationLink> link = new AtomicReference<>();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicBoolean deaf = new AtomicBoolean();
    private final CompletableFuture<Boolean> firstSync = new CompletableFuture<>();

    // Of this process alone: no other replica has to read it, and earlier versions do not listen
    private final String probes = "roster_probe_" + UUID.randomUUID().toString().replace("-", "");

    private volatile long heardAt = System.nanoTime();
    private long beats;
    private long proofs;
    private long forgetting;

    RevocationFeed(
            DedicatedConnections connections,
            Pool pool,
            RevokedSubjects subjects,
            RevocationSettings settings,
            Vertx vertx,
            Clock clock,
            MeterRegistry metrics) {
        this.connections = connections;
        this.pool = pool;
        this.subjects = subjects;
        this.vertx = vertx;
        this.clock = clock;
        lease = settings.lease().toNanos();
        resyncs = metrics.counter("roster.revocations.resyncs");
        delivery = metrics.timer("roster.revocations.delivery");
        metrics.gauge("roster.revocations.size", subjects, RevokedSubjects::size);
        metrics.gauge("roster.revocations.lag", this, RevocationFeed::secondsSinceHeard);
    }

    void onStart(@Observes @Priority(Migrations.DONE) StartupEvent start) throws Throwable {
        beats = vertx.setPeriodic(0, BEAT_MILLISECONDS, timer -> beat());
        proofs = vertx.setPeriodic(PROVE_MILLISECONDS, timer -> prove());
        forgetting = vertx.setPeriodic(FORGET_MILLISECONDS, timer -> forget());
        // Requests would be checked in the database until then; waiting a little spares that
        if (!VertxContextSupport.subscribeAndAwait(this::firstSync)) {
            LOG.warn("Revocations are not known yet: every request is checked in the database");
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(beats);
        vertx.cancelTimer(proofs);
        vertx.cancelTimer(forgetting);
        RevocationLink present = link.getAndSet(null);
        if (present != null) {
            present.close();
        }
    }

    /**
     * Whether {@link RevokedSubjects} has everything that was revoked until a lease ago. Where not,
     * requests are answered as rightly, each at the cost of a question to the database, so a
     * replica is ready all the same.
     */
    public boolean isInSync() {
        return link.get() != null && System.nanoTime() - heardAt < lease && subjects.isComplete();
    }

    Uni<Void> settle() {
        return ask(RevocationLink::ask);
    }

    /** Also for what another has committed and not announced yet: PostgreSQL gives back the locks before it announces. */
    Uni<Void> settleBehindOthers() {
        return ask(RevocationLink::prove);
    }

    private Uni<Void> ask(Function<RevocationLink, Uni<Void>> question) {
        RevocationLink present = link.get();
        return present == null
                ? Uni.createFrom().voidItem()
                : question.apply(present).onFailure().recoverWithNull();
    }

    private Uni<Boolean> firstSync() {
        return Uni.createFrom()
                .completionStage(firstSync)
                .ifNoItem()
                .after(FIRST_SYNC)
                .recoverWithItem(false);
    }

    private void beat() {
        RevocationLink present = link.get();
        if (present == null) {
            if (connecting.compareAndSet(false, true)) {
                connect()
                        .onTermination()
                        .invoke(() -> connecting.set(false))
                        .subscribe()
                        .with(opened -> {}, this::logUnheard);
            }
            return;
        }
        long asked = System.nanoTime();
        present.beat()
                .subscribe()
                .with(
                        answered -> {
                            if (answered) {
                                heardAt = asked;
                            }
                        },
                        silence -> {
                            connections.doubt();
                            lose(present);
                        });
    }

    /** Gives a connection up that answers, but does not hear what others announce. */
    private void prove() {
        RevocationLink present = link.get();
        if (present != null) {
            present.prove().subscribe().with(heard -> {}, failure -> {
                if (failure instanceof AnnouncementLostException) {
                    lose(present);
                }
            });
        }
    }

    private Uni<Void> connect() {
        return connections.open("roster revocations").chain(this::synchronize);
    }

    private Uni<Void> synchronize(PgConnection connection) {
        RevocationProbe probe = new RevocationProbe(pool, probes);
        RevocationLink opened = new RevocationLink(connection, probe, subjects, this::hear);
        opened.onLoss(() -> lose(opened));
        return opened.synchronize(clock.instant())
                .onFailure()
                .invoke(opened::close)
                .chain(() -> trust(opened));
    }

    private Uni<Void> trust(RevocationLink opened) {
        long asked = System.nanoTime();
        return opened.ask().onFailure().invoke(opened::close).invoke(() -> {
            heardAt = asked;
            link.set(opened);
            deaf.set(false);
            if (!firstSync.complete(true)) {
                resyncs.increment();
                LOG.info("Revocations are followed again");
            }
        });
    }

    private void lose(RevocationLink lost) {
        if (link.compareAndSet(lost, null)) {
            LOG.warn("Revocations are not heard: every request is checked in the database");
            lost.close();
        }
    }

    /** Tells the one reason that no waiting ends, once. */
    private void logUnheard(Throwable failure) {
        LOG.debug("Not listening", failure);
        if (failure instanceof AnnouncementLostException && deaf.compareAndSet(false, true)) {
            LOG.warn(failure.getMessage());
        }
    }

    private void hear(Revocation revocation) {
        subjects.add(revocation);
        Duration delay = Duration.between(revocation.revokedAt(), clock.instant());
        delivery.record(delay.isNegative() ? Duration.ZERO : delay);
    }

    /** Makes room; what was dropped for want of it is read again, over the same connection. */
    void forget() {
        subjects.forget(clock.instant());
        RevocationLink present = link.get();
        if (present != null && !subjects.isComplete() && reading.compareAndSet(false, true)) {
            LOG.warn("More revocations than ROSTER_REVOCATIONS_SIZE: every request is checked in the database");
            resyncs.increment();
            present.read(clock.instant())
                    .onTermination()
                    .invoke(() -> reading.set(false))
                    .subscribe()
                    .with(read -> {}, failure -> lose(present));
        }
    }

    private double secondsSinceHeard() {
        return (System.nanoTime() - heardAt) / 1e9;
    }
}
