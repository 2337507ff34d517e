package dev.roster.transfer;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.roster.testing.Database;
import dev.roster.testing.TestDatabase;
import java.util.List;

/** Counts the statements that write certain tables, by triggers that run once for each, whatever the rows. */
final class WrittenStatements {
    private static final List<String> TABLES = List.of("users", "user_counts", "groups", "memberships", "audit_events");

    private WrittenStatements() {}

    static long count(Runnable work) {
        assumeFalse(TestDatabase.isSpread(), "Citus has no triggers on distributed tables");
        Database.execute("CREATE SEQUENCE written_statements");
        Database.execute("""
                CREATE FUNCTION note_statement() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM nextval('written_statements'); RETURN NULL; END $$""");
        try {
            TABLES.forEach(
                    table -> Database.execute("CREATE TRIGGER note_statement AFTER INSERT OR UPDATE OR DELETE ON "
                            + table + " FOR EACH STATEMENT EXECUTE FUNCTION note_statement()"));
            work.run();
            return (Long) Database.value("SELECT last_value FROM written_statements");
        } finally {
            TABLES.forEach(table -> Database.execute("DROP TRIGGER IF EXISTS note_statement ON " + table));
            Database.execute("DROP FUNCTION note_statement");
            Database.execute("DROP SEQUENCE written_statements");
        }
    }
}
