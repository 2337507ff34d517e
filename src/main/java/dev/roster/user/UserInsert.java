package dev.roster.user;

import dev.roster.audit.AuditLog;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;

/**
 * Adds one account, with its place among the persons that are counted and its event, by one statement: it is the most frequent
 * write, and each statement more is a way to the database and back.
 */
@ApplicationScoped
class UserInsert {
    // The count is the last to be changed, since others that are added meanwhile wait for the same row. PostgreSQL
    // begins with the last part, which therefore reads the others
    private static final String SQL = """
            WITH %s,
            added AS (
              INSERT INTO users (organization_id, id, kind, username, username_key, display_name, description, role, status,
                                 metadata, search_text, created_at, updated_at, version)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CAST(CAST($10 AS text) AS jsonb), $11, $12, $12, 0)
              RETURNING 1),
            counted AS (
              %s)
            SELECT 1
            """.formatted(
                    AuditLog.cte("$1", "$13", "true", "'{}'"),
                    UserCounts.counting("CAST($14 AS smallint)", "added CROSS JOIN audited WHERE $3 = 'person'"));

    private final Pool pool;
    private final AuditLog audit;

    UserInsert(Pool pool, AuditLog audit) {
        this.pool = pool;
        this.audit = audit;
    }

    /**
     * Adds an account of which nothing could be an address ({@link Identifiers#isNobodysAddress}), outside any transaction;
     * fails with the violated constraint where another has its name.
     */
    Uni<Void> add(User user) {
        return pool.preparedQuery(SQL)
                .execute(Tuple.from(Arrays.asList(
                        user.organizationId,
                        user.id,
                        user.kind.value(),
                        user.username,
                        user.usernameKey,
                        user.displayName,
                        user.description,
                        user.role.value(),
                        user.status.value(),
                        new JsonObject(user.metadata).encode(),
                        user.searchText,
                        Rows.utc(user.createdAt),
                        audit.rows(AccountEvents.created(user)),
                        UserCounts.slot(user))))
                .replaceWithVoid();
    }
}
