package dev.roster.platform.outbox;

import dev.roster.platform.metrics.CountedRows;
import jakarta.inject.Singleton;

/** Shows how much mail waits: what grows is not sent. */
@Singleton
class OutboxDepth implements CountedRows {
    @Override
    public String gauge() {
        return "roster.outbox.depth";
    }

    @Override
    public String description() {
        return "Messages that wait to be sent, over all replicas";
    }

    @Override
    public String rows() {
        return "outbox WHERE sent_at IS NULL";
    }

    @Override
    public String index() {
        return "outbox_due_index";
    }
}
