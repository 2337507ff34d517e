package dev.roster.api.error;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Says what a failure of the database means to a client, by constraint name and SQLSTATE
 * (PostgreSQL appendix A).
 */
final class DatabaseErrors {
    private static final Map<String, RosterException> BY_CONSTRAINT = Map.of(
            "client_ids_pk", taken(ErrorCode.CONFLICT, "client_id"),
            "groups_name_key", taken(ErrorCode.GROUP_NAME_TAKEN, "name"),
            "invites_pending_key", taken(ErrorCode.INVITE_PENDING, "email"),
            "organizations_name_key", taken(ErrorCode.ORGANIZATION_NAME_TAKEN, "name"),
            "users_email_key", taken(ErrorCode.EMAIL_TAKEN, "email_address"),
            "users_username_key", taken(ErrorCode.NAME_TAKEN, "name"));

    private DatabaseErrors() {}

    /** What the failure means; empty where it is not the database's. */
    static Optional<RosterException> translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<RosterException> found = known(cause, failure);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<RosterException> known(Throwable cause, Throwable failure) {
        if (cause instanceof ConstraintViolationException violation && violation.getConstraintName() != null) {
            return Optional.ofNullable(BY_CONSTRAINT.get(violation.getConstraintName()));
        }
        if (cause instanceof PgException error) {
            return bySqlState(error.getSqlState(), error.getConstraint(), failure);
        }
        // Hibernate hands on what the driver said in this form, without the constraint.
        if (cause instanceof SQLException error) {
            return bySqlState(error.getSQLState(), null, failure);
        }
        return isConnectionLoss(cause)
                ? Optional.of(RosterException.fault(ErrorCode.UNAVAILABLE, failure))
                : Optional.empty();
    }

    private static Optional<RosterException> bySqlState(String sqlState, String constraint, Throwable failure) {
        String state = sqlState == null ? "" : sqlState;
        if (state.equals("23505") && constraint != null) {
            return Optional.ofNullable(BY_CONSTRAINT.get(constraint));
        }
        // 22021, 22P05: a text that PostgreSQL cannot keep, such as NUL in a path.
        if (state.equals("22021") || state.equals("22P05")) {
            return Optional.of(
                    RosterException.of(ErrorCode.INVALID_REQUEST, "A text has a character that cannot be stored."));
        }
        if (state.equals("22003")) {
            return Optional.of(RosterException.of(ErrorCode.INVALID_REQUEST, "A number is too large to be kept."));
        }
        // 40001, 40P01: serialization failure and deadlock.
        if (state.startsWith("40")) {
            return Optional.of(RosterException.fault(ErrorCode.CONFLICT, failure));
        }
        // Classes 08, 53, 57: connection lost, out of resources, shut down or not yet started;
        // 25006: read-only standby.
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.equals("25006")
                ? Optional.of(RosterException.fault(ErrorCode.UNAVAILABLE, failure))
                : Optional.empty();
    }

    private static boolean isConnectionLoss(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof ClosedConnectionException
                // The reactive client has no type of its own for these.
                || message.equals("Timeout")
                || message.equals("Timeout waiting for connection")
                || message.contains("max wait queue size")
                || message.contains("Connection is closed")
                || message.contains("Connection is not active now");
    }

    private static RosterException taken(ErrorCode code, String field) {
        return RosterException.of(code, new FieldError(field, "is taken"));
    }
}
