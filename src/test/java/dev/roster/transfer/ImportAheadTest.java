package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that follow so fast that the next one begins while the one before is written. */
@QuarkusTest
class ImportAheadTest {
    private static final int BATCH = 1000;

    private static final String MEMBER = "{\"name\":\"u%d\",\"groups\":[\"mills\"]}";

    // A second is what an attempt waits for: on a machine that stands still for as long, it has left before it is seen
    private static final int TRIES = 10;

    private TestOrganization organization;
    private UUID group;

    @BeforeEach
    void addGroup() {
        organization = TestOrganization.create();
        group = TestRows.group(organization, "mills");
    }

    @Test
    void whenLinesAreAboutWhatTheBatchBeforeMadeThenTheyGoByThat() {
        ImportClient.Answer answer = new ImportClient(organization.token(Role.ADMIN))
                .send(
                        "",
                        lines(
                                "{'external_id':'e%1$d','name':'u%1$d','email_address':'u%1$d@example.com','groups':['mills']}",
                                "{'external_id':'e%d','display_name':'second'}",
                                "{'name':'u%d','groups':[]}",
                                "{'name':'v%1$d','email_address':'u%1$d@example.com'}",
                                "{'name':'u%d','groups':['mills']}",
                                "{'name':'u%d','role':'viewer'}",
                                "{'name':'u%d','display_name':'last'}"));
        answer.assertSummary("{'result':'done','created':1000,'updated':5000,'unchanged':0,'deactivated':0,"
                + "'errors':1000,'next_line':7001}");
        assertEquals(BATCH, count("users", "display_name = 'last' AND role = 'viewer' AND username LIKE 'u%'"));
        assertCounted(BATCH);
    }

    /** None of these share a name with the batch before, so that each may begin while that is written. */
    @Test
    void whenLinesAreByOtherNamesAboutWhatTheBatchBeforeChangesThenTheyGoByThat() {
        ImportClient admin = new ImportClient(organization.token(Role.ADMIN));
        admin.send("", lines("{'external_id':'e%1$d','name':'u%1$d','groups':['mills']}"));
        admin.send(
                        "",
                        lines(
                                "{'external_id':'e%d','display_name':'first','groups':[]}",
                                "{'name':'u%d','display_name':'second','groups':['mills']}",
                                "{'external_id':'e%d','role':'viewer'}",
                                "{'name':'u%d','display_name':'last'}"))
                .assertSummary("{'result':'done','created':0,'updated':4000,'unchanged':0,'deactivated':0,"
                        + "'errors':0,'next_line':4001}");
        assertEquals(BATCH, count("users", "display_name = 'last' AND role = 'viewer' AND username LIKE 'u%'"));
        assertCounted(BATCH);
    }

    /** The account of an external id comes before that of the name, also where the batch before has just made it. */
    @Test
    void whenTheBatchBeforeMakesTheAccountOfAnExternalIdThenItIsThatWhoseAccessChanges() {
        ImportClient admin = new ImportClient(organization.token(Role.ADMIN));
        admin.send("", lines("{'name':'n%d','groups':['mills']}"));
        admin.send(
                        "",
                        lines(
                                "{'external_id':'e%1$d','name':'u%1$d'}",
                                "{'external_id':'e%1$d','name':'n%1$d','role':'viewer'}"))
                .assertSummary("{'result':'done','created':1000,'updated':0,'unchanged':0,'deactivated':0,"
                        + "'errors':1000,'next_line':2001}");
        assertEquals(0L, count("users", "role = 'viewer'"));
        assertEquals(BATCH, count("users", "external_id IS NOT NULL AND username LIKE 'u%'"));
    }

    /** It is found by its halves, and the batch behind is written when it is. */
    @Test
    void whenABatchFailsWhileTheNextBeginsThenAllOtherLinesAreWrittenInTheirOrder() {
        refuseMembership("u500");
        try {
            new ImportClient(organization.token(Role.ADMIN))
                    .send(
                            "",
                            lines(
                                    "{'name':'u%d','groups':['mills']}",
                                    "{'name':'v%d','groups':['mills']}", "{'name':'w%d','groups':['mills']}"))
                    .assertSummary("{'result':'done','created':2999,'updated':0,'unchanged':0,'deactivated':0,"
                            + "'errors':1,'next_line':3001}");
        } finally {
            Database.execute("DROP FUNCTION refuse() CASCADE");
        }
        assertEquals(0L, count("users", "username = 'u500'"));
        assertCounted(3 * BATCH - 1);
    }

    /** The batch behind has locked the same accounts, and lets go of them. */
    @Test
    void whenABatchThatBeganEarlyFailsWhileTheNextBeginsThenAllOtherLinesAreWrittenInTheirOrder() {
        ImportClient admin = new ImportClient(organization.token(Role.ADMIN));
        admin.send("", lines("{'external_id':'e%1$d','name':'p%1$d'}"));
        refuseMembership("p500");
        try {
            admin.send(
                            "",
                            lines(
                                    "{'name':'u%d','groups':['mills']}",
                                    "{'external_id':'e%d','display_name':'first','groups':['mills']}",
                                    "{'name':'p%d','display_name':'last'}"))
                    .assertSummary("{'result':'done','created':1000,'updated':1999,'unchanged':0,'deactivated':0,"
                            + "'errors':1,'next_line':3001}");
        } finally {
            Database.execute("DROP FUNCTION refuse() CASCADE");
        }
        assertEquals(BATCH, count("users", "display_name = 'last' AND username LIKE 'p%'"));
        assertCounted(BATCH, 2 * BATCH - 1);
    }

    private void refuseMembership(String name) {
        Database.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                + " IF EXISTS (SELECT FROM users WHERE id = NEW.user_id AND organization_id = '" + organization.id()
                + "' AND username = '" + name + "') THEN RAISE check_violation; END IF; RETURN NEW; END$$");
        Database.execute("CREATE TRIGGER refuse BEFORE INSERT ON memberships FOR EACH ROW EXECUTE FUNCTION refuse()");
    }

    /** Its accounts are locked when its turn comes, which is that of an import that wants the same accounts. */
    @Test
    void whenAnotherImportWaitsForItsTurnThenABatchThatBeganEarlyDoesNotWaitForThat() throws Exception {
        repeat(this::isHeldWhileAnotherWaits);
    }

    /** With a fresh group, until what has to be there for a moment was. */
    private void repeat(Callable<Boolean> attempt) throws Exception {
        for (int tries = 0; !attempt.call(); tries++) {
            assertTrue(tries < TRIES, "each time it had left before");
            addGroup();
        }
    }

    /** Whether its account was still locked when the other waited for the turn, as a circle takes; all else holds anyway. */
    private boolean isHeldWhileAnotherWaits() throws Exception {
        boolean held;
        String token = organization.token(Role.ADMIN);
        UUID known = known();
        try (TableLock lock = TableLock.ofRow("groups", group);
                ImportConnection first = new ImportConnection(RestAssured.port, token)) {
            send(first);
            if (!hasBegun(lock, known)) {
                return false;
            }
            // Not before: only one that is alone begins early
            try (ImportConnection second = new ImportConnection(RestAssured.port, token)) {
                second.send(1, 1, "{\"name\":\"known\",\"display_name\":\"second\"}");
                second.end();
                lock.awaitWaiting(2);
                held = isLocked(known);
                lock.close();
                Eventually.holds(() -> {
                    assertFalse(isCircle());
                    return count("memberships", "true") == 2 * BATCH && count("users", "display_name = 'second'") == 1;
                });
                assertTrue(second.result().contains("\"result\":\"updated\""));
            }
            assertResults(first, 2 * BATCH);
            String summary = first.result();
            assertTrue(summary.startsWith("{\"result\":\"done\",\"created\":1999,\"updated\":1,"), summary);
        }
        assertCounted(2 * BATCH - 1, 2 * BATCH);
        return held;
    }

    /** Whether two transactions wait for each other: PostgreSQL looks at that once a second. */
    private static boolean isCircle() {
        return (Boolean) Database.value("""
                SELECT EXISTS (SELECT FROM pg_locks a JOIN pg_locks b ON a.pid = ANY (pg_blocking_pids(b.pid))
                                                                     AND b.pid = ANY (pg_blocking_pids(a.pid))
                                WHERE NOT a.granted AND NOT b.granted)
                """);
    }

    /** They are a hint to the planner, and no reason to leave lines unanswered that are written. */
    @Test
    void whenTablesCannotBeCountedThenTheImportGoesOn() {
        Database.execute("CREATE SEQUENCE counted");
        Database.execute("CREATE FUNCTION uncountable(uuid) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$BEGIN"
                + " IF current_query() LIKE '%ANALYZE%' THEN PERFORM nextval('public.counted');"
                + " RAISE EXCEPTION 'not counted'; END IF; RETURN 1; END$$");
        Database.execute("CREATE INDEX uncountable ON import_marks (uncountable(user_id))");
        try {
            new ImportClient(organization.token(Role.ADMIN))
                    .send("?mode=sync", lines("{'name':'u%d'}", "{'name':'v%d'}"))
                    .assertSummary("{'result':'done','created':2000,'updated':0,'unchanged':0,'deactivated':0,"
                            + "'errors':0,'next_line':2001,'left_out':'deactivated'}");
            assertEquals(true, Database.value("SELECT is_called FROM counted"));
        } finally {
            Database.execute("DROP FUNCTION uncountable CASCADE");
            Database.execute("DROP SEQUENCE counted");
        }
    }

    @Test
    void whenTheRemovalOfAGroupBeginsBehindItsNameThenWhoWouldJoinItIsRefused() throws Exception {
        ImportClient admin = new ImportClient(organization.token(Role.ADMIN));
        CompletableFuture<ImportClient.Answer> sent;
        try (TableLock held = TableLock.ofRow("groups", group)) {
            sent = CompletableFuture.supplyAsync(
                    () -> admin.send("", "{'name':'ada','groups':['mills']}\n{'name':'ben'}\n"));
            held.awaitWaiting(); // It has the name
            held.executeAtOnce("UPDATE groups SET removed_at = now() WHERE id = '" + group + "'");
            held.commit();
        }
        ImportClient.Answer answer = sent.get();
        assertTrue(answer.line(0).contains("\"group_not_found\""), answer.line(0));
        answer.assertSummary(
                "{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':0,'errors':1,'next_line':3}");
        assertEquals(0L, Database.value("SELECT count(*) FROM memberships WHERE group_id = ?", group));
    }

    @Test
    void whenTheCallerLosesItsAccessWhileABatchWaitsThenNeitherItNorTheNextIsWritten() throws Exception {
        repeat(this::losesItsAccess);
    }

    private boolean losesItsAccess() throws Exception {
        TestClient other = organization.add("other", Role.ADMIN);
        UUID known = known();
        try (ImportConnection connection = new ImportConnection(RestAssured.port, other.token())) {
            try (TableLock lock = TableLock.ofRow("groups", group)) {
                send(connection);
                if (!hasBegun(lock, known)) {
                    return false;
                }
                Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", other.userId());
            }
            String refused = connection.result();
            assertTrue(refused.contains("\"code\":\"invalid_token\""), refused);
        }
        assertCounted(0);
        return true;
    }

    @Test
    void whenTheClientLeavesWhileABatchIsWrittenThenTheNextIsNot() throws Exception {
        repeat(this::leaves);
    }

    private boolean leaves() throws Exception {
        String token = organization.token(Role.ADMIN);
        ImportClient admin = new ImportClient(token);
        UUID known = known();
        List<ImportConnection> others;
        try (TableLock lock = TableLock.ofRow("groups", group);
                ImportConnection leaving = new ImportConnection(RestAssured.port, token)) {
            send(leaving);
            if (!hasBegun(lock, known)) {
                return false;
            }
            others = ImportConnection.others(token);
            lock.awaitWaiting(1 + others.size());
            admin.awaitPlaceOf(leaving);
        }
        for (ImportConnection other : others) {
            other.result();
            other.close();
        }
        assertCounted(BATCH);
        return true;
    }

    /** What waits for its turn does not keep others waiting for long. */
    @Test
    void whenABatchTakesLongThenTheNextLetsGoOfWhatItHasLocked() throws Exception {
        repeat(this::letsGo);
    }

    private boolean letsGo() throws Exception {
        String token = organization.token(Role.ADMIN);
        UUID known = known();
        try (ImportConnection connection = new ImportConnection(RestAssured.port, token)) {
            try (TableLock lock = TableLock.ofRow("groups", group)) {
                send(connection);
                if (!hasBegun(lock, known)) {
                    return false;
                }
                Eventually.holds(() -> !isLocked(known));
                assertTrue(lock.waiting() > 0);
            }
            assertResults(connection, 2 * BATCH);
        }
        assertCounted(2 * BATCH - 1, 2 * BATCH);
        return true;
    }

    /** The id of an account that there is before its line comes, in the second batch of those below. */
    private UUID known() {
        new ImportClient(organization.token(Role.ADMIN)).send("", "{'name':'known'}");
        return (UUID) Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND username = 'known'", organization.id());
    }

    /** Whether the second batch is seen to have locked its account while the first waits for the group. */
    private boolean hasBegun(TableLock lock, UUID known) {
        lock.awaitWaiting();
        return Eventually.holdsWithin(Duration.ofSeconds(3), () -> isLocked(known));
    }

    private boolean isLocked(UUID person) {
        return 0L
                == (Long) Database.value(
                        "SELECT count(*) FROM (SELECT FROM users WHERE organization_id = ? AND id = ?"
                                + " FOR NO KEY UPDATE SKIP LOCKED) AS free",
                        organization.id(),
                        person);
    }

    private static void assertResults(ImportConnection connection, int number) throws IOException {
        for (int line = 1; line <= number; line++) {
            String result = connection.result();
            assertTrue(result.startsWith("{\"line\":" + line + ","), result);
        }
    }

    /** Both batches are there when the first is written: only what is read by then begins early. */
    private void send(ImportConnection connection) throws Exception {
        try (TableLock turn = TableLock.holding("import " + organization.id())) {
            connection.send(1, 2 * BATCH - 1, MEMBER);
            connection.send(2 * BATCH, 2 * BATCH, MEMBER.replace("u%d", "known"));
            connection.end();
            turn.awaitWaiting();
        }
    }

    /** A batch of each, whose lines have the numbers of their batch. */
    private static String[] lines(String... batches) {
        return Stream.of(batches)
                .flatMap(line -> IntStream.rangeClosed(1, BATCH).mapToObj(line::formatted))
                .toArray(String[]::new);
    }

    /** All who were made are in the group, and counted wherever they are. */
    private void assertCounted(long expected) {
        assertCounted(expected, expected);
    }

    private void assertCounted(long made, long members) {
        assertEquals(made, count("users", "username ~ '^[uvw][0-9]'"));
        assertEquals(members, count("memberships", "true"));
        assertEquals(1L, count("groups", "user_count = " + members));
        assertEquals(
                count("users", "kind = 'person'"),
                ((Number) Database.value(
                                "SELECT sum(persons) FROM user_counts WHERE organization_id = ?", organization.id()))
                        .longValue());
    }

    private long count(String table, String condition) {
        return (Long) Database.value(
                "SELECT count(*) FROM " + table + " WHERE organization_id = ? AND " + condition, organization.id());
    }
}
