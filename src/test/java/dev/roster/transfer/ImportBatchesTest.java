package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestDatabase;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order the lines of a batch are written, and in how many transactions. */
@QuarkusTest
class ImportBatchesTest {
    // Batches of one organization wait for each other by an advisory lock
    private static final String BEHIND_ANOTHER = """
            SELECT count(*) FROM pg_locks
             WHERE locktype = 'advisory' AND NOT granted
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private final TestOrganization organization = TestOrganization.create();
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        admin = new ImportClient(organization.token(Role.ADMIN));
    }

    /** Each line is written once, whether the one that it waits for stands before or behind it. */
    @Test
    void whenNamesMoveOnInAChainThenItTakesNoMoreThanAsManyChanges() {
        int length = 200;
        admin.send("", chain(length, 0));
        long tried = changesTried(
                () -> assertEquals(length, admin.send("", chain(length, 1)).count("updated")));
        assertTrue(tried <= 3L * length, tried + " changes");
        assertEquals("n1", name("e0"));
        assertEquals("n200", name("e199"));
    }

    /** How many statements were to change accounts, those included that failed: a sequence does not go back with them. */
    private static long changesTried(Runnable work) {
        assumeFalse(TestDatabase.isSpread(), "Citus has no triggers on distributed tables");
        Database.execute("CREATE SEQUENCE changes_tried");
        Database.execute("CREATE FUNCTION note_try() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN PERFORM nextval('changes_tried'); RETURN NULL; END$$");
        try {
            Database.execute(
                    "CREATE TRIGGER note_try BEFORE UPDATE ON users FOR EACH STATEMENT EXECUTE FUNCTION note_try()");
            work.run();
            return (Long) Database.value("SELECT last_value FROM changes_tried");
        } finally {
            Database.execute("DROP FUNCTION note_try CASCADE");
            Database.execute("DROP SEQUENCE changes_tried");
        }
    }

    private static String[] chain(int length, int step) {
        return IntStream.range(0, length)
                .mapToObj(n -> "{'external_id':'e%d','name':'n%d'}".formatted(n, n + step))
                .toArray(String[]::new);
    }

    /** What is made of a line may be twenty times as long: so many lines at once would leave nothing of a small heap. */
    @Test
    void whenLinesAreOfManyValuesThenFewOfThemAreOneTransaction() {
        String metadata = "{'k':[" + "{},".repeat(5_000) + "{}]}";
        String[] lines = IntStream.range(0, 20)
                .mapToObj(n -> "{'name':'n%d','metadata':%s}".formatted(n, metadata))
                .toArray(String[]::new);
        assertEquals(20, admin.send("", lines).count("created"));
        assertEquals(5, transactions());
        assertEquals(20, admin.send("", lines).count("unchanged"));
    }

    /** Ordinary ones are together, however many fields they have. */
    @Test
    void whenLinesAreOfAFewValuesThenAThousandOfThemAreOneTransaction() {
        String[] lines = IntStream.range(0, 1000)
                .mapToObj(
                        n -> ("{'name':'n%1$d','email_address':'n%1$d@example.com','display_name':'Nn %1$d','metadata':"
                                        + "{'department':'research','office':'Oslo','cost_center':'%1$d','manager':'ann'}}")
                                .formatted(n))
                .toArray(String[]::new);
        assertEquals(1000, admin.send("", lines).count("created"));
        assertEquals(1, transactions());
    }

    /** Short lines are about as much as their accounts have: the driver makes objects of all of it. */
    @Test
    void whenAccountsAreOfManyValuesThenFewOfThemAreReadAtOnce() {
        admin.send("", accounts(20, "'metadata':{'k':[" + "{},".repeat(5_000) + "{}]}"));
        long before = transactions();
        assertEquals(20, admin.send("", accounts(20, "'company':'Engines'")).count("updated"));
        assertEquals(2, transactions() - before);
        assertEquals(20, admin.send("", accounts(20, "'company':'Engines'")).count("unchanged"));
    }

    @Test
    void whenAccountsAreOfSomeValuesThenAThousandOfThemAreReadAtOnce() {
        String twenty = IntStream.range(0, 20)
                .mapToObj(n -> "'key%1$d':'value %1$d'".formatted(n))
                .collect(Collectors.joining(","));
        admin.send("", accounts(1000, "'metadata':{" + twenty + "}"));
        long before = transactions();
        assertEquals(1000, admin.send("", accounts(1000, "'company':'Engines'")).count("updated"));
        assertEquals(1, transactions() - before);
    }

    private static String[] accounts(int number, String said) {
        return IntStream.range(0, number)
                .mapToObj(n -> "{'name':'n%d',%s}".formatted(n, said))
                .toArray(String[]::new);
    }

    private long transactions() {
        return (Long) Database.value(
                "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'users.imported'",
                organization.id());
    }

    /** A name may go to whom it was the address of, and whoever is new may have what is left. */
    @Test
    void whenNamesAndAddressesMoveOnThenEachLineGetsItsOwnButForThoseInACircle() {
        admin.send(
                "",
                "{'external_id':'1','name':'a@example.com'}",
                "{'external_id':'2','name':'b','email_address':'b@example.com'}",
                "{'external_id':'3','name':'c','email_address':'c@example.com'}",
                "{'external_id':'4','name':'d'}",
                "{'external_id':'5','name':'e'}",
                "{'external_id':'6','name':'f'}");
        admin.send(
                        "",
                        "{'external_id':'7','name':'new','email_address':'a@example.com'}",
                        "{'external_id':'1','name':'b@example.com'}",
                        "{'external_id':'2','name':'b','email_address':'c@example.com'}",
                        "{'external_id':'3','name':'c','email_address':'z@example.com'}",
                        "{'external_id':'6','name':'e'}",
                        "{'external_id':'4','name':'e2'}",
                        "{'external_id':'5','name':'d'}")
                .assertLines(
                        "{'line':1,'name':'new','id':'<uuid>','result':'created'}",
                        "{'line':2,'name':'b@example.com','id':'<uuid>','result':'updated'}",
                        "{'line':3,'name':'b','id':'<uuid>','result':'updated'}",
                        "{'line':4,'name':'c','id':'<uuid>','result':'updated'}",
                        "{'line':5,'name':'e','id':'<uuid>','result':'updated'}",
                        "{'line':6,'name':'e2','id':'<uuid>','result':'updated'}",
                        "{'line':7,'name':'d','id':'<uuid>','result':'updated'}",
                        summary(1, 6, 0, 8));
        admin.send(
                        "",
                        "{'external_id':'4','name':'d'}",
                        "{'external_id':'5','name':'e'}",
                        "{'external_id':'6','name':'e2'}",
                        "{'external_id':'8','name':'last'}")
                .assertLines(
                        taken(1, "d"),
                        taken(2, "e"),
                        taken(3, "e2"),
                        "{'line':4,'name':'last','id':'<uuid>','result':'created'}",
                        summary(1, 0, 3, 5));
    }

    /** What is written by itself is not begun any more; what was begun is carried to its end. */
    @Test
    void whenTheClientLeavesThenNoFurtherTransactionIsBegun() throws Exception {
        UUID first = TestRows.person(organization, "p1", Role.MEMBER);
        IntStream.rangeClosed(2, 30).forEach(n -> TestRows.person(organization, "p" + n, Role.MEMBER));
        String token = organization.token(Role.ADMIN);
        List<ImportConnection> others;
        try (TableLock lock = TableLock.ofRow("users", first)) {
            ImportConnection leaving = new ImportConnection(RestAssured.port, token);
            leaving.send(1, 30, "{\"name\":\"p%d\",\"role\":\"viewer\"}");
            leaving.end();
            Eventually.holds(() -> lock.waiting() == 1);
            others = ImportConnection.others(token);
            Eventually.equal(3L, () -> Database.value(BEHIND_ANOTHER));
            admin.awaitPlaceOf(leaving);
        }
        for (ImportConnection other : others) {
            other.result();
            other.close();
        }
        assertEquals(0L, count("users", "role = 'viewer'"));
        assertEquals(3L, count("users", "username LIKE 'o%'"));
    }

    /** A transaction of very many would be taken for one that hangs. */
    @Test
    void whenThereAreVeryManyMembershipsThenABatchHasFewerLines() {
        List<String> groups = IntStream.range(0, 1000).mapToObj(n -> "g" + n).toList();
        groups.forEach(group -> TestRows.group(organization, group));
        String all = groups.stream().collect(Collectors.joining("','", "['", "']"));
        assertEquals(12, admin.send("", lines(12, all)).count("created"));
        assertEquals(2L, count("audit_events", "type = 'users.imported'"));
        assertEquals(12_000L, count("memberships", "true"));
        assertEquals(12, admin.send("", lines(12, "[]")).count("updated"));
        assertEquals(4L, count("audit_events", "type = 'users.imported'"));
        assertEquals(0L, count("memberships", "true"));
        assertEquals(1000L, count("groups", "user_count = 0"));
    }

    private static String[] lines(int count, String groups) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{'name':'u" + n + "','groups':" + groups + "}")
                .toArray(String[]::new);
    }

    /** Each attempt loses its connection, as where it takes longer than that may be silent. */
    @Test
    void whenAWholeBatchFailsAgainAndAgainThenItsHalvesAreWritten() {
        Database.execute("CREATE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                + " IF (SELECT count(*) FROM added WHERE organization_id = '" + organization.id() + "') > 20"
                + " THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END$$");
        Database.execute("CREATE TRIGGER end_connection AFTER INSERT ON users REFERENCING NEW TABLE AS added"
                + " FOR EACH STATEMENT EXECUTE FUNCTION end_connection()");
        try {
            admin.send("?results=errors", lines(40, "[]")).assertLines(summary(40, 0, 0, 41));
        } finally {
            Database.execute("DROP FUNCTION end_connection() CASCADE");
        }
        assertEquals(40L, count("users", "username LIKE 'u%'"));
    }

    private String name(String externalId) {
        return (String) Database.value(
                "SELECT username FROM users WHERE organization_id = ? AND external_id = ?",
                organization.id(),
                externalId);
    }

    private long count(String table, String condition) {
        return (Long) Database.value(
                "SELECT count(*) FROM " + table + " WHERE organization_id = ? AND " + condition, organization.id());
    }

    private static String taken(int line, String name) {
        return "{'line':%d,'name':'%s','result':'error','error':{'code':'name_taken','detail':'<text>',"
                        .formatted(line, name)
                + "'fields':[{'field':'name','rule':'is taken'}]}}";
    }

    private static String summary(int created, int updated, int errors, int next) {
        return "{'result':'done','created':%d,'updated':%d,'unchanged':0,'deactivated':0,'errors':%d,'next_line':%d}"
                .formatted(created, updated, errors, next);
    }
}
