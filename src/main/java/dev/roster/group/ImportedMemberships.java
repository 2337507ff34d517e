package dev.roster.group;

import dev.roster.audit.AuditEvent;
import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.TooMuchException;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the persons of an import into their groups, many in few statements, in the caller's transaction; the accounts
 * are locked before, as for every change of memberships.
 */
@ApplicationScoped
public class ImportedMemberships {
    private static final String NAMED = PlannedAnew.MARK + """
            SELECT CAST(coalesce(json_object_agg(g.name, g.id), '{}') AS text)
              FROM unnest(CAST($2 AS text[])) AS t (value)
              JOIN groups g ON g.organization_id = $1 AND g.name = t.value AND g.removed_at IS NULL
            """;

    // A range that must come in order leaves the planner no index but that of the person, whatever it believes
    private static final String PRESENT = PlannedAnew.MARK + """
            SELECT CAST(coalesce(json_object_agg(p.user_id, p.groups), '{}') AS text) FROM (
              SELECT m.user_id, json_object_agg(g.name, g.id) AS groups
                FROM (SELECT l.user_id, l.group_id
                        FROM unnest(CAST($2 AS uuid[])) AS t (value)
                       CROSS JOIN LATERAL (SELECT i.user_id, i.group_id FROM memberships i
                                            WHERE i.organization_id = $1
                                              AND i.user_id >= t.value AND i.user_id <= t.value
                                            ORDER BY i.user_id, i.group_id OFFSET 0) AS l
                       LIMIT CAST($3 AS bigint)) AS m
                JOIN groups g ON g.organization_id = $1 AND g.id = m.group_id
               GROUP BY m.user_id) AS p
            """;

    private static final String LOCK = PlannedAnew.MARK + MembershipRows.LOCK;

    // The counts follow the rows that come and go
    private static final String MOVE = PlannedAnew.MARK + """
            WITH gone AS (
              DELETE FROM memberships m USING unnest(CAST($2 AS uuid[]), CAST($3 AS uuid[])) AS r (group_id, user_id)
               WHERE m.organization_id = $1 AND m.group_id = r.group_id AND m.user_id = r.user_id
              RETURNING m.group_id),
            come AS (
              INSERT INTO memberships (organization_id, group_id, user_id, added_at)
              SELECT $1, r.group_id, r.user_id, $6
                FROM unnest(CAST($4 AS uuid[]), CAST($5 AS uuid[])) AS r (group_id, user_id)
              %s RETURNING group_id),
            moved AS (
              SELECT s.group_id, sum(s.step) AS step
                FROM (SELECT group_id, -1 AS step FROM gone UNION ALL SELECT group_id, 1 FROM come) AS s
               GROUP BY s.group_id),
            counted AS (
              UPDATE groups g SET user_count = g.user_count + moved.step
                FROM moved WHERE g.organization_id = $1 AND g.id = moved.group_id RETURNING 1)
            SELECT count(*) FROM counted
            """;

    // Whose accounts are locked join nothing meanwhile
    private static final String MOVE_ALL = MOVE.formatted("");

    private static final String MOVE_FREE = MOVE.formatted("ON CONFLICT DO NOTHING");

    private final Clock clock;

    ImportedMemberships(Clock clock) {
        this.clock = clock;
    }

    /** The ids of the groups of these names, by name; those that do not exist are left out. */
    public Uni<Map<String, UUID>> named(UUID organizationId, Collection<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : SessionSql.value(String.class, NAMED, organizationId, names.toArray(String[]::new))
                        .map(json -> MembershipRows.named(new JsonObject(json)));
    }

    /**
     * The ids of the groups of these persons, by person and name; who is in none is left out. Fails with {@link
     * TooMuchException} where several persons have more than so many memberships together.
     */
    public Uni<Map<UUID, Map<String, UUID>>> of(UUID organizationId, Collection<UUID> persons, int most) {
        if (persons.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        long limit = persons.size() == 1 ? Long.MAX_VALUE : most + 1L;
        return SessionSql.value(String.class, PRESENT, organizationId, persons.toArray(UUID[]::new), limit)
                .map(ImportedMemberships::byPerson)
                .invoke(found -> {
                    if (found.values().stream().mapToLong(Map::size).sum() >= limit) {
                        throw new TooMuchException("memberships");
                    }
                });
    }

    /** A person who joins a group, or leaves it. */
    public record Move(UUID person, UUID group, String name, boolean leaves) {}

    /** What is to be recorded of the moves of one person. */
    public static List<AuditEvent> events(User person, List<Move> moves) {
        Map<Boolean, List<String>> sides = moves.stream()
                .collect(Collectors.partitioningBy(Move::leaves, Collectors.mapping(Move::name, Collectors.toList())));
        return Memberships.events(person, sides.get(false), sides.get(true));
    }

    /**
     * Lets persons whose accounts are locked join and leave groups.
     *
     * @param again whether it failed before: then what is there already is passed over, which costs more
     */
    public Uni<Void> move(UUID organizationId, List<Move> moves, boolean again) {
        Set<UUID> touched = moves.stream().map(Move::group).collect(Collectors.toSet());
        List<Move> gone = moves.stream().filter(Move::leaves).toList();
        List<Move> come = moves.stream().filter(move -> !move.leaves()).toList();
        List<UUID> joined = come.stream().map(Move::group).distinct().toList();
        return MembershipRows.lock(LOCK, organizationId, touched, joined)
                .chain(() -> SessionSql.value(
                        Long.class,
                        again ? MOVE_FREE : MOVE_ALL,
                        organizationId,
                        ids(gone, Move::group),
                        ids(gone, Move::person),
                        ids(come, Move::group),
                        ids(come, Move::person),
                        Rows.now(clock)))
                .replaceWithVoid();
    }

    private static UUID[] ids(List<Move> moves, Function<Move, UUID> id) {
        return moves.stream().map(id).toArray(UUID[]::new);
    }

    private static Map<UUID, Map<String, UUID>> byPerson(String json) {
        Map<UUID, Map<String, UUID>> persons = new HashMap<>();
        new JsonObject(json)
                .forEach(person -> persons.put(
                        UUID.fromString(person.getKey()), MembershipRows.named((JsonObject) person.getValue())));
        return persons;
    }
}
