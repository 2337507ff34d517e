package dev.roster.platform.outbox;

import io.smallrye.mutiny.Uni;

/** Sends the messages of one kind. */
public interface OutboxTopic {

    /** What the messages are filed under. */
    String topic();

    /**
     * Sends a message, or finds that it is of no use any more. A failure asks for another attempt,
     * but for {@link Undeliverable}; the same message may come twice.
     */
    Uni<Void> send(OutboxMessage message);

    /** Takes note of a message that will not be tried again. */
    default Uni<Void> givenUp(OutboxMessage message) {
        return Uni.createFrom().voidItem();
    }
}
