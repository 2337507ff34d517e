package dev.roster.user;

import static java.util.stream.Collectors.joining;

import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.persistence.ArrayText;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements that write many accounts at once, in the caller's transaction: as many for one row as for a thousand.
 * Each takes a column of its rows as one text, and is planned for the tables as they are (see PoolSetup).
 */
final class UserBatch {
    private static final String PLANNED = PlannedAnew.MARK;

    // A range that must come in order leaves the planner no index but that of the key, whatever it believes of the
    // table
    private static final String KEYS = """
            SELECT f.id FROM unnest(CAST(CAST(?%1$d AS text) AS text[])) AS t (value)
             CROSS JOIN LATERAL (SELECT n.id FROM users n
                                  WHERE n.organization_id = ?1 AND n.%2$s >= t.value AND n.%2$s <= t.value
                                  ORDER BY n.%2$s LIMIT 1) AS f
            """;

    private static final String LOCK = PLANNED
            + """
            SELECT l.* FROM (%s UNION %s UNION %s ORDER BY id) AS k
             CROSS JOIN LATERAL (SELECT u.* FROM users u
                                  WHERE u.organization_id = ?1 AND u.id >= k.id AND u.id <= k.id
                                  ORDER BY u.id LIMIT 1 FOR NO KEY UPDATE) AS l
            """.formatted(
                            KEYS.formatted(2, "username_key"),
                            KEYS.formatted(2, "email_key"),
                            KEYS.formatted(3, "external_id"));

    /** A column that rows are written to, with its type and its value. */
    private record Column(String name, String type, Function<User, Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("id", "uuid", user -> user.id),
            new Column("username", "text", user -> user.username),
            new Column("username_key", "text", user -> user.usernameKey),
            new Column("email", "text", user -> user.email),
            new Column("email_key", "text", user -> user.emailKey),
            new Column("display_name", "text", user -> user.displayName),
            new Column("full_name", "text", user -> user.fullName),
            new Column("role", "text", user -> user.role.value()),
            new Column("status", "text", user -> user.status.value()),
            new Column("password_hash", "text", user -> user.passwordHash),
            new Column("password_expired", "boolean", user -> user.passwordExpired),
            new Column("avatar_url", "text", user -> user.avatarUrl),
            new Column("company", "text", user -> user.company),
            new Column("job_title", "text", user -> user.jobTitle),
            new Column("metadata", "jsonb", user -> new JsonObject(user.metadata).encode()),
            new Column("external_id", "text", user -> user.externalId),
            new Column("search_text", "text", user -> user.searchText),
            new Column("now", "timestamptz", user -> user.updatedAt));

    // Their arrays are the parameters from the second on
    private static final String ROWS = IntStream.range(0, COLUMNS.size())
                    .mapToObj(i -> "CAST(CAST($" + (i + 2) + " AS text) AS "
                            + COLUMNS.get(i).type() + "[])")
                    .collect(joining(", ", "unnest(", ") AS n "))
            + COLUMNS.stream().map(Column::name).collect(joining(", ", "(", ")"));

    // What another transaction takes meanwhile is left out, and told by not being answered
    private static final String INSERT = PLANNED + """
            WITH added AS (
              INSERT INTO users (organization_id, id, kind, username, username_key, email, email_key, display_name,
                                 full_name, role, status, password_hash, password_expired, avatar_url, company,
                                 job_title, metadata, external_id, search_text, created_at, updated_at, version)
              SELECT $1, n.id, 'person', n.username, n.username_key, n.email, n.email_key, n.display_name,
                     n.full_name, n.role, n.status, n.password_hash, n.password_expired, n.avatar_url, n.company,
                     n.job_title, n.metadata, n.external_id, n.search_text, n.now, n.now, 0
                FROM %s
               ORDER BY n.username_key
              ON CONFLICT DO NOTHING RETURNING id)
            SELECT CAST(coalesce(json_agg(id), '[]') AS text) FROM added
            """.formatted(ROWS);

    // They are there and locked: their key finds them, with no plan in between
    private static final String UPDATE = PLANNED + """
            WITH changed AS (
              INSERT INTO users AS u (organization_id, id, kind, username, username_key, display_name, full_name, role,
                                      status, avatar_url, company, job_title, metadata, external_id, search_text,
                                      created_at, updated_at, version)
              SELECT $1, n.id, 'person', n.username, n.username_key, n.display_name, n.full_name, n.role, n.status,
                     n.avatar_url, n.company, n.job_title, n.metadata, n.external_id, n.search_text, n.now, n.now, 0
                FROM %s
              ON CONFLICT ON CONSTRAINT users_pk DO UPDATE
                 SET display_name = excluded.display_name, full_name = excluded.full_name,
                     avatar_url = excluded.avatar_url, company = excluded.company, job_title = excluded.job_title,
                     metadata = excluded.metadata, external_id = excluded.external_id,
                     search_text = excluded.search_text, updated_at = excluded.updated_at, version = u.version + 1
              RETURNING 1)
            SELECT count(*) FROM changed
            """.formatted(ROWS);

    private static final String OTHER = """
            EXISTS (SELECT FROM (SELECT u.id FROM users u
                                  WHERE u.organization_id = $1 AND u.%1$s >= t.%2$s AND u.%1$s <= t.%2$s
                                  ORDER BY u.%1$s LIMIT 1) AS f
                     WHERE f.id <> t.id)
            """;

    private static final String TAKEN = PLANNED
            + """
            SELECT count(*)
              FROM unnest(CAST(CAST($2 AS text) AS uuid[]), CAST(CAST($3 AS text) AS text[]),
                          CAST(CAST($4 AS text) AS text[]), CAST(CAST($5 AS text) AS text[]),
                          CAST(CAST($6 AS text) AS text[])) AS t (id, name, email, old, folded)
             WHERE %s OR %s OR %s OR %s
            """.formatted(
                            OTHER.formatted("email_key", "name"),
                            OTHER.formatted("email_key", "folded"),
                            OTHER.formatted("username_key", "email"),
                            OTHER.formatted("username_key", "old"));

    private UserBatch() {}

    /** The accounts that have any of these names, addresses or external ids, locked in the order of their ids. */
    static Uni<List<User>> lock(UUID organizationId, Set<String> texts, Set<String> externalIds) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK, User.class)
                .setParameter(1, organizationId)
                .setParameter(2, ArrayText.of(texts))
                .setParameter(3, ArrayText.of(externalIds))
                .getResultList()
                .invoke(found -> found.forEach(session::detach)));
    }

    /** Adds accounts; the ids of those whose name, address and external id were still free. */
    static Uni<Set<UUID>> insert(UUID organizationId, Collection<User> users) {
        return query(INSERT, String.class, organizationId, rows(users)).map(ids -> new JsonArray(ids)
                .stream().map(id -> UUID.fromString((String) id)).collect(Collectors.toSet()));
    }

    /** Writes what describes accounts that are locked. */
    static Uni<Void> update(UUID organizationId, Collection<User> users) {
        return query(UPDATE, Long.class, organizationId, rows(users)).replaceWithVoid();
    }

    /** How many of these accounts are called like the address of another, or the other way around. */
    static Uni<Long> taken(UUID organizationId, Collection<User> users) {
        return query(
                TAKEN,
                Long.class,
                organizationId,
                List.of(
                        ArrayText.of(users, user -> user.id),
                        ArrayText.of(users, user -> EmailKey.of(user.username).orElse(null)),
                        ArrayText.of(users, user -> user.emailKey),
                        ArrayText.of(users, user -> user.emailKey == null ? null : CanonicalText.fold(user.email)),
                        ArrayText.of(
                                users, user -> EmailKey.of(user.usernameKey).orElse(null))));
    }

    private static List<String> rows(Collection<User> users) {
        return COLUMNS.stream()
                .map(column -> ArrayText.of(users, column.value()))
                .toList();
    }

    private static <T> Uni<T> query(String sql, Class<T> type, UUID organizationId, List<String> arrays) {
        return SessionSql.value(
                type,
                sql,
                Stream.concat(Stream.of(organizationId), arrays.stream()).toArray());
    }
}
