package dev.roster.platform.outbox;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.Past;
import dev.roster.platform.metrics.CountedRows;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/**
 * The state of messages. A replica that takes one puts it off by the lease in the same statement,
 * so that no transaction stays open while a mail server is spoken to, and a replica that is killed
 * loses nothing: the message is due again when the lease is over.
 */
@ApplicationScoped
class OutboxRows {
    // Those of an organization that is switched off rest until it is switched on
    private static final String WAITING =
            "sent_at IS NULL AND organization_id NOT IN (SELECT id FROM organizations WHERE status <> 'active')";

    private static final String TAKE = """
            WITH due AS MATERIALIZED (
              SELECT organization_id, id FROM outbox
               WHERE %s AND next_attempt_at <= $1 AND topic = ANY ($3)
               ORDER BY next_attempt_at LIMIT $4
                 FOR UPDATE SKIP LOCKED)
            UPDATE outbox o SET attempts = o.attempts + 1, next_attempt_at = $2
              FROM due WHERE o.organization_id = due.organization_id AND o.id = due.id
            RETURNING o.organization_id, o.id, o.topic, o.payload, o.attempts, o.created_at
            """.formatted(WAITING);
    private static final String SENT = "UPDATE outbox SET sent_at = $3 WHERE organization_id = $1 AND id = $2";

    private static final String FORGET = "DELETE FROM outbox WHERE organization_id = $1 AND id = $2";

    private static final String GIVEN_UP =
            "UPDATE outbox SET sent_at = $3, is_undeliverable = true" + " WHERE organization_id = $1 AND id = $2";

    // Not where another replica has taken it since.
    private static final String FAILED = """
            UPDATE outbox SET next_attempt_at = $3
             WHERE organization_id = $1 AND id = $2 AND attempts = $4 AND sent_at IS NULL
            """;

    private final Pool pool;
    private final Clock clock;

    OutboxRows(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Shows how much mail waits: what grows is not sent. */
    @Produces
    @Singleton
    static CountedRows depth() {
        return new CountedRows(
                "roster.outbox.depth",
                "Messages that wait to be sent, over all replicas",
                "outbox WHERE " + WAITING,
                "outbox_due_index");
    }

    /** Deletes messages that were sent long ago: a week answers the question whether a mail was sent. */
    @Produces
    @Singleton
    static Cleaner sentLongAgo(Pool pool, Clock clock) {
        return new Cleaner(
                "OutboxCleaner",
                pool,
                Duration.ofMinutes(10),
                new Past("outbox", "organization_id, id", "WHERE sent_at < $1 ORDER BY sent_at", () -> clock.instant()
                        .minus(Duration.ofDays(7))));
    }

    /** A message at its n-th attempt. */
    record Delivery(OutboxMessage message, String topic, int number, Duration age) {}

    /** Takes messages that are due; no other replica takes them while the lease lasts. */
    Uni<List<Delivery>> take(Set<String> topics, int limit, Duration lease) {
        Tuple values = Tuple.of(in(Duration.ZERO), in(lease), topics.toArray(String[]::new), limit);
        return pool.preparedQuery(TAKE).execute(values).map(rows -> Rows.list(rows, this::attempt));
    }

    Uni<Void> sent(OutboxMessage message) {
        return done(SENT, message);
    }

    /** Whoever asks for mails to nobody leaves nothing behind. */
    Uni<Void> forget(OutboxMessage message) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(message.organizationId(), message.id()))
                .replaceWithVoid();
    }

    Uni<Void> givenUp(OutboxMessage message) {
        return done(GIVEN_UP, message);
    }

    private Uni<Void> done(String sql, OutboxMessage message) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(message.organizationId(), message.id(), in(Duration.ZERO)))
                .replaceWithVoid();
    }

    Uni<Void> failed(Delivery attempt, Duration wait) {
        OutboxMessage message = attempt.message();
        return pool.preparedQuery(FAILED)
                .execute(Tuple.of(message.organizationId(), message.id(), in(wait), attempt.number()))
                .replaceWithVoid();
    }

    private OffsetDateTime in(Duration time) {
        return Rows.utc(clock.instant().plus(time));
    }

    private Delivery attempt(Row row) {
        JsonObject payload = (JsonObject) row.getValue(3);
        OutboxMessage message = new OutboxMessage(row.getUUID(0), row.getUUID(1), payload);
        Duration age = Duration.between(Rows.instant(row, 5), clock.instant());
        return new Delivery(message, row.getString(2), row.getInteger(4), age);
    }
}
