package dev.roster.access.token;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.session.Sessions;
import dev.roster.caller.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The session behind a token, as the database has it at this moment. */
@ApplicationScoped
class TokenSessions {
    private static final String FIND_USERNAME = """
            SELECT u.username FROM sessions s
              JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
              LEFT JOIN clients c ON c.organization_id = s.organization_id AND c.id = s.client_id
             WHERE s.organization_id = $1 AND s.id = $2 AND s.user_id = $3 AND s.ended_at IS NULL
               AND u.status = 'active' AND c.revoked_at IS NULL
            """;

    private final Pool database;
    private final Sessions sessions;

    TokenSessions(Pool database, Sessions sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** The account's name; empty once the session, its client or the account is ended. */
    Uni<Optional<String>> username(Caller caller) {
        return database.preparedQuery(FIND_USERNAME)
                .execute(Tuple.of(caller.organizationId(), caller.sessionId(), caller.userId()))
                .map(TokenSessions::username);
    }

    /** Ends the session, and with it every token of it. */
    Uni<Void> end(Caller token, AuthenticatedClient revoker) {
        return sessions.endOf(token, revoker.userId(), revoker.clientId());
    }

    private static Optional<String> username(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getString(0));
    }
}
