package dev.roster.access.session;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads the standing of a session, its client if it has one, and its account in one statement. */
@ApplicationScoped
public class Standings {
    private static final String FIND = """
            SELECT u.role, u.username, u.token_generation, o.generation
              FROM sessions s
              LEFT JOIN clients c ON c.organization_id = s.organization_id AND c.id = s.client_id
              LEFT JOIN applications a ON a.organization_id = s.organization_id AND a.id = s.application_id
                   AND a.removed_at IS NULL
              JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
              JOIN organizations o ON o.id = s.organization_id
             WHERE s.organization_id = $1 AND s.id = $2 AND s.user_id = $3
               AND s.ended_at IS NULL AND u.status = 'active' AND o.status = 'active'
               AND (s.client_id IS NULL OR c.client_id = $4 AND c.revoked_at IS NULL)
               AND (s.application_id IS NULL OR a.id IS NOT NULL)
            """;

    private final Pool database;

    Standings(Pool database) {
        this.database = database;
    }

    /** Empty where the token gives no access any more. */
    public Uni<Optional<Standing>> find(Caller caller) {
        Tuple parameters = Tuple.of(caller.organizationId(), caller.sessionId(), caller.userId(), caller.clientId());
        return Rows.first(database, FIND, parameters, Standings::standing);
    }

    private static Standing standing(Row row) {
        return new Standing(
                Role.of(row.getString(0)).orElseThrow(), row.getString(1), row.getInteger(2), row.getInteger(3));
    }
}
