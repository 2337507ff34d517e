package dev.roster.invite;

import dev.roster.platform.metrics.CountedRows;
import jakarta.inject.Singleton;

/** Shows how many invites are open, expired ones until the next look at them among them. */
@Singleton
class PendingInvites implements CountedRows {
    @Override
    public String gauge() {
        return "roster.invites.pending";
    }

    @Override
    public String description() {
        return "Invites that nobody has accepted yet, over all replicas";
    }

    @Override
    public String rows() {
        return "invites WHERE status = 'pending'";
    }

    @Override
    public String index() {
        return "invites_pending_key";
    }
}
