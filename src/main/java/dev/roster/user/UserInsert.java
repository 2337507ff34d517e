package dev.roster.user;

import dev.roster.audit.AuditLog;
import dev.roster.platform.database.Batcher;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Adds accounts, with their place among the persons that are counted and their events, by one statement for those that come
 * together: it is the most frequent write, and each statement more is a way to the database and back.
 */
@ApplicationScoped
class UserInsert {
    // In the order of names, as imports are, so that two never wait for each other in a circle. The count is changed
    // last, since others that are added meanwhile wait for the same row: PostgreSQL begins with the last part, so that
    // one reads the others
    private static final String SQL = """
            WITH free AS (
              SELECT n.*
                FROM unnest(CAST($2 AS uuid[]), CAST($3 AS text[]), CAST($4 AS text[]), CAST($5 AS text[]),
                            CAST($6 AS text[]), CAST($7 AS text[]), CAST($8 AS text[]), CAST($9 AS text[]),
                            CAST($10 AS text[]), CAST($11 AS text[]), CAST($12 AS timestamptz[]))
                  AS n (id, kind, username, username_key, display_name, description, role, status, metadata, search_text,
                        created_at)
               WHERE (SELECT true FROM users u WHERE u.organization_id = $1 AND u.username_key = n.username_key LIMIT 1)
                     IS NULL),
            %s,
            added AS (
              INSERT INTO users (organization_id, id, kind, username, username_key, display_name, description, role, status,
                                 metadata, search_text, created_at, updated_at, version)
              SELECT $1, n.id, n.kind, n.username, n.username_key, n.display_name, n.description, n.role, n.status,
                     CAST(n.metadata AS jsonb), n.search_text, n.created_at, n.created_at, 0
                FROM free n
               ORDER BY n.username_key
              RETURNING id, kind),
            counted AS (
              %s)
            SELECT id FROM added
            """.formatted(
                    AuditLog.cte("$1", "$13", "e.target_id IN (SELECT id FROM free)", "'{}'"),
                    UserCounts.counting(
                            "CAST($14 AS smallint)",
                            "added CROSS JOIN (SELECT count(*) FROM audited) AS events WHERE kind = 'person'"));

    private final Pool pool;
    private final AuditLog audit;
    private final Batcher<UUID, Addition, Boolean> batcher;

    UserInsert(Vertx vertx, Pool pool, AuditLog audit) {
        this.pool = pool;
        this.audit = audit;
        batcher = new Batcher<>(vertx, this::add);
    }

    /** An account with the event of its creation, as a request has it. */
    private record Addition(User user, String event) {}

    /**
     * Adds an account of which nothing could be an address ({@link Identifiers#isNobodysAddress}), outside any transaction;
     * {@code name_taken} where another has its name.
     */
    Uni<Void> add(User user) {
        return batcher.ask(user.organizationId, new Addition(user, audit.rows(AccountEvents.created(user))))
                .invoke(ErrorCode.NAME_TAKEN::unless)
                .replaceWithVoid();
    }

    /** Whether each was added. A name that others are just taking fails all, see {@link Batcher}. */
    private Uni<List<Boolean>> add(UUID organizationId, List<Addition> additions) {
        List<User> users = additions.stream().map(Addition::user).toList();
        return pool.preparedQuery(SQL)
                .execute(Tuple.from(Arrays.asList(
                        organizationId,
                        users.stream().map(user -> user.id).toArray(UUID[]::new),
                        UserBatch.texts(users, user -> user.kind.value()),
                        UserBatch.texts(users, user -> user.username),
                        UserBatch.texts(users, user -> user.usernameKey),
                        UserBatch.texts(users, user -> user.displayName),
                        UserBatch.texts(users, user -> user.description),
                        UserBatch.texts(users, user -> user.role.value()),
                        UserBatch.texts(users, user -> user.status.value()),
                        UserBatch.texts(users, user -> new JsonObject(user.metadata).encode()),
                        UserBatch.texts(users, user -> user.searchText),
                        users.stream().map(user -> Rows.utc(user.createdAt)).toArray(OffsetDateTime[]::new),
                        AuditLog.together(
                                additions.stream().map(Addition::event).toList()),
                        UserCounts.slot(users.get(0)))))
                .map(rows -> Rows.list(rows, row -> row.getUUID(0)))
                .map(added ->
                        users.stream().map(user -> added.contains(user.id)).toList());
    }
}
