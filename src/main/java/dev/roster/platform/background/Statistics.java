package dev.roster.platform.background;

import dev.roster.platform.persistence.Steps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * Counts tables for the planner (ANALYZE) where they have outgrown what it knows of them. All indexes cost the same in
 * an empty table, since all begin with the organization; the plan that is kept then, also that of a foreign key, walks
 * the whole organization for each row until autovacuum comes. They do in a large table too, for an organization that is
 * not among those that the planner knows to be all there are: it takes that for one row, however much it has grown.
 *
 * <p>Only the owner of a table may have it counted. Where the service is not, nothing happens and autovacuum is waited
 * for.
 */
@Singleton
public class Statistics implements PeriodicWork {
    // Below, no plan is bad enough to notice
    private static final long FEW = 200;

    // What was written since the last count is as much as there was then: autovacuum comes at a tenth of that, but
    // only once a minute. A hundredth of it may all be of an organization that is not known. Of a table that came with
    // its server's files or version nothing is known, nor that it was written
    private static final String GROWN = """
            SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_stat_all_tables s ON s.relid = c.oid
             WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r'
               AND (s.n_mod_since_analyze > greatest(c.reltuples, $1)
                    OR s.n_mod_since_analyze > greatest(c.reltuples / 100, $1)
                       AND coalesce(greatest(s.last_analyze, s.last_autoanalyze), '-infinity') < now() - interval '10 minutes'
                    OR c.reltuples < 0 AND pg_relation_size(c.oid) > 100000)
               AND pg_has_role(c.relowner, 'USAGE')
            """;

    // One that is not known has an equal part of what those that are leave over
    private static final String SMALLER = """
            SELECT quote_ident(c.relname) FROM pg_class c
              LEFT JOIN (SELECT s.tablename, s.most_common_vals AS known, s.most_common_freqs AS shares,
                                coalesce(cardinality(s.most_common_freqs), 0) AS number,
                                1 - (SELECT coalesce(sum(f), 0) FROM unnest(s.most_common_freqs) AS f) AS rest, s.n_distinct
                           FROM pg_stats s
                          WHERE s.schemaname = current_schema() AND s.attname = 'organization_id') AS o
                ON o.tablename = c.relname
             WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r'
               AND c.relname = ANY ($2) AND pg_has_role(c.relowner, 'USAGE')
               AND (c.reltuples < $1
                    OR coalesce(
                         (SELECT k.share FROM unnest(CAST(CAST(o.known AS text) AS uuid[]), o.shares) AS k (id, share)
                           WHERE k.id = CAST($3 AS uuid)),
                         o.rest / greatest(
                           CASE WHEN o.n_distinct < 0 THEN -o.n_distinct * c.reltuples ELSE o.n_distinct END - o.number, 1))
                         * c.reltuples < $4)
            """;

    // A count that takes longer than a connection is waited for goes on without it, and the table is counted then too
    private static final String OUTLIVE_CLIENT = """
            SELECT CASE WHEN current_setting('client_connection_check_interval', true) <> '0'
                        THEN set_config('client_connection_check_interval', '0', true) END
            """;

    // Of so many rows the planner takes the index that fits
    private static final double MORE_THAN_ONE = 10;

    private final Pool database;

    Statistics(Pool database) {
        this.database = database;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Uni<Void> run() {
        return database.preparedQuery(GROWN).execute(Tuple.of((float) FEW)).chain(this::count);
    }

    /**
     * Counts those of the tables that the planner believes to have fewer rows, or no more than a few of the organization; it
     * takes a second at most.
     */
    public Uni<Void> refresh(Set<String> tables, UUID organizationId, long rows) {
        return database.preparedQuery(SMALLER)
                .execute(Tuple.of((float) rows, tables.toArray(String[]::new), organizationId, MORE_THAN_ONE))
                .chain(this::count);
    }

    private Uni<Void> count(RowSet<Row> tables) {
        // One that another replica or autovacuum counts already is left to it
        return Steps.each(tables, row -> database.query(OUTLIVE_CLIENT + "; ANALYZE (SKIP_LOCKED) " + row.getString(0))
                .execute());
    }
}
