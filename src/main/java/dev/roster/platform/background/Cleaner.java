package dev.roster.platform.background;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;

/** Deletes rows that mean nothing any more, again and again; a subclass says which. */
public abstract class Cleaner implements PeriodicWork {
    private final Pool database;
    private final Duration every;
    private final List<Past> past;

    protected Cleaner(Pool database, Duration every, Past... past) {
        this.database = database;
        this.every = every;
        this.past = List.of(past);
    }

    /**
     * Rows to delete.
     *
     * @param columns those of the primary key
     * @param which the clauses WHERE, ORDER BY or OFFSET that find them by an index, with one
     *     parameter
     * @param limit the value of the parameter at each run
     */
    public record Past(String table, String columns, String which, Supplier<?> limit) {
        // What another replica deletes at the moment is passed over
        private static final String DELETE = """
                DELETE FROM %1$s WHERE (%2$s) IN (
                  SELECT %2$s FROM %1$s %3$s LIMIT %4$d FOR UPDATE SKIP LOCKED)
                """;

        private Uni<Void> delete(Pool database) {
            String part = DELETE.formatted(table, columns, which, Deletion.PART);
            Object value = limit.get();
            return Deletion.ofAll(
                    database, part, Tuple.of(value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value));
        }
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public Uni<Void> run() {
        Uni<Void> steps = Uni.createFrom().voidItem();
        for (Past rows : past) {
            steps = steps.chain(() -> rows.delete(database));
        }
        return steps;
    }
}
