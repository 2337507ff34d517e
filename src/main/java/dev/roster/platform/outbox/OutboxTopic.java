package dev.roster.platform.outbox;

import io.smallrye.mutiny.Uni;

/** Sends the messages of one kind. */
public interface OutboxTopic {

    /** What the messages are filed under. */
    String topic();

    /**
     * Sends a message, or finds that it is of no use any more. A failure asks for another attempt,
     * but for {@link Undeliverable}; the same message may come twice.
     *
     * @return whether anything was sent; a message of which nothing was is kept no longer
     */
    Uni<Boolean> send(OutboxMessage message);

    /** Takes note of a message that will not be tried again. */
    default Uni<Void> givenUp(OutboxMessage message) {
        return Uni.createFrom().voidItem();
    }
}
