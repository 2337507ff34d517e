package dev.roster.platform.database;

/** What a start does to the database. */
public enum MigrationMode {
    /** Brings the schema up to date, makes the first organization if there is none, and serves. */
    START,

    /** The same without serving: the process ends with 0 when all is done. */
    ONLY,

    /** Touches nothing, and is not ready before another process has brought the schema. */
    OFF,

    /** Checks all settings and ends: a start that the doctor makes. */
    EXAMINE
}
