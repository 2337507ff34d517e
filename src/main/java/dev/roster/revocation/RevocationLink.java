package dev.roster.revocation;

import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Steps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One connection that listens to revocations, from its first reading to its loss. */
final class RevocationLink {
    // To listen, or for a part of the table; there may be any number of parts, and each has its time
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    // A server that takes longer to answer nothing is as good as lost.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int PART = 5_000;
    private static final String UNEXPIRED = """
            SELECT sequence, %s FROM revocations
             WHERE sequence > $1 AND expires_at > $2
             ORDER BY sequence LIMIT %s
            """.formatted(Revocation.COLUMNS, PART);

    private final PgConnection connection;
    private final RevocationProbe probe;
    private final RevokedSubjects subjects;
    private final Consumer<Revocation> heard;
    private final AtomicBoolean asking = new AtomicBoolean();

    /**
     * A link over an open connection.
     *
     * @param probe finds out whether announcements arrive on it
     * @param subjects take what the table has
     * @param heard takes what is announced from then on
     */
    RevocationLink(
            PgConnection connection, RevocationProbe probe, RevokedSubjects subjects, Consumer<Revocation> heard) {
        this.connection = connection;
        this.probe = probe;
        this.subjects = subjects;
        this.heard = heard;
        connection.notificationHandler(this::hear);
    }

    void onLoss(Runnable loss) {
        connection.exceptionHandler(failure -> loss.run());
        connection.closeHandler(loss);
    }

    /**
     * Listens, and then reads what has not expired. In this order: PostgreSQL announces whatever
     * the reading cannot see yet. In between nothing is asked, and a connection that is only lent
     * out for questions hears nothing.
     */
    Uni<Void> synchronize(Instant now) {
        return connection
                .query("LISTEN " + Revocations.CHANNEL + "; LISTEN " + probe.channel())
                .execute()
                .chain(this::prove)
                .ifNoItem()
                .after(LONGEST_STEP)
                .fail()
                .chain(() -> read(now));
    }

    /**
     * Reads what has not expired, as far as there is room: with one that is dropped the memory is not complete, and the rest
     * would be read in vain.
     */
    Uni<Void> read(Instant now) {
        return Uni.createFrom().deferred(() -> read(now, subjects.dropped()));
    }

    /** Fails with {@link AnnouncementLostException} if what others announce is not heard. */
    Uni<Void> prove() {
        return probe.run();
    }

    /** Asks for a sign of life, unless an answer to that is still awaited. */
    Uni<Boolean> beat() {
        return asking.compareAndSet(false, true)
                ? ask().replaceWith(true).onTermination().invoke(() -> asking.set(false))
                : Uni.createFrom().item(false);
    }

    /** Completes when everything that was announced before has been heard. */
    Uni<Void> ask() {
        return connection
                .query("SELECT 1")
                .execute()
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    void close() {
        connection.close().subscribe().with(closed -> {}, alreadyClosed -> {});
    }

    private void hear(PgNotification announcement) {
        if (announcement.getChannel().equals(Revocations.CHANNEL)) {
            heard.accept(Revocation.parse(announcement.getPayload()));
        } else {
            probe.hear(announcement.getPayload());
        }
    }

    private Uni<Void> read(Instant now, long droppedBefore) {
        AtomicLong last = new AtomicLong();
        return Steps.whilst(() -> connection
                        .preparedQuery(UNEXPIRED)
                        .execute(Tuple.of(last.get(), Rows.utc(now)))
                        .ifNoItem()
                        .after(LONGEST_STEP)
                        .fail()
                        .map(rows -> {
                            for (Row row : rows) {
                                last.set(row.getLong(0));
                                subjects.add(Revocation.parse(row.getString(1)));
                            }
                            return rows.size() == PART && subjects.dropped() == droppedBefore;
                        }))
                .invoke(() -> subjects.allRead(droppedBefore));
    }
}
