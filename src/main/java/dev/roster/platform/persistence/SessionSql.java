package dev.roster.platform.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.hibernate.reactive.pool.ReactiveConnection.Result;

/**
 * Plain SQL of the driver, its values as {@code $1} and so on, on the session's connection and so in its transaction. A native
 * query of Hibernate is taken apart each time, and looked up among thousands that are alike.
 */
public final class SessionSql {
    private SessionSql() {}

    /** The first column of the first row, or null where there is none; what the session has changed is written before. */
    public static <T> Uni<T> value(Class<T> type, String sql, Object... values) {
        return flushed(sql, values).map(rows -> firstColumn(type, rows));
    }

    /** As {@link #value}, where nothing depends on what the session has changed. */
    public static <T> Uni<T> unflushed(Class<T> type, String sql, Object... values) {
        return Panache.getSession().chain(session -> rows(session, sql, values)).map(rows -> firstColumn(type, rows));
    }

    /**
     * The first row; what the session has changed is written before. So is what a change is answered with read by the
     * transaction that makes it: of one that cannot be answered nothing is kept.
     */
    public static <T> Uni<Optional<T>> first(Function<Tuple, T> reader, String sql, Object... values) {
        return flushed(sql, values)
                .map(rows -> rows.hasNext() ? Optional.of(reader.apply(Tuple.wrap(rows.next()))) : Optional.empty());
    }

    /** The rows; what the session has changed is written before. */
    public static <T> Uni<List<T>> list(Function<Tuple, T> reader, String sql, Object... values) {
        return flushed(sql, values).map(rows -> {
            List<T> list = new ArrayList<>();
            while (rows.hasNext()) {
                list.add(reader.apply(Tuple.wrap(rows.next())));
            }
            return list;
        });
    }

    /** How many rows it has written; what the session has changed may be written after. */
    public static Uni<Integer> update(String sql, Object... values) {
        return Panache.getSession().chain(session -> Uni.createFrom()
                .completionStage(() -> connection(session).update(sql, ofDriver(values))));
    }

    private static Uni<Result> flushed(String sql, Object... values) {
        return Panache.getSession().chain(session -> session.flush().chain(() -> rows(session, sql, values)));
    }

    private static Uni<Result> rows(Mutiny.Session session, String sql, Object... values) {
        return Uni.createFrom().completionStage(() -> connection(session).select(sql, ofDriver(values)));
    }

    private static <T> T firstColumn(Class<T> type, Result rows) {
        return rows.hasNext() ? type.cast(rows.next()[0]) : null;
    }

    private static ReactiveConnection connection(Mutiny.Session session) {
        return ((MutinySessionImpl) session).getReactiveConnection();
    }

    private static Object[] ofDriver(Object... values) {
        Object[] known = values.clone();
        for (int i = 0; i < known.length; i++) {
            if (known[i] instanceof byte[] bytes) {
                known[i] = Buffer.buffer(bytes);
            }
        }
        return known;
    }
}
