package dev.roster.platform.background;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Deletes rows part after part, so that no transaction is long, until none is left. */
public final class Deletion {
    /** The most rows of a part: few enough to be deleted in milliseconds. */
    public static final int PART = 1_000;

    private Deletion() {}

    /**
     * Deletes what a statement finds.
     *
     * @param statement deletes {@link #PART} rows at most and passes over what another replica
     *     holds ({@code SKIP LOCKED})
     */
    public static Uni<Void> ofAll(Pool database, String statement, Tuple parameters) {
        return Multi.createBy()
                .repeating()
                .uni(() -> database.preparedQuery(statement).execute(parameters))
                .whilst(deleted -> deleted.rowCount() == PART)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
