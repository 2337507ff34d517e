package dev.roster.platform.background;

import dev.roster.platform.persistence.Steps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Deletes rows that mean nothing any more, again and again; whoever writes their table says which. */
public final class Cleaner implements PeriodicWork {
    private final String name;
    private final Pool database;
    private final Duration every;
    private final List<Deletable> past;

    public Cleaner(String name, Pool database, Duration every, Deletable... past) {
        this.name = name;
        this.database = database;
        this.every = every;
        this.past = List.of(past);
    }

    /** Rows to delete. */
    public sealed interface Deletable permits Past, PastOfOrganizations {
        /** Deletes them, part after part. */
        Uni<Void> delete(Pool database);
    }

    /**
     * Rows that stand together, whatever their organization.
     *
     * @param columns those of the primary key
     * @param which the clauses WHERE, ORDER BY or OFFSET that find them by an index, with one
     *     parameter
     * @param limit the value of the parameter at each run
     */
    public record Past(String table, String columns, String which, Supplier<?> limit) implements Deletable {
        // What another replica deletes at the moment is passed over
        private static final String DELETE = """
                DELETE FROM %1$s WHERE (%2$s) IN (
                  SELECT %2$s FROM %1$s %3$s LIMIT %4$s FOR UPDATE SKIP LOCKED)
                """;

        @Override
        public Uni<Void> delete(Pool database) {
            String part = DELETE.formatted(table, columns, which, Parts.SIZE);
            return Parts.ofAll(database, part, Tuple.of(value(limit))).replaceWithVoid();
        }
    }

    /**
     * Rows that stand with the others of their organization, perhaps on servers of their own: what is past is looked for
     * over all, and deleted organization by organization. One whose rows cannot be deleted stands in the way of no other, and
     * fails the run in the end.
     *
     * @param columns those of the primary key behind the organization
     * @param time the expression of the index that finds them
     * @param past the operator that compares it with the limit
     * @param besides what else is true of them, beginning with AND; empty for nothing
     * @param part the most that go in one statement: fewer than usual where each takes others along
     * @param limit the value at each run
     */
    public record PastOfOrganizations(
            String table, String columns, String time, String past, String besides, int part, Supplier<?> limit)
            implements Deletable {
        // Each may take as long as a connection is waited for
        private static final int MOST_FAILED = 10;

        private static final String FIND = """
                SELECT organization_id FROM %1$s
                 WHERE %2$s %3$s $1 AND organization_id <> ALL ($2) %4$s ORDER BY %2$s LIMIT %5$s
                """;
        private static final String DELETE = """
                DELETE FROM %1$s WHERE organization_id = $2 AND (%2$s) IN (
                  SELECT %2$s FROM %1$s WHERE organization_id = $2 AND %3$s %4$s $1 %5$s LIMIT %6$s FOR UPDATE SKIP LOCKED)
                """;

        public PastOfOrganizations(String table, String columns, String time, String past, Supplier<?> limit) {
            this(table, columns, time, past, "", limit);
        }

        public PastOfOrganizations(
                String table, String columns, String time, String past, String besides, Supplier<?> limit) {
            this(table, columns, time, past, besides, Parts.SIZE, limit);
        }

        @Override
        public Uni<Void> delete(Pool database) {
            Object value = value(limit);
            Map<UUID, Throwable> failed = new LinkedHashMap<>();
            return Steps.whilst(() -> round(database, value, failed))
                    .chain(() -> failed.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : Uni.createFrom()
                                    .failure(failed.values().iterator().next()));
        }

        /** Deletes of the organizations of the oldest rows, but for those that failed; whether there may be more. */
        private Uni<Boolean> round(Pool database, Object value, Map<UUID, Throwable> failed) {
            int failedBefore = failed.size();
            return database.preparedQuery(FIND.formatted(table, time, past, besides, Parts.SIZE))
                    .execute(Tuple.of(value, failed.keySet().toArray(UUID[]::new)))
                    .chain(found -> {
                        Set<UUID> organizations = new LinkedHashSet<>();
                        found.forEach(row -> organizations.add(row.getUUID(0)));
                        return delete(database, organizations, value, failed).map(deleted -> {
                            // All of them are perhaps being deleted elsewhere, or none can be
                            boolean goesOn = deleted > 0 || failed.size() > failedBefore;
                            boolean isLeft = found.rowCount() == Parts.SIZE || found.rowCount() > deleted;
                            return goesOn && isLeft && failed.size() < MOST_FAILED;
                        });
                    });
        }

        /** Deletes a part of each organization. */
        private Uni<Integer> delete(Pool database, Set<UUID> organizations, Object value, Map<UUID, Throwable> failed) {
            String sql = DELETE.formatted(table, columns, time, past, besides, part);
            AtomicInteger deleted = new AtomicInteger();
            return Steps.each(organizations, organization -> database.preparedQuery(sql)
                            .execute(Tuple.of(value, organization))
                            .invoke(rows -> deleted.addAndGet(rows.rowCount()))
                            .onFailure()
                            .invoke(failure -> failed.put(organization, failure))
                            .onFailure()
                            .recoverWithNull())
                    .replaceWith(deleted::get);
        }
    }

    private static Object value(Supplier<?> limit) {
        Object value = limit.get();
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public Uni<Void> run() {
        return Steps.each(past, rows -> rows.delete(database));
    }
}
