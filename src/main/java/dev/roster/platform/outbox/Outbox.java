package dev.roster.platform.outbox;

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
    private final OutboxWorker worker;
    private final Clock clock;

    Outbox(OutboxWorker worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Adds a message inside the caller's transaction: it is sent if and only if that commits.
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
        return entry.persist().replaceWithVoid();
    }

    /** Lets messages leave at once instead of at the next round; for after the commit. */
    public void flush() {
        worker.wake();
    }
}
