package dev.roster.user;

import static java.util.stream.Collectors.joining;

import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements that write many accounts at once, in the caller's transaction: as many for one row as for a thousand.
 * Each takes a column of its rows as one array, and is planned for the tables as they are (see PoolSetup).
 */
final class UserBatch {
    private static final String PLANNED = PlannedAnew.MARK;

    /** A column that rows are written to, with its type and its value. */
    private record Column(String name, String type, Function<User, Object> value) {

        /** The values of all rows; none where all are NULL, which is what PostgreSQL fills up with. */
        Object[] of(Collection<User> users) {
            Object[] values =
                    switch (type) {
                        case "uuid" -> new UUID[users.size()];
                        case "boolean" -> new Boolean[users.size()];
                        default -> new String[users.size()];
                    };
            boolean any = false;
            int i = 0;
            for (User user : users) {
                values[i] = value.apply(user);
                any |= values[i++] != null;
            }
            return any ? values : Arrays.copyOf(values, 0);
        }
    }

    private static final List<Column> COLUMNS = List.of(
            // Never NULL: it says how many rows there are
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
            new Column(
                    "metadata",
                    "text",
                    user -> user.metadata.isEmpty() ? null : new JsonObject(user.metadata).encode()),
            new Column("external_id", "text", user -> user.externalId),
            new Column("search_text", "text", user -> user.searchText));

    // Their arrays are the parameters from the third on, behind the time of the change
    private static final String ROWS = IntStream.range(0, COLUMNS.size())
                    .mapToObj(i -> "CAST($" + (i + 3) + " AS " + COLUMNS.get(i).type() + "[])")
                    .collect(joining(", ", "unnest(", ") AS n "))
            + COLUMNS.stream().map(Column::name).collect(joining(", ", "(", ")"));

    private static final String METADATA = "coalesce(CAST(n.metadata AS jsonb), '{}')";

    // Without RETURNING, Citus tells a name that is taken as an internal error
    private static final String ADD = PLANNED + """
            WITH added AS (
              INSERT INTO users (organization_id, id, kind, username, username_key, email, email_key, display_name,
                                 full_name, role, status, password_hash, password_expired, avatar_url, company,
                                 job_title, metadata, external_id, search_text, deactivated_at, created_at, updated_at,
                                 version)
              SELECT $1, n.id, 'person', n.username, n.username_key, n.email, n.email_key, n.display_name,
                     n.full_name, n.role, n.status, n.password_hash, n.password_expired, n.avatar_url, n.company,
                     n.job_title, %s, n.external_id, n.search_text,
                     CASE WHEN n.status = 'deactivated' THEN CAST($2 AS timestamptz) END,
                     CAST($2 AS timestamptz), CAST($2 AS timestamptz), 0
                FROM %s
               ORDER BY n.username_key
              %s RETURNING id)
            SELECT %s FROM added
            """;

    private static final String INSERT = ADD.formatted(METADATA, ROWS, "", "count(*)");

    // What another transaction takes meanwhile is left out, and told by not being answered
    private static final String INSERT_FREE = ADD.formatted(METADATA, ROWS, "ON CONFLICT DO NOTHING", "array_agg(id)");

    // They are there and locked: their key finds them, with no plan in between
    private static final String UPDATE = PLANNED + """
            WITH changed AS (
              INSERT INTO users AS u (organization_id, id, kind, username, username_key, display_name, full_name, role,
                                      status, avatar_url, company, job_title, metadata, external_id, search_text,
                                      created_at, updated_at, version)
              SELECT $1, n.id, 'person', n.username, n.username_key, n.display_name, n.full_name, n.role, n.status,
                     n.avatar_url, n.company, n.job_title, %s, n.external_id, n.search_text,
                     CAST($2 AS timestamptz), CAST($2 AS timestamptz), 0
                FROM %s
              ON CONFLICT ON CONSTRAINT users_pk DO UPDATE
                 SET display_name = excluded.display_name, full_name = excluded.full_name,
                     avatar_url = excluded.avatar_url, company = excluded.company, job_title = excluded.job_title,
                     metadata = excluded.metadata, external_id = excluded.external_id,
                     search_text = excluded.search_text, updated_at = excluded.updated_at, version = u.version + 1
              RETURNING 1)
            SELECT count(*) FROM changed
            """.formatted(METADATA, ROWS);

    private static final String OTHER = """
            (t.%2$s IS NOT NULL AND EXISTS (SELECT FROM (SELECT u.id FROM users u
                                  WHERE u.organization_id = $1 AND u.%1$s >= t.%2$s AND u.%1$s <= t.%2$s
                                  ORDER BY u.%1$s LIMIT 1) AS f
                     WHERE f.id <> t.id))
            """;

    private static final String TAKEN = PLANNED
            + """
            SELECT count(*)
              FROM unnest(CAST($2 AS uuid[]), CAST($3 AS text[]), CAST($4 AS text[]), CAST($5 AS text[]),
                          CAST($6 AS text[])) AS t (id, name, email, old, folded)
             WHERE %s OR %s OR %s OR %s
            """.formatted(
                            OTHER.formatted("email_key", "name"),
                            OTHER.formatted("email_key", "folded"),
                            OTHER.formatted("username_key", "email"),
                            OTHER.formatted("username_key", "old"));

    private UserBatch() {}

    /** Adds accounts of which nothing was taken when it was looked; what is now fails it. */
    static Uni<Void> insert(UUID organizationId, Collection<User> users, Instant now) {
        return SessionSql.unflushed(Long.class, INSERT, values(organizationId, users, now))
                .replaceWithVoid();
    }

    /** Adds accounts; the ids of those whose name, address and external id were still free. */
    static Uni<Set<UUID>> insertFree(UUID organizationId, Collection<User> users, Instant now) {
        return SessionSql.value(UUID[].class, INSERT_FREE, values(organizationId, users, now))
                .map(ids -> ids == null ? Set.of() : Set.of(ids));
    }

    /** Writes what describes accounts that are locked. */
    static Uni<Void> update(UUID organizationId, Collection<User> users, Instant now) {
        return SessionSql.value(Long.class, UPDATE, values(organizationId, users, now))
                .replaceWithVoid();
    }

    /** How many of these accounts are called like the address of another, or the other way around. */
    static Uni<Long> taken(UUID organizationId, Collection<User> users) {
        return SessionSql.value(
                Long.class,
                TAKEN,
                organizationId,
                users.stream().map(user -> user.id).toArray(UUID[]::new),
                texts(users, user -> EmailKey.of(user.username).orElse(null)),
                texts(users, user -> user.emailKey),
                texts(users, UserBatch::oldKey),
                texts(users, user -> EmailKey.of(user.usernameKey).orElse(null)));
    }

    /** What rows of older versions have for the address; null where it is the same. */
    private static String oldKey(User user) {
        String folded = user.emailKey == null ? null : CanonicalText.fold(user.email);
        return Objects.equals(folded, user.emailKey) ? null : folded;
    }

    /** A column of text, in the order of the rows. */
    static String[] texts(Collection<User> users, Function<User, String> text) {
        return users.stream().map(text).toArray(String[]::new);
    }

    private static Object[] values(UUID organizationId, Collection<User> users, Instant now) {
        return Stream.concat(
                        Stream.of(organizationId, Rows.utc(now)),
                        COLUMNS.stream().map(column -> column.of(users)))
                .toArray();
    }
}
