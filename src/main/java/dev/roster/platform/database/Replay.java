package dev.roster.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whether a standby has replayed all that it had received when it was first looked at. Looks are a second apart, or more, so
 * that a replay which has not moved between two of them has come to its end: the log that a primary left may end within a
 * record, and a standby that was restarted does not know what it received before.
 */
final class Replay {
    private static final String LOOK = """
            SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint,
                   pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint,
                   pg_is_wal_replay_paused() OR current_setting('recovery_min_apply_delay') <> '0',
                   EXISTS (SELECT FROM pg_stat_wal_receiver)
             WHERE pg_is_in_recovery()
            """;

    private Long target;
    private Long last;

    /** Looks once more; a server that is no standby has nothing to replay. */
    boolean isDone(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(LOOK);
                ResultSet found = question.executeQuery()) {
            if (!found.next()) {
                return true;
            }
            long received = found.getLong(1);
            return isDone(
                    found.wasNull() ? null : received, found.getLong(2), found.getBoolean(3), found.getBoolean(4));
        }
    }

    /**
     * What a look tells.
     *
     * @param received bytes of the log, null where the standby does not know
     * @param replayed bytes of the log
     * @param held whether the replay waits for somebody, or for the time
     * @param receives whether more is coming
     */
    synchronized boolean isDone(Long received, long replayed, boolean held, boolean receives) {
        if (target == null) {
            target = received;
        }
        boolean stands = last != null && last == replayed && !held && !receives;
        last = replayed;
        return (target != null && replayed >= target) || stands;
    }
}
