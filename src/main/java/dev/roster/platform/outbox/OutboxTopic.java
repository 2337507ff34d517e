package dev.roster.platform.outbox;

import io.smallrye.mutiny.Uni;

/** Sends the messages of one kind. */
public interface OutboxTopic {

    /** What the messages are filed under. */
    String topic();

    /**
     * Sends a message, or finds that it is of no use any more. A failure asks for another attempt;
     * the same message may come twice.
     */
    Uni<Void> send(OutboxMessage message);
}
