package dev.roster.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.doctor.Finding.Level;
import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds in a schema: rights, extensions, statistics. */
@Beside
class SchemaExaminationTest {
    @TempDir
    static Path folder;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static KillableDatabase server;
    private String database;

    @BeforeAll
    static void start() throws Exception {
        server = new KillableDatabase(folder.resolve("server"));
        server.execute("CREATE ROLE owner LOGIN");
        server.execute("CREATE ROLE other LOGIN");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void makeDatabase() throws Exception {
        database = "d" + NAMES.incrementAndGet();
        server.execute("CREATE DATABASE " + database + " OWNER owner");
    }

    @Test
    void theOwnerOfTheDatabaseIsWell() throws Exception {
        execute("owner", "CREATE TABLE things (id int)");
        assertFinding(Level.OK, "rights", "the role reads, writes and migrates the schema public", "owner");
        assertFinding(Level.OK, "extensions", "pg_trgm and btree_gin are there, or come with the migrations", "owner");
        assertFinding(Level.OK, "statistics", "every table that is not small has been analyzed", "owner");
    }

    @Test
    void aRoleWithoutRightsOnATableIsAnError() throws Exception {
        execute("owner", "CREATE TABLE things (id int)");
        execute("owner", "GRANT SELECT, INSERT, UPDATE ON things TO other");
        assertFinding(
                Level.ERROR,
                "rights",
                "the role may not read and write things: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public",
                "other");
    }

    @Test
    void aRoleThatCannotMigrateIsAWarning() throws Exception {
        assertFinding(
                Level.WARNING, "rights", "the role cannot migrate: it makes no tables in the schema public", "other");
        execute("postgres", "CREATE TABLE things (id int)");
        execute("postgres", "GRANT ALL ON things TO owner");
        assertFinding(Level.WARNING, "rights", "the role cannot migrate: things are another role's", "owner");
    }

    @Test
    void aSuperuserIsAWarning() throws Exception {
        assertFinding(
                Level.WARNING,
                "rights",
                "the role is a superuser, which is more than needed: take the owner",
                "postgres");
    }

    @Test
    void aSchemaThatIsNotSeenIsAnError() throws Exception {
        execute("owner", "DROP SCHEMA public");
        assertFinding(Level.ERROR, "rights", "the role sees no schema: GRANT USAGE, CREATE ON SCHEMA public", "owner");
    }

    @Test
    void extensionsThatTheRoleCannotMakeAreAnError() throws Exception {
        Finding found = finding("extensions", "other");
        assertEquals(Level.ERROR, found.level());
        assertTrue(found.message().startsWith("the role cannot make pg_trgm, btree_gin: "), found.message());
        execute("owner", "CREATE EXTENSION pg_trgm");
        execute("owner", "CREATE EXTENSION btree_gin");
        assertEquals(Level.OK, finding("extensions", "other").level());
    }

    @Test
    void aTableThatWasNeverAnalyzedIsAWarning() throws Exception {
        execute(
                "owner",
                "CREATE TABLE things WITH (autovacuum_enabled = off) AS SELECT i FROM generate_series(1, 60000) i");
        assertFinding(Level.WARNING, "statistics", "plans are guesses, as after a restore: ANALYZE things", "owner");
        execute("owner", "ANALYZE things");
        assertEquals(Level.OK, finding("statistics", "owner").level());
    }

    private void assertFinding(Level level, String check, String message, String role) throws Exception {
        assertEquals(new Finding(level, "database." + check, message), finding(check, role));
    }

    private Finding finding(String check, String role) throws Exception {
        Findings findings = new Findings();
        try (Server asked = Server.connect("postgresql://localhost:" + server.port() + "/" + database, role, "")) {
            new SchemaExamination(asked, false, findings).examine();
        }
        return findings.all().stream()
                .filter(finding -> finding.check().equals("database." + check))
                .findFirst()
                .orElseThrow();
    }

    private void execute(String role, String sql) throws Exception {
        String url = "jdbc:postgresql://localhost:" + server.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, role, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
