package dev.roster.platform.persistence;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** What plain SQL answers, as objects, and what it takes. */
public final class Rows {
    private Rows() {}

    public static <T> List<T> list(RowSet<Row> rows, Function<Row, T> reader) {
        return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
    }

    public static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
        RowIterator<Row> each = rows.iterator();
        return each.hasNext() ? Optional.of(reader.apply(each.next())) : Optional.empty();
    }

    /** The first row that a statement answers with, as an object; empty where there is none. */
    public static <T> Uni<Optional<T>> first(SqlClient client, String sql, Tuple values, Function<Row, T> reader) {
        return client.preparedQuery(sql).execute(values).map(rows -> first(rows, reader));
    }

    /** A {@code timestamptz}; null where the column is. */
    public static Instant instant(Tuple row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** The value of a {@code timestamptz}. */
    public static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The same of the present. */
    public static OffsetDateTime now(Clock clock) {
        return utc(clock.instant());
    }
}
