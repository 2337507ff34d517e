package dev.roster.platform.outbox;

import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Takes messages in. */
@ApplicationScoped
public class Outbox {
    private final Runnable leave;
    private final Clock clock;

    Outbox(OutboxWorker worker, Clock clock) {
        leave = worker::wake;
        this.clock = clock;
    }

    /**
     * Adds a message inside the caller's transaction: it is sent if and only if that commits, and at once then.
     *
     * @param payload what the topic needs to make the message when it is sent, and no secret
     */
    public Uni<Void> add(UUID organizationId, String topic, Map<String, Object> payload) {
        Instant now = clock.instant();
        OutboxEntry entry = new OutboxEntry();
        entry.organizationId = organizationId;
        entry.id = Uuids.v7(now);
        entry.topic = topic;
        entry.payload = payload;
        entry.nextAttemptAt = now;
        entry.createdAt = now;
        UnitOfWork.afterwards(leave);
        return entry.persist().replaceWithVoid();
    }
}
