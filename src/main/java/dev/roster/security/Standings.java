package dev.roster.security;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Looks up in the database whether a verified token still gives access. */
public interface Standings {

    /**
     * The present standing of the account; empty once the session, the client or the account is
     * ended.
     */
    Uni<Optional<Standing>> find(Caller caller);
}
