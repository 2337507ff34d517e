package dev.roster.transfer;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.SqlState;
import dev.roster.user.OvertakenException;
import java.util.Set;

/** What a failed transaction means for the lines that were in it (PostgreSQL appendix A for its codes). */
enum FailureKind {
    /** Another transaction was in the way: the same may succeed now. */
    PASSING,
    /** One of the lines cannot be written, be it for what another transaction wrote. */
    OF_A_LINE,
    /** It has nothing to do with the lines. */
    OF_THE_SERVICE;

    private static final Set<String> TURNS = Set.of("40001", "40P01", "55P03");

    // Integrity, values that cannot be kept, values that are too large
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private static final int SERVER_ERROR = 500;

    static FailureKind of(Throwable failure) {
        if (failure instanceof OvertakenException) {
            return PASSING;
        }
        if (failure instanceof RosterException refusal) {
            return refusal.code().status() < SERVER_ERROR ? OF_A_LINE : OF_THE_SERVICE;
        }
        String state = SqlState.of(failure).orElse("");
        if (TURNS.contains(state)) {
            return PASSING;
        }
        return CLASSES.stream().anyMatch(state::startsWith) ? OF_A_LINE : OF_THE_SERVICE;
    }
}
