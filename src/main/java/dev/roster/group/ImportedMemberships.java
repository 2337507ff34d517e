package dev.roster.group;

import dev.roster.platform.database.PlannedAnew;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts the persons of an import into their groups, many in few statements, in the caller's transaction; the accounts
 * are locked before, as for every change of memberships.
 */
@ApplicationScoped
public class ImportedMemberships {
    private static final String NAMED = PlannedAnew.MARK + """
            SELECT CAST(coalesce(json_object_agg(g.name, g.id), '{}') AS text)
              FROM jsonb_array_elements_text(CAST(CAST(?2 AS text) AS jsonb)) AS t
              JOIN groups g ON g.organization_id = ?1 AND g.name = t.value
            """;

    private static final String PRESENT = PlannedAnew.MARK + """
            SELECT CAST(coalesce(json_object_agg(p.user_id, p.groups), '{}') AS text) FROM (
              SELECT m.user_id, json_object_agg(g.name, g.id) AS groups
                FROM jsonb_array_elements_text(CAST(CAST(?2 AS text) AS jsonb)) AS t
                JOIN memberships m ON m.organization_id = ?1 AND m.user_id = CAST(t.value AS uuid)
                JOIN groups g ON g.organization_id = ?1 AND g.id = m.group_id
               GROUP BY m.user_id) AS p
            """;

    private static final String LOCK = PlannedAnew.MARK + """
            SELECT count(*) FROM (
              SELECT 1 FROM groups g
               WHERE g.organization_id = ?1
                 AND g.id IN (SELECT CAST(t.value AS uuid)
                                FROM jsonb_array_elements_text(CAST(CAST(?2 AS text) AS jsonb)) AS t)
               ORDER BY g.id FOR NO KEY UPDATE) AS locked
            """;

    // Who joins and who leaves is found out by the rows that do: the counts follow them
    private static final String SET = PlannedAnew.MARK + """
            WITH wanted AS MATERIALIZED (
              SELECT CAST(p.key AS uuid) AS user_id, CAST(g.value AS uuid) AS group_id
                FROM jsonb_each(CAST(CAST(?2 AS text) AS jsonb)) AS p
               CROSS JOIN LATERAL jsonb_array_elements_text(p.value) AS g),
            persons AS MATERIALIZED (
              SELECT CAST(p.key AS uuid) AS user_id FROM jsonb_each(CAST(CAST(?2 AS text) AS jsonb)) AS p),
            gone AS (
              DELETE FROM memberships m USING persons p
               WHERE m.organization_id = ?1 AND m.user_id = p.user_id
                 AND NOT EXISTS (SELECT FROM wanted w WHERE w.user_id = m.user_id AND w.group_id = m.group_id)
              RETURNING m.group_id),
            come AS (
              INSERT INTO memberships (organization_id, group_id, user_id, added_at)
              SELECT ?1, w.group_id, w.user_id, CAST(?3 AS timestamptz) FROM wanted w
              ON CONFLICT DO NOTHING RETURNING group_id),
            moved AS (
              SELECT s.group_id, sum(s.step) AS step
                FROM (SELECT group_id, -1 AS step FROM gone UNION ALL SELECT group_id, 1 FROM come) AS s
               GROUP BY s.group_id),
            counted AS (
              UPDATE groups g SET user_count = g.user_count + moved.step
                FROM moved WHERE g.organization_id = ?1 AND g.id = moved.group_id RETURNING 1)
            SELECT count(*) FROM counted
            """;

    private final Clock clock;

    ImportedMemberships(Clock clock) {
        this.clock = clock;
    }

    /** The ids of the groups of these names, by name; those that do not exist are left out. */
    public Uni<Map<String, UUID>> named(UUID organizationId, Collection<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : query(NAMED, String.class, organizationId, array(names)).map(json -> ids(new JsonObject(json)));
    }

    /** The ids of the groups of these persons, by person and name; who is in none is left out. */
    public Uni<Map<UUID, Map<String, UUID>>> of(UUID organizationId, Collection<UUID> persons) {
        return persons.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : query(PRESENT, String.class, organizationId, array(persons)).map(ImportedMemberships::byPerson);
    }

    /**
     * Leaves each person in exactly these groups, by their ids.
     *
     * @param touched all groups that anybody joins or leaves
     */
    public Uni<Void> set(UUID organizationId, Map<UUID, Set<UUID>> groups, Set<UUID> touched) {
        JsonObject wanted = new JsonObject();
        groups.forEach((person, ids) -> wanted.put(
                person.toString(),
                new JsonArray(ids.stream().map(UUID::toString).toList())));
        return query(LOCK, Long.class, organizationId, array(touched))
                .chain(() -> Panache.getSession().chain(session -> session.createNativeQuery(SET, Long.class)
                        .setParameter(1, organizationId)
                        .setParameter(2, wanted.encode())
                        .setParameter(3, clock.instant().toString())
                        .getSingleResult()))
                .replaceWithVoid();
    }

    private static <T> Uni<T> query(String sql, Class<T> type, UUID organizationId, String rows) {
        return Panache.getSession().chain(session -> session.createNativeQuery(sql, type)
                .setParameter(1, organizationId)
                .setParameter(2, rows)
                .getSingleResult());
    }

    private static Map<UUID, Map<String, UUID>> byPerson(String json) {
        Map<UUID, Map<String, UUID>> persons = new HashMap<>();
        new JsonObject(json)
                .forEach(person -> persons.put(UUID.fromString(person.getKey()), ids((JsonObject) person.getValue())));
        return persons;
    }

    private static Map<String, UUID> ids(JsonObject json) {
        Map<String, UUID> ids = new HashMap<>();
        json.forEach(group -> ids.put(group.getKey(), UUID.fromString((String) group.getValue())));
        return ids;
    }

    private static String array(Collection<?> values) {
        return new JsonArray(values.stream().map(Object::toString).toList()).encode();
    }
}
