package dev.roster.platform.standby;

import dev.roster.platform.database.SilentServers;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;

/**
 * A place in the write-ahead log of PostgreSQL.
 *
 * @param cluster whose log it is: made by initdb, and the same in every copy of that folder
 * @param timeline which begins anew with each server that is promoted
 * @param bytes from the beginning of the log (PostgreSQL's {@code pg_lsn})
 */
public record WalPosition(long cluster, long timeline, long bytes) {
    /**
     * Behind everything that a client has been told is committed: on the disk of the primary. Standbys are sent as much.
     */
    public static final String WRITTEN = """
            SELECT (pg_control_system()).system_identifier,
                   CAST(CAST('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8) AS bit(32)) AS bigint),
                   CAST(pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0') AS bigint)
            """;

    /** What queries on a standby see; none of a server that is no standby, or not of a primary any more. */
    public static final String REPLAYED = """
            SELECT (pg_control_system()).system_identifier,
                   CAST((pg_control_checkpoint()).timeline_id AS bigint),
                   CAST(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') AS bigint)
             WHERE pg_is_in_recovery()
            """;

    /** A server that says nothing for so long would hold lists up, one after the other. */
    static final Duration SILENCE = Duration.ofSeconds(1);

    static WalPosition of(Row row) {
        return new WalPosition(row.getLong(0), row.getLong(1), row.getLong(2));
    }

    /** Whether all of a log up to another place is in this. */
    public boolean reaches(WalPosition other) {
        return isOfLogOf(other) && bytes >= other.bytes;
    }

    /** Whether this may soon reach another place: of the same log, and only behind. */
    public boolean approaches(WalPosition other) {
        return isOfLogOf(other) && bytes < other.bytes;
    }

    private boolean isOfLogOf(WalPosition other) {
        return cluster == other.cluster && timeline == other.timeline;
    }

    /** The rows of a query of these. A connection that says nothing is ended: the next in the pool would wait on it as well. */
    static Uni<RowSet<Row>> ask(SqlConnection connection, String query) {
        return connection
                .preparedQuery(query)
                .execute()
                .ifNoItem()
                .after(SILENCE)
                .fail()
                .onFailure(TimeoutException.class)
                .invoke(() -> SilentServers.giveUp(connection.getDelegate()));
    }
}
