package dev.roster.platform.database;

import dev.roster.platform.error.Causes;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What kind of failure PostgreSQL says that it is (appendix A). */
public final class SqlState {
    // Serialization, deadlock, a lock not available
    private static final Set<String> TURNS = Set.of("40001", "40P01", "55P03");

    static final String FEATURE_NOT_SUPPORTED = "0A000";

    private SqlState() {}

    /** The five characters; empty where it is no failure of a statement. */
    public static Optional<String> of(Throwable failure) {
        return Causes.of(failure).flatMap(cause -> own(cause).stream()).findFirst();
    }

    /** That of the failure itself, whatever has caused it. */
    public static Optional<String> own(Throwable failure) {
        if (failure instanceof PgException refusal) {
            return Optional.ofNullable(refusal.getSqlState());
        }
        // Hibernate hands on what the driver said in this form
        return failure instanceof SQLException refusal ? Optional.ofNullable(refusal.getSQLState()) : Optional.empty();
    }

    /** Whether the failure itself is of this state and of this function of the server; its message may be in any language. */
    static boolean isOf(Throwable failure, String state, String routine) {
        return failure instanceof PgException error
                && state.equals(error.getSqlState())
                && routine.equals(error.getRoutine());
    }

    /** Whether another transaction was in the way, so that the same may succeed now. */
    public static boolean isOfTurns(Throwable failure) {
        return TURNS.contains(of(failure).orElse(""));
    }
}
