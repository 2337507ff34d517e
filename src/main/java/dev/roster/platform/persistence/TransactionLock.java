package dev.roster.platform.persistence;

import io.smallrye.mutiny.Uni;

/**
 * Locks of PostgreSQL by name, until the caller's transaction ends ({@code pg_advisory_xact_lock}). For what no row stands for,
 * or one of a table that every server has a copy of: to lock a row there, Citus asks one server on behalf of all.
 */
public final class TransactionLock {
    private static final String HOLD =
            "SELECT CAST(pg_advisory_xact_lock(hashtextextended(CAST($1 AS text), 0)) AS text)";
    private static final String SHARE =
            "SELECT CAST(pg_advisory_xact_lock_shared(hashtextextended(CAST($1 AS text), 0)) AS text)";
    private static final String TRY_TO_HOLD = "SELECT pg_try_advisory_xact_lock(hashtextextended(CAST($1 AS text), 0))";
    private static final String TRY_TO_SHARE =
            "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(CAST($1 AS text), 0))";

    private TransactionLock() {}

    /** Waits until nobody else has it. */
    public static Uni<Void> hold(String name) {
        return run(HOLD, name);
    }

    /** Waits until nobody else holds it; any number may share it. */
    public static Uni<Void> share(String name) {
        return run(SHARE, name);
    }

    /** Takes it where nobody else has it, and answers whether. */
    public static Uni<Boolean> tryToHold(String name) {
        return SessionSql.value(Boolean.class, TRY_TO_HOLD, name);
    }

    /** Shares it where nobody holds it, and answers whether. */
    public static Uni<Boolean> tryToShare(String name) {
        return SessionSql.value(Boolean.class, TRY_TO_SHARE, name);
    }

    private static Uni<Void> run(String sql, String name) {
        return SessionSql.value(String.class, sql, name).replaceWithVoid();
    }
}
