package dev.roster.transfer;

import dev.roster.platform.database.ServerChange;
import dev.roster.platform.database.SqlState;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.TooMuchException;
import dev.roster.user.OvertakenException;
import java.util.Set;

/** What a failed transaction means for the lines that were in it (PostgreSQL appendix A for its codes). */
enum FailureKind {
    /** Another transaction was in the way, or the connection was lost: the same may succeed now. */
    PASSING,
    /** The lines are too many for one transaction. */
    OF_THE_SIZE,
    /** One of the lines cannot be written, be it for what another transaction wrote. */
    OF_A_LINE,
    /** It has nothing to do with the lines. */
    OF_THE_SERVICE;

    // Integrity, values that cannot be kept, values that are too large
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private static final int SERVER_ERROR = 500;

    /** Whether another transaction was faster. */
    static boolean isOvertaken(Throwable failure) {
        return failure instanceof OvertakenException || SqlState.isOfTurns(failure);
    }

    /** Whether one of the lines is refused for it, once it has failed often enough. */
    static boolean isOfALine(Throwable failure) {
        return of(failure) == OF_A_LINE || isOvertaken(failure);
    }

    static FailureKind of(Throwable failure) {
        if (isOvertaken(failure)) {
            return PASSING;
        }
        if (failure instanceof TooMuchException) {
            return OF_THE_SIZE;
        }
        if (failure instanceof RosterException refusal) {
            return refusal.code().status() < SERVER_ERROR ? OF_A_LINE : OF_THE_SERVICE;
        }
        // Whether the transaction was committed is not known: the accounts tell, when they are looked up again
        if (ServerChange.isPassing(failure)) {
            return PASSING;
        }
        String state = SqlState.of(failure).orElse("");
        return CLASSES.stream().anyMatch(state::startsWith) ? OF_A_LINE : OF_THE_SERVICE;
    }
}
