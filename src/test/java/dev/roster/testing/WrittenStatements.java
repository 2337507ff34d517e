package dev.roster.testing;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.UUID;

/**
 * Counts the statements that write certain tables, by triggers that run once for each, whatever the rows: those of transactions
 * that record something of an organization, since what goes on beside them writes too.
 */
public final class WrittenStatements {
    private static final List<String> TABLES = List.of("users", "user_counts", "groups", "memberships", "audit_events");

    private WrittenStatements() {}

    public static long count(UUID organization, Runnable work) {
        assumeFalse(TestDatabase.isSpread(), "Citus has no triggers on distributed tables");
        Database.execute("CREATE TABLE written_statements (transaction xid)");
        Database.execute("""
                CREATE FUNCTION note_statement() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO written_statements VALUES (pg_current_xact_id()::xid); RETURN NULL; END $$""");
        try {
            TABLES.forEach(
                    table -> Database.execute("CREATE TRIGGER note_statement AFTER INSERT OR UPDATE OR DELETE ON "
                            + table + " FOR EACH STATEMENT EXECUTE FUNCTION note_statement()"));
            work.run();
            return (Long) Database.value("""
                    SELECT count(*) FROM written_statements w
                     WHERE EXISTS (SELECT FROM audit_events a WHERE a.organization_id = ? AND a.xmin = w.transaction)
                    """, organization);
        } finally {
            TABLES.forEach(table -> Database.execute("DROP TRIGGER IF EXISTS note_statement ON " + table));
            Database.execute("DROP FUNCTION note_statement");
            Database.execute("DROP TABLE written_statements");
        }
    }
}
