package dev.roster.user;

/** Another transaction changed what this one was checked against: it has to start again. */
public final class OvertakenException extends RuntimeException {
    OvertakenException() {
        super("another transaction was faster", null, false, false);
    }
}
