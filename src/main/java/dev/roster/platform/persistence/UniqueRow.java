package dev.roster.platform.persistence;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * The row of a query that finds one at most, or the first. {@code firstResult()} asks for one row by a parameter of the
 * statement, for which PostgreSQL expects a tenth of what there is: it finds each plan for given values better and plans
 * the statement each time, which may cost more than to execute it.
 */
public final class UniqueRow {
    private UniqueRow() {}

    /** Null where there is none. */
    public static <T> Uni<T> of(PanacheQuery<T> query) {
        return query.list().map(rows -> rows.isEmpty() ? null : rows.get(0));
    }

    /** What was looked for; fails with this where there is none. */
    public static <T> Uni<T> required(Uni<T> row, Supplier<? extends Throwable> refusal) {
        return row.onItem().ifNull().failWith(refusal);
    }
}
