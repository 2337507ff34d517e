package dev.roster.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.doctor.Finding.Level;
import dev.roster.platform.database.DatabaseAddress;
import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor finds at servers and their databases, each wrong in one way. */
@Beside
class DatabaseExaminationTest {
    @TempDir
    static Path folder;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static KillableDatabase server;

    @BeforeAll
    static void start() throws Exception {
        server = new KillableDatabase(folder.resolve("server"));
        server.execute("CREATE ROLE owner LOGIN");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aServerThatTakesWritesIsWell() throws Exception {
        String name = database("");
        assertEquals(
                List.of(finding(Level.OK, "servers", "localhost:" + server.port() + " answers reads and takes writes")),
                servers(address("localhost:" + server.port(), name, "owner")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            localhost:1 | postgres | owner   | look at host and port of ROSTER_DB_URL
            localhost   | nowhere  | owner   | create the database, or correct its name in ROSTER_DB_URL
            localhost   | postgres | nobody  | look at ROSTER_DB_USERNAME and pg_hba.conf
            """)
    void whatIsNotReachedIsSaidWithWhatToLookAt(String host, String database, String role, String advice) {
        String place = host.contains(":") ? host : host + ":" + server.port();
        List<Finding> found = servers(address(place, database, role));
        assertEquals(1, found.size(), found.toString());
        assertEquals(Level.ERROR, found.get(0).level());
        assertTrue(found.get(0).message().startsWith(place + " is not reached: "), found.toString());
        assertTrue(found.get(0).message().contains(advice), found.toString());
    }

    @Test
    void aPrimaryThatTakesNoWritesIsAnError() throws Exception {
        String name = database("");
        server.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        List<Finding> found = servers(address("localhost:" + server.port(), name, "owner"));
        assertEquals(List.of(Level.OK, Level.ERROR), levels(found));
        assertTrue(found.get(1).message().startsWith("no server takes writes: promote one"), found.toString());
    }

    @Test
    void twoPrimariesAreAnErrorAndOneUnderTwoNamesIsNot() throws Exception {
        String twice = "localhost:%1$d,127.0.0.1:%1$d".formatted(server.port());
        assertEquals(List.of(Level.OK, Level.OK), levels(servers(address(twice, "postgres", "owner"))));
        try (KillableDatabase other = new KillableDatabase(folder.resolve("other"))) {
            String both = "localhost:%d,localhost:%d".formatted(server.port(), other.port());
            List<Finding> found = servers(address(both, "postgres", "postgres"));
            assertEquals(List.of(Level.OK, Level.OK, Level.ERROR), levels(found));
            assertTrue(found.get(2).message().startsWith("more than one server takes writes"), found.toString());
        }
    }

    @Test
    void aNetworkWithoutEncryptionIsAWarning() {
        assertEquals(
                Level.WARNING,
                servers(address("nowhere.invalid:5432", "roster", "owner"))
                        .get(0)
                        .level());
        assertEquals(
                List.of(Level.ERROR),
                levels(servers(
                        new DatabaseAddress("postgresql://nowhere.invalid/roster?sslmode=require", "owner", ""))));
    }

    @Test
    void aDatabaseOfTheRightKindIsWell() throws Exception {
        assertEquals(
                Level.OK,
                server("encoding", database(" LC_CTYPE 'C.UTF-8'"), "owner").level());
        assertEquals(Level.OK, server("clock", database(""), "owner").level());
        assertEquals(Level.OK, server("connections", database(""), "owner").level());
        assertEquals(Level.OK, server("vacuum", database(""), "owner").level());
        assertTrue(server("version", database(""), "owner").message().startsWith("PostgreSQL 1"));
    }

    @Test
    void lettersOfOneScriptAreAWarning() throws Exception {
        Finding found = server("encoding", database(" LC_CTYPE 'C'"), "owner");
        assertEquals(Level.WARNING, found.level());
        assertTrue(found.message().startsWith("LC_CTYPE is C, for which letters are a to z"), found.message());
    }

    @Test
    void anotherEncodingIsAnError() throws Exception {
        Finding found = server("encoding", database(" ENCODING 'LATIN1'"), "owner");
        assertEquals(Level.ERROR, found.level());
        assertTrue(found.message().startsWith("the database is in LATIN1"), found.message());
    }

    @ParameterizedTest
    @CsvSource({"PT-5S,WARNING", "PT5S,WARNING", "PT-1M,ERROR", "PT1M,ERROR"})
    void clocksThatAreApartAreSaid(Duration apart, Level level) throws Exception {
        Findings findings = new Findings();
        try (Server asked = connect("postgres", "owner")) {
            new ServerExamination(asked, findings).examine(Clock.offset(Clock.systemUTC(), apart), 20, 1);
        }
        Finding found = of(findings.all(), "clock");
        assertEquals(level, found.level());
        assertTrue(found.message().endsWith("let both follow the same time servers"), found.message());
    }

    @Test
    void acknowledgementsBeforeTheDiskAreAWarning() throws Exception {
        String name = database("");
        server.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
        Finding found = server("durability", name, "owner");
        assertEquals(Level.WARNING, found.level());
        assertTrue(found.message().contains("synchronous_commit is off"), found.message());
    }

    @Test
    void fewerConnectionsThanTheReplicasTakeAreAnError() throws Exception {
        String name = database("");
        server.execute("CREATE ROLE limited LOGIN CONNECTION LIMIT 23");
        assertEquals(
                finding(
                        Level.ERROR,
                        "connections",
                        "1 replicas × (20 + 1) + 3 for migrations = 24 of 23 connections: lower ROSTER_DB_POOL_SIZE,"
                                + " or raise max_connections or the limit of role or database"),
                server("connections", name, "limited"));
    }

    @Test
    void aSlotThatNobodyReadsIsAWarning() throws Exception {
        server.execute("SELECT pg_create_physical_replication_slot('idle', true)");
        try {
            Finding found = server("disk", "postgres", "owner");
            assertEquals(Level.WARNING, found.level());
            assertTrue(found.message().contains("idle holds back"), found.message());
        } finally {
            server.execute("SELECT pg_drop_replication_slot('idle')");
        }
        assertEquals(Level.OK, server("disk", "postgres", "owner").level());
    }

    @ParameterizedTest
    @CsvSource({"64kB,WARNING", "1023kB,WARNING", "1MB,OK", "4MB,OK"})
    void tooLittleMemoryForSetsIsAWarning(String memory, Level level) throws Exception {
        String name = database("");
        server.execute("ALTER DATABASE " + name + " SET work_mem = '" + memory + "'");
        Finding found = server("memory", name, "owner");
        assertEquals(level, found.level());
        assertTrue(found.message().startsWith("work_mem is " + memory), found.message());
    }

    @Test
    void autovacuumThatIsOffIsAWarning() throws Exception {
        server.execute("ALTER SYSTEM SET autovacuum = off");
        server.execute("SELECT pg_reload_conf()");
        try {
            assertEquals(Level.WARNING, server("vacuum", "postgres", "owner").level());
        } finally {
            server.execute("ALTER SYSTEM RESET autovacuum");
            server.execute("SELECT pg_reload_conf()");
        }
    }

    private static String database(String options) throws Exception {
        String name = "d" + NAMES.incrementAndGet();
        server.execute("CREATE DATABASE " + name + " OWNER owner TEMPLATE template0" + options);
        return name;
    }

    private static DatabaseAddress address(String servers, String database, String role) {
        return new DatabaseAddress("postgresql://" + servers + "/" + database, role, "");
    }

    private static List<Finding> servers(DatabaseAddress address) {
        Findings findings = new Findings();
        new ServersExamination(address, findings).examine().ifPresent(Server::close);
        return findings.all();
    }

    private static Server connect(String database, String role) throws Exception {
        return Server.connect("postgresql://localhost:" + server.port() + "/" + database, role, "");
    }

    private static Finding server(String check, String database, String role) throws Exception {
        Findings findings = new Findings();
        try (Server asked = connect(database, role)) {
            new ServerExamination(asked, findings).examine(Clock.systemUTC(), 20, 1);
        }
        return of(findings.all(), check);
    }

    private static Finding of(List<Finding> all, String check) {
        List<Finding> found = all.stream()
                .filter(finding -> finding.check().equals("database." + check))
                .toList();
        assertEquals(1, found.size(), all.toString());
        return found.get(0);
    }

    private static Finding finding(Level level, String check, String message) {
        return new Finding(level, "database." + check, message);
    }

    private static List<Level> levels(List<Finding> findings) {
        return findings.stream().map(Finding::level).toList();
    }
}
