package dev.roster.organization;

import dev.roster.platform.background.Parts;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Steps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Deletes the rows of organizations that are going, part after part and in all tables, those first
 * that refer to others; what a replica that is killed has not done another does. Which tables there
 * are the database says, so that none is forgotten.
 */
@ApplicationScoped
class OrganizationRemoval implements PeriodicWork {
    // Both are cleaned in their time: revocations when the tokens have expired that they refuse, and events when they
    // are as old as events get; what happened is not undone with the organization.
    private static final String TABLES = """
            WITH RECURSIVE owned AS (
              SELECT c.oid, quote_ident(c.relname) AS name
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
               WHERE c.relkind = 'r' AND c.relname NOT IN ('revocations', 'audit_events')),
            depths AS (
              SELECT oid, 0 AS depth FROM owned
               UNION ALL
              SELECT f.conrelid, d.depth + 1
                FROM depths d
                JOIN pg_constraint f ON f.contype = 'f' AND f.confrelid = d.oid AND f.conrelid <> d.oid
                JOIN owned o ON o.oid = f.conrelid
               WHERE d.depth < 20)
            SELECT o.name FROM depths d JOIN owned o ON o.oid = d.oid
             GROUP BY o.name ORDER BY max(d.depth) DESC, o.name
            """;
    private static final String DELETE = """
            DELETE FROM %1$s WHERE organization_id = $1 AND ctid = ANY (ARRAY(
              SELECT ctid FROM %1$s WHERE organization_id = $1 LIMIT %2$s FOR UPDATE SKIP LOCKED))
            """;
    private static final String GOING = "SELECT id FROM organizations WHERE status = 'deleting'";
    private static final String END = "DELETE FROM organizations WHERE id = $1 AND status = 'deleting'";

    private final Pool database;

    OrganizationRemoval(Pool database) {
        this.database = database;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Uni<Void> run() {
        return database.query(GOING)
                .execute()
                .map(rows -> Rows.list(rows, row -> row.getUUID(0)))
                .chain(going -> going.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tables().chain(tables -> Steps.eachOnItsOwn(going, id -> remove(id, tables))));
    }

    private Uni<List<String>> tables() {
        return database.query(TABLES).execute().map(rows -> Rows.list(rows, row -> row.getString(0)));
    }

    private Uni<Void> remove(UUID id, List<String> tables) {
        Tuple organization = Tuple.of(id);
        return Steps.each(tables, table -> Parts.ofAll(database, DELETE.formatted(table, Parts.SIZE), organization))
                .chain(() -> database.preparedQuery(END).execute(organization))
                .replaceWithVoid();
    }
}
