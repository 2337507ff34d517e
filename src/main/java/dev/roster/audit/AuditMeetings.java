package dev.roster.audit;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/**
 * Events of an actor that are of some types or on one target too, or of a target and some types: each has an index, and none has
 * two of them. The walk through those of the one leaps to the next of the other wherever it meets some that are not both. So
 * it takes no more steps than the rarer of them has events, whichever that is.
 */
final class AuditMeetings {
    // An order that only the index of the column has, and no value asked for that PostgreSQL could take for common. One
    // end of the value is named for the indexes that leave out who has none; at the other the place begins
    private static final String NEXT = """
            SELECT n.id, (%1$s) IS TRUE AS fits FROM audit_events n
             WHERE n.organization_id = $1 AND (n.%2$s, n.id) %4$s (%3$s, %6$s) AND (n.%2$s, n.id) %5$s (%3$s, %7$s)
               AND n.%2$s %5$s= %3$s
             ORDER BY n.%2$s %8$s, n.id %8$s LIMIT %9$s
            """;

    // Looked at before a leap: as many as cost little where they lie apart, and make leaps few where the other is near
    private static final int STEP = 100;

    // A part has those that fit, and its last one, behind which the next begins; of a part without any, that is where
    // the leap has led
    private static final String WALK = """
            WITH RECURSIVE walk (id, fits, is_last, found) AS (
              SELECT CAST(%3$s AS uuid), false, true, CAST(0 AS bigint)
               UNION ALL
              SELECT CASE WHEN part.fitting > 0 THEN part.id ELSE other.id END, part.fits OR coalesce(other.fits, false),
                     part.is_last, w.found + part.fitting + CASE WHEN other.fits THEN 1 ELSE 0 END
                FROM walk w
               CROSS JOIN LATERAL (
                 SELECT p.id, p.fits, p.is_last, p.fitting FROM (
                   SELECT s.id, s.fits, row_number() OVER (ORDER BY s.id %2$s) = count(*) OVER () AS is_last,
                          count(*) FILTER (WHERE s.fits) OVER () AS fitting
                     FROM (%4$s) AS s) AS p
                  WHERE p.fits OR p.is_last) AS part
                LEFT JOIN LATERAL (SELECT n.* FROM unnest(CAST($6 AS %6$s[])) AS wanted (value) CROSS JOIN LATERAL (%5$s) AS n
                                    WHERE part.fitting = 0 ORDER BY n.id %2$s LIMIT 1) AS other ON true
               WHERE w.is_last AND w.found < $4 AND (part.fitting > 0 OR other.id IS NOT NULL))
            SELECT e.* FROM walk CROSS JOIN LATERAL (%1$s AND id = walk.id LIMIT 1) AS e WHERE walk.fits ORDER BY e.id %2$s LIMIT $4
            """;

    private AuditMeetings() {}

    /** Whether no index has what a filter asks for. */
    static boolean isOf(AuditFilter filter) {
        return filter.types().isEmpty()
                ? filter.actor() != null && filter.target() != null
                : filter.actor() != null || filter.target() != null;
    }

    /**
     * The statement for such a filter.
     *
     * @param select of the events of the organization {@code $1}
     * @param parameters organization, above, below and limit, to which the others are added
     */
    static String sql(String select, AuditFilter filter, Tuple parameters) {
        boolean byActor = filter.actor() != null;
        boolean byTypes = !filter.types().isEmpty() && (!byActor || isOfOne(filter));
        String lead = byActor ? "actor_id" : "target_id";
        String leap = byTypes ? "type" : "target_id";
        parameters.addUUID(byActor ? filter.actor() : filter.target());
        String fits = "n." + lead + " = $5 AND n." + leap + " = ANY ($6)";
        String[] types = filter.types().stream().map(AuditType::value).toArray(String[]::new);
        if (byTypes) {
            parameters.addArrayOfString(types);
        } else {
            parameters.addArrayOfUUID(new UUID[] {filter.target()});
        }
        if (byActor && byTypes && filter.target() != null) {
            parameters.addUUID(filter.target());
            fits += " AND n.target_id = $7";
        } else if (!byTypes && types.length > 0) {
            parameters.addArrayOfString(types);
            fits += " AND n.type = ANY ($7)";
        }
        boolean up = filter.oldestFirst();
        return WALK.formatted(
                select,
                up ? "ASC" : "DESC",
                up ? "$2" : "$3",
                next(fits, lead, "$5", "w.id", up, STEP),
                next(fits, leap, "wanted.value", "part.id", up, 1),
                byTypes ? "text" : "uuid");
    }

    /** Whether it names one account: what that does to itself has it as actor and as target, of which neither leaps far. */
    private static boolean isOfOne(AuditFilter filter) {
        return filter.target() == null || filter.target().equals(filter.actor());
    }

    private static String next(String fits, String column, String value, String place, boolean up, int most) {
        return NEXT.formatted(
                fits,
                column,
                value,
                up ? ">" : "<",
                up ? "<" : ">",
                place,
                up ? "$3" : "$2",
                up ? "ASC" : "DESC",
                most);
    }
}
