package dev.roster.user;

import dev.roster.platform.database.PlannedAnew;
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
import java.util.stream.Collectors;

/**
 * The statements that write many accounts at once, in the caller's transaction: as many for one row as for a thousand.
 * Each takes its rows as one text, and is planned for the tables as they are (see PoolSetup).
 */
final class UserBatch {
    private static final String PLANNED = PlannedAnew.MARK;

    // A range that must come in order leaves the planner no index but that of the key, whatever it believes of the
    // table
    private static final String KEYS = """
            SELECT f.id FROM jsonb_array_elements_text(CAST(CAST(?%1$d AS text) AS jsonb)) AS t
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

    private static final String COLUMNS = """
            n (id uuid, username text, username_key text, email text, email_key text, display_name text,
               full_name text, role text, status text, password_hash text, password_expired boolean, avatar_url text,
               company text, job_title text, metadata jsonb, external_id text, search_text text, now timestamptz)
            """;

    // What another transaction takes meanwhile is left out, and told by not being answered
    private static final String INSERT = PLANNED + """
            WITH added AS (
              INSERT INTO users (organization_id, id, kind, username, username_key, email, email_key, display_name,
                                 full_name, role, status, password_hash, password_expired, avatar_url, company,
                                 job_title, metadata, external_id, search_text, created_at, updated_at, version)
              SELECT ?1, n.id, 'person', n.username, n.username_key, n.email, n.email_key, n.display_name,
                     n.full_name, n.role, n.status, n.password_hash, n.password_expired, n.avatar_url, n.company,
                     n.job_title, n.metadata, n.external_id, n.search_text, n.now, n.now, 0
                FROM jsonb_to_recordset(CAST(CAST(?2 AS text) AS jsonb)) AS %s
               ORDER BY n.username_key
              ON CONFLICT DO NOTHING RETURNING id)
            SELECT CAST(coalesce(json_agg(id), '[]') AS text) FROM added
            """.formatted(COLUMNS);

    // They are there and locked: their key finds them, with no plan in between
    private static final String UPDATE = PLANNED + """
            WITH changed AS (
              INSERT INTO users AS u (organization_id, id, kind, username, username_key, display_name, full_name, role,
                                      status, avatar_url, company, job_title, metadata, external_id, search_text,
                                      created_at, updated_at, version)
              SELECT ?1, n.id, 'person', n.username, n.username_key, n.display_name, n.full_name, n.role, n.status,
                     n.avatar_url, n.company, n.job_title, n.metadata, n.external_id, n.search_text, n.now, n.now, 0
                FROM jsonb_to_recordset(CAST(CAST(?2 AS text) AS jsonb)) AS %s
              ON CONFLICT ON CONSTRAINT users_pk DO UPDATE
                 SET display_name = excluded.display_name, full_name = excluded.full_name,
                     avatar_url = excluded.avatar_url, company = excluded.company, job_title = excluded.job_title,
                     metadata = excluded.metadata, external_id = excluded.external_id,
                     search_text = excluded.search_text, updated_at = excluded.updated_at, version = u.version + 1
              RETURNING 1)
            SELECT count(*) FROM changed
            """.formatted(COLUMNS);

    private static final String OTHER = """
            EXISTS (SELECT FROM (SELECT u.id FROM users u
                                  WHERE u.organization_id = ?1 AND u.%1$s >= t.%2$s AND u.%1$s <= t.%2$s
                                  ORDER BY u.%1$s LIMIT 1) AS f
                     WHERE f.id <> t.id)
            """;

    private static final String TAKEN = PLANNED
            + """
            SELECT count(*)
              FROM jsonb_to_recordset(CAST(CAST(?2 AS text) AS jsonb)) AS t (id uuid, name text, email text, old text)
             WHERE %s OR %s OR %s
            """.formatted(
                            OTHER.formatted("email_key", "name"),
                            OTHER.formatted("username_key", "email"),
                            OTHER.formatted("username_key", "old"));

    private UserBatch() {}

    /** The accounts that have any of these names, addresses or external ids, locked in the order of their ids. */
    static Uni<List<User>> lock(UUID organizationId, Set<String> texts, Set<String> externalIds) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK, User.class)
                .setParameter(1, organizationId)
                .setParameter(2, array(texts))
                .setParameter(3, array(externalIds))
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
        JsonArray rows = new JsonArray();
        users.forEach(user -> {
            JsonObject row = new JsonObject().put("id", user.id.toString());
            EmailKey.of(user.username).ifPresent(key -> row.put("name", key));
            if (user.emailKey != null) {
                row.put("email", user.emailKey);
                row.put("old", CanonicalText.fold(user.email));
            }
            rows.add(row);
        });
        return query(TAKEN, Long.class, organizationId, rows.encode());
    }

    private static <T> Uni<T> query(String sql, Class<T> type, UUID organizationId, String rows) {
        return Panache.getSession().chain(session -> session.createNativeQuery(sql, type)
                .setParameter(1, organizationId)
                .setParameter(2, rows)
                .getSingleResult());
    }

    private static String array(Collection<String> texts) {
        return new JsonArray(List.copyOf(texts)).encode();
    }

    private static String rows(Collection<User> users) {
        JsonArray rows = new JsonArray();
        users.forEach(user -> rows.add(row(user)));
        return rows.encode();
    }

    private static JsonObject row(User user) {
        return new JsonObject()
                .put("id", user.id.toString())
                .put("username", user.username)
                .put("username_key", user.usernameKey)
                .put("email", user.email)
                .put("email_key", user.emailKey)
                .put("display_name", user.displayName)
                .put("full_name", user.fullName)
                .put("role", user.role.value())
                .put("status", user.status.value())
                .put("password_hash", user.passwordHash)
                .put("password_expired", user.passwordExpired)
                .put("avatar_url", user.avatarUrl)
                .put("company", user.company)
                .put("job_title", user.jobTitle)
                .put("metadata", user.metadata)
                .put("external_id", user.externalId)
                .put("search_text", user.searchText)
                .put("now", user.updatedAt.toString());
    }
}
