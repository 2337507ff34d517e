package dev.roster.platform.background;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.stream.Collectors;

/** Changes or deletes rows part after part, so that no transaction is long, until none is left. */
public final class Parts {
    /** The most rows of a part: few enough to be written in milliseconds. */
    public static final int SIZE = 1_000;

    private Parts() {}

    /**
     * Writes what a statement finds, and answers how many rows there were.
     *
     * @param statement writes {@link #SIZE} rows at most, which it does not find again, and passes over what others hold
     *     ({@code SKIP LOCKED})
     */
    public static Uni<Long> ofAll(Pool database, String statement, Tuple parameters) {
        return Multi.createBy()
                .repeating()
                .uni(() -> database.preparedQuery(statement).execute(parameters).map(SqlResult::rowCount))
                .whilst(written -> written == SIZE)
                .collect()
                .with(Collectors.summingLong(Integer::longValue));
    }
}
