package dev.roster.platform.persistence;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.Optional;

/** What kind of failure PostgreSQL says that it is (appendix A). */
public final class SqlState {
    private SqlState() {}

    /** The five characters; empty where it is no failure of a statement. */
    public static Optional<String> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refusal) {
                return Optional.ofNullable(refusal.getSqlState());
            }
            // Hibernate hands on what the driver said in this form
            if (cause instanceof SQLException refusal) {
                return Optional.ofNullable(refusal.getSQLState());
            }
        }
        return Optional.empty();
    }
}
