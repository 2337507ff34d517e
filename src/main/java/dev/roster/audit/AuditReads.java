package dev.roster.audit;

import dev.roster.audit.AuditEventView.ActorView;
import dev.roster.audit.AuditEventView.OriginView;
import dev.roster.audit.AuditEventView.TargetView;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.standby.ListReads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads events. Whatever the filter, an index gives them in their order. */
@ApplicationScoped
class AuditReads {
    private static final String SELECT = """
            SELECT id, version, type, occurred_at, actor_kind, actor_id, actor_name, client_id, session_id, ip_address,
                   user_agent, request_id, target_kind, target_id, target_name, before, after, details
              FROM audit_events WHERE organization_id = $1
            """;

    private static final String BETWEEN = " AND id > $2 AND id < $3";

    // Merges the newest or oldest of each type, instead of sorting all that a group of types has. By the type as well,
    // an order that only the index of types has: for a rare one the events of all types would be walked through
    private static final String OF_TYPES = """
            SELECT e.* FROM unnest(CAST($5 AS text[])) AS wanted (type)
             CROSS JOIN LATERAL (%1$s AND (type, id) > (wanted.type, $2) AND (type, id) < (wanted.type, $3)
                                 ORDER BY type %2$s, id %2$s LIMIT $4) AS e
             ORDER BY e.id %2$s LIMIT $4
            """;

    // Of all replicas, whose connections have one name: those of an administrator may stay open for hours. A standby
    // knows none of them, but when the last change that it has was committed
    private static final String OLDEST_TRANSACTION = """
            SELECT least(min(xact_start), CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() END)
              FROM pg_stat_activity
             WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()
               AND application_name = current_setting('application_name')
            """;

    private final Pool database;
    private final ListReads lists;

    AuditReads(Pool database, ListReads lists) {
        this.database = database;
        this.lists = lists;
    }

    Uni<Optional<AuditEventView>> byId(UUID organizationId, UUID id) {
        return Rows.first(database, SELECT + " AND id = $2", Tuple.of(organizationId, id), AuditReads::view);
    }

    /** When the oldest transaction began that has not ended, by the clock of the database; empty where there is none. */
    Uni<Optional<Instant>> oldestTransaction() {
        return database.preparedQuery(OLDEST_TRANSACTION)
                .execute()
                .map(rows -> Optional.ofNullable(Rows.instant(rows.iterator().next(), 0)));
    }

    /** The events of a filter between two ids, neither of them included. */
    Uni<List<AuditEventView>> list(UUID organizationId, AuditFilter filter, UUID above, UUID below, int limit) {
        Tuple parameters = Tuple.of(organizationId, above, below, limit);
        return lists.execute(statement(filter, parameters), parameters).map(rows -> Rows.list(rows, AuditReads::view));
    }

    private static String statement(AuditFilter filter, Tuple parameters) {
        String order = filter.oldestFirst() ? "ASC" : "DESC";
        if (AuditMeetings.isOf(filter)) {
            return AuditMeetings.sql(SELECT, filter, parameters);
        }
        if (!filter.types().isEmpty()) {
            parameters.addArrayOfString(
                    filter.types().stream().map(AuditType::value).toArray(String[]::new));
            return OF_TYPES.formatted(SELECT, order);
        }
        StringBuilder sql = new StringBuilder(SELECT).append(BETWEEN);
        if (filter.actor() != null) {
            parameters.addUUID(filter.actor());
            sql.append(" AND actor_id = $5");
        } else if (filter.target() != null) {
            parameters.addUUID(filter.target());
            sql.append(" AND target_id = $5");
        }
        return sql + " ORDER BY id " + order + " LIMIT $4";
    }

    private static AuditEventView view(Row row) {
        return new AuditEventView(
                row.getUUID(0),
                row.getInteger(1),
                row.getString(2),
                Rows.instant(row, 3),
                new ActorView(row.getString(4), row.getUUID(5), row.getString(6), row.getString(7), row.getUUID(8)),
                new OriginView(row.getString(9), row.getString(10), row.getString(11)),
                new TargetView(row.getString(12), row.getUUID(13), row.getString(14)),
                (JsonObject) row.getValue(15),
                (JsonObject) row.getValue(16),
                (JsonObject) row.getValue(17));
    }
}
