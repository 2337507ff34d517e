package dev.roster.api.v1;

import dev.roster.access.session.SessionStatus;
import dev.roster.api.QueryParameters;
import dev.roster.platform.error.RosterException;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;

/** The query parameters of lists of sessions, as text: a wrong one is refused by name. */
public class SessionListQuery extends PageQuery {
    private static final String CURRENT = "current";

    @QueryParam("status")
    String status;

    SessionStatus wanted() {
        SessionStatus named = QueryParameters.word("status", status, SessionStatus.class);
        return Objects.requireNonNullElse(named, SessionStatus.ACTIVE);
    }

    /** Whether the current session is left out of what is asked for. */
    static boolean exceptCurrent(String except) {
        if (except != null && !except.equals(CURRENT)) {
            throw RosterException.invalid("except", "must be " + CURRENT);
        }
        return except != null;
    }
}
