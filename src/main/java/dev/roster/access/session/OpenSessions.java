package dev.roster.access.session;

import dev.roster.platform.metrics.CountedRows;
import jakarta.inject.Singleton;

/** Shows how many sessions there are, expired ones until they are cleaned up among them. */
@Singleton
class OpenSessions implements CountedRows {
    @Override
    public String gauge() {
        return "roster.sessions.open";
    }

    @Override
    public String description() {
        return "Sessions that nobody has ended, over all replicas";
    }

    @Override
    public String rows() {
        return "sessions WHERE ended_at IS NULL";
    }

    @Override
    public String index() {
        return "sessions_open_key";
    }
}
