package dev.roster.platform.database;

/**
 * How a statement begins that PostgreSQL is to plan each time. One that is kept prepared gets one plan for all values
 * and for the tables as they were then.
 */
public final class PlannedAnew {
    public static final String MARK = "/* plan */ ";

    private PlannedAnew() {}
}
