package dev.roster.api.error;

import dev.roster.platform.database.ServerChange;
import dev.roster.platform.database.SqlState;
import dev.roster.platform.error.Causes;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Constraints;
import dev.roster.platform.persistence.ViolatedConstraint;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Says what a failure of the database means to a client, by the constraints that features
 * declare and by SQLSTATE (PostgreSQL appendix A).
 */
@Singleton
class DatabaseErrors {
    // Values that PostgreSQL cannot keep. What else class 22 has is a statement's own fault.
    private static final Map<String, String> REFUSED_VALUES = Map.of(
            "22001", "A text is too long to be kept.",
            "22003", "A number is too large to be kept.",
            "22007", "A time cannot be kept.",
            "22008", "A time cannot be kept.",
            "22021", "A text has a character that cannot be stored.",
            "22P02", "A value is not written as its kind has it.",
            "22P05", "A text has a character that cannot be stored.",
            "54000", "A value is too large to be kept.");

    // Another request made, took away or holds on to a row: what the request was checked against
    // is no more. NOT NULL and CHECK (23502, 23514) are rules that the service keeps itself.
    private static final Set<String> OVERTAKEN = Set.of("23001", "23503", "23505", "23P01");

    // Sign-in, serialization and deadlock, resources, operator, system, its own files
    // and its own faults: another try meets another moment, another connection or another server.
    private static final Set<String> PASSING_CLASSES = Set.of("28", "40", "53", "57", "58", "F0", "XX");

    private static final Set<String> PASSING = Set.of(
            "25P03", // a transaction ended for being idle
            "25P04", // a transaction ended for being long
            "26000", // a pooler changed the server under a prepared statement
            "3D000", // a database that is being restored
            "42P05", // as 26000
            "55006", // in use, as by a restore
            "55P03", // a lock was not to be had in time
            "72000"); // the snapshot of a long read is too old

    private final Map<String, ErrorCode> constraints = new HashMap<>();

    DatabaseErrors(@All List<Constraints> declared) {
        declared.forEach(constraint -> constraints.putAll(constraint.meanings()));
    }

    /** What the failure means; empty where it is not the database's, or a fault of the service. */
    Optional<RosterException> translate(Throwable failure) {
        Optional<String> constraint = Optional.empty();
        Optional<RosterException> known = Optional.empty();
        for (Throwable cause : Causes.of(failure).toList()) {
            if (constraint.isEmpty()) {
                constraint = ViolatedConstraint.named(cause);
                // It tells more than a state, which may stand further out
                if (constraint.map(constraints::containsKey).orElse(false)) {
                    return constraint.map(constraints::get).map(RosterException::of);
                }
            }
            if (known.isEmpty()) {
                known = known(cause, failure);
            }
        }
        return known;
    }

    private static Optional<RosterException> known(Throwable cause, Throwable failure) {
        if (cause instanceof TimeoutException || ServerChange.isPassing(cause)) {
            return Optional.of(RosterException.fault(ErrorCode.UNAVAILABLE, failure));
        }
        return SqlState.own(cause).flatMap(state -> bySqlState(state, failure));
    }

    private static Optional<RosterException> bySqlState(String state, Throwable failure) {
        if (REFUSED_VALUES.containsKey(state)) {
            return Optional.of(RosterException.of(ErrorCode.INVALID_REQUEST, REFUSED_VALUES.get(state)));
        }
        if (OVERTAKEN.contains(state)) {
            return Optional.of(RosterException.fault(ErrorCode.CONFLICT, failure));
        }
        boolean passing = PASSING.contains(state) || PASSING_CLASSES.stream().anyMatch(state::startsWith);
        return passing ? Optional.of(RosterException.fault(ErrorCode.UNAVAILABLE, failure)) : Optional.empty();
    }
}
