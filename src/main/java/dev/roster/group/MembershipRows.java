package dev.roster.group;

import dev.roster.audit.AuditLog;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The statements by which one locked account joins and leaves groups, in the caller's transaction: as many for one group as
 * for a thousand. Those of many accounts at once are {@link ImportedMemberships}.
 */
final class MembershipRows {
    private static final String KNOWN = """
            SELECT CAST(json_build_object(
                     'named', (SELECT coalesce(json_object_agg(g.name, g.id), '{}') FROM groups g
                                WHERE g.organization_id = $1 AND g.name = ANY (CAST($3 AS text[]))
                                  AND g.removed_at IS NULL),
                     'present', (SELECT coalesce(json_agg(m.group_id), '[]') FROM memberships m
                                  WHERE m.organization_id = $1 AND m.user_id = $2)) AS text)
            """;

    /**
     * Locks the groups {@code $2} of an organization in the order of their ids, and answers these with their names; of those
     * {@code $3}, which are to be joined, none whose removal has begun.
     */
    static final String LOCK = """
            SELECT g.id, g.name FROM groups g
             WHERE g.organization_id = $1 AND g.id = ANY (CAST($2 AS uuid[]))
               AND (g.removed_at IS NULL OR NOT g.id = ANY (CAST($3 AS uuid[])))
             ORDER BY g.id FOR NO KEY UPDATE
            """;

    private static final String MOVE = """
            WITH %s,
            gone AS (
              DELETE FROM memberships m
               WHERE m.organization_id = $1 AND m.user_id = $2 AND m.group_id = ANY (CAST($3 AS uuid[]))),
            come AS (
              INSERT INTO memberships (organization_id, group_id, user_id, added_at)
              SELECT $1, t.value, $2, $5 FROM unnest(CAST($4 AS uuid[])) AS t (value) RETURNING 1),
            less AS (
              UPDATE groups g SET user_count = g.user_count - $6, sa_count = g.sa_count - $7
               WHERE g.organization_id = $1 AND g.id = ANY (CAST($3 AS uuid[]))),
            more AS (
              UPDATE groups g SET user_count = g.user_count + $6, sa_count = g.sa_count + $7
               WHERE g.organization_id = $1 AND g.id = ANY (CAST($4 AS uuid[])))
            SELECT 1
            """.formatted(AuditLog.cte("$1", "$8", "true", "'{}'"));

    private MembershipRows() {}

    /**
     * What there is before a change.
     *
     * @param named the ids of groups that were asked for by their names; those that do not exist are left out
     * @param present the ids of the groups that the account is in
     */
    record Known(Map<String, UUID> named, Set<UUID> present) {}

    static Uni<Known> known(User user, Collection<String> names) {
        return SessionSql.unflushed(String.class, KNOWN, user.organizationId, user.id, names.toArray(String[]::new))
                .map(JsonObject::new)
                .map(known -> new Known(named(known.getJsonObject("named")), ids(known.getJsonArray("present"))));
    }

    /**
     * The names of the groups of these ids, which are locked in their order until the transaction ends.
     *
     * @param joined those of them that are to be joined: {@code group_not_found} where one was deleted meanwhile
     */
    static Uni<Map<UUID, String>> lock(UUID organizationId, Collection<UUID> ids, Collection<UUID> joined) {
        return lock(LOCK, organizationId, ids, joined);
    }

    /** The same by another form of {@link #LOCK}. */
    static Uni<Map<UUID, String>> lock(String sql, UUID organizationId, Collection<UUID> ids, Collection<UUID> joined) {
        return SessionSql.list(
                        row -> Map.entry(row.getUUID(0), row.getString(1)),
                        sql,
                        organizationId,
                        ids.toArray(UUID[]::new),
                        joined.toArray(UUID[]::new))
                .map(groups -> locked(groups, joined));
    }

    private static Map<UUID, String> locked(List<Map.Entry<UUID, String>> groups, Collection<UUID> joined) {
        Map<UUID, String> names = new LinkedHashMap<>();
        groups.forEach(group -> names.put(group.getKey(), group.getValue()));
        if (!names.keySet().containsAll(joined)) {
            throw RosterException.of(ErrorCode.GROUP_NOT_FOUND, "A group was deleted at the same time.");
        }
        return names;
    }

    /**
     * Lets an account leave and join groups that are locked, which counts it there.
     *
     * @param events what {@link AuditLog#rowsInTransaction} makes of what is recorded
     */
    static Uni<Void> move(User user, Collection<UUID> left, Collection<UUID> joined, Instant now, String events) {
        int person = user.kind == UserKind.PERSON ? 1 : 0;
        return SessionSql.unflushed(
                        Integer.class,
                        MOVE,
                        user.organizationId,
                        user.id,
                        left.toArray(UUID[]::new),
                        joined.toArray(UUID[]::new),
                        Rows.utc(now),
                        person,
                        1 - person,
                        events)
                .replaceWithVoid();
    }

    /** Ids by name, as {@code json_object_agg} makes them. */
    static Map<String, UUID> named(JsonObject json) {
        Map<String, UUID> ids = new HashMap<>();
        json.forEach(group -> ids.put(group.getKey(), UUID.fromString((String) group.getValue())));
        return ids;
    }

    private static Set<UUID> ids(JsonArray json) {
        Set<UUID> ids = new HashSet<>();
        ((List<?>) json.getList()).forEach(id -> ids.add(UUID.fromString((String) id)));
        return ids;
    }
}
