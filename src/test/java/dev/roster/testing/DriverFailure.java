package dev.roster.testing;

import io.vertx.pgclient.PgException;

/** Failures as the driver hands them on. */
public final class DriverFailure {
    private DriverFailure() {}

    /** Of a row that breaks a unique constraint of this name; null where the server does not tell it. */
    public static PgException ofUnique(String constraint) {
        return of("23505", null, constraint);
    }

    /** Of a state that a routine of the server has raised. */
    public static PgException raisedIn(String routine, String state) {
        return of(state, routine, null);
    }

    private static PgException of(String state, String routine, String constraint) {
        return new PgException(
                "refused",
                "ERROR",
                state,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                routine,
                null,
                null,
                null,
                null,
                constraint);
    }
}
