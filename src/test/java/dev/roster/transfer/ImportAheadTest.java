package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that follow so fast that the next one begins while the one before is written. */
@QuarkusTest
class ImportAheadTest {
    private static final int BATCH = 1000;

    private static final String MEMBER = "{\"name\":\"u%d\",\"groups\":[\"mills\"]}";

    private final TestOrganization organization = TestOrganization.create();
    private UUID group;

    @BeforeEach
    void addGroup() {
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
        Database.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                + " IF EXISTS (SELECT FROM users WHERE id = NEW.user_id AND organization_id = '" + organization.id()
                + "' AND username = 'u500') THEN RAISE check_violation; END IF; RETURN NEW; END$$");
        Database.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON memberships" + " FOR EACH ROW EXECUTE FUNCTION refuse()");
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

    @Test
    void whenTheCallerLosesItsAccessWhileABatchIsWrittenThenTheNextIsNot() throws Exception {
        TestClient other = organization.add("other", Role.ADMIN);
        try (ImportConnection connection = new ImportConnection(RestAssured.port, other.token())) {
            try (TableLock lock = TableLock.ofRow("groups", group)) {
                send(connection);
                lock.awaitWaiting();
                Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", other.userId());
            }
            String last = connection.result();
            for (int line = 1; line <= BATCH; line++) {
                assertTrue(last.startsWith("{\"line\":" + line + ","), last);
                last = connection.result();
            }
            assertTrue(last.startsWith("{\"result\":\"stopped\""), last);
            assertTrue(last.contains("\"next_line\":1001") && last.contains("\"code\":\"invalid_token\""), last);
        }
        assertCounted(BATCH);
    }

    @Test
    void whenTheClientLeavesWhileABatchIsWrittenThenTheNextIsNot() throws Exception {
        String token = organization.token(Role.ADMIN);
        ImportClient admin = new ImportClient(token);
        List<ImportConnection> others = new ArrayList<>();
        try (TableLock lock = TableLock.ofRow("groups", group)) {
            ImportConnection leaving = new ImportConnection(RestAssured.port, token);
            send(leaving);
            lock.awaitWaiting();
            for (int n = 0; n < 3; n++) {
                ImportConnection other = new ImportConnection(RestAssured.port, token);
                others.add(other);
                other.send(n, n, "{\"name\":\"o%d\"}");
                other.end();
            }
            lock.awaitWaiting(1 + others.size());
            // All places of the organization are taken, until one is given up
            Eventually.holds(() -> admin.post("", ImportClient.LINES, "").statusCode() == 503);
            leaving.close();
            Eventually.holds(() -> admin.post("", ImportClient.LINES, "").statusCode() == 200);
        }
        for (ImportConnection other : others) {
            other.result();
            other.close();
        }
        assertCounted(BATCH);
    }

    /** What waits for its turn does not keep others waiting for long. */
    @Test
    void whenABatchTakesLongThenTheNextLetsGoOfWhatItHasLocked() throws Exception {
        String token = organization.token(Role.ADMIN);
        new ImportClient(token).send("", "{'name':'u1500'}");
        UUID person = (UUID) Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND username = 'u1500'", organization.id());
        try (ImportConnection connection = new ImportConnection(RestAssured.port, token)) {
            try (TableLock lock = TableLock.ofRow("groups", group)) {
                send(connection);
                lock.awaitWaiting();
                try (TableLock free = TableLock.ofRow("users", person)) {
                    assertEquals(0, free.waiting());
                }
            }
            for (int line = 1; line <= 2 * BATCH; line++) {
                String result = connection.result();
                assertTrue(result.startsWith("{\"line\":" + line + ","), result);
            }
        }
        assertCounted(2 * BATCH);
    }

    private static void send(ImportConnection connection) throws IOException {
        connection.send(1, 2 * BATCH, MEMBER);
        connection.end();
    }

    /** A batch of each, whose lines have the numbers of their batch. */
    private static String[] lines(String... batches) {
        return Stream.of(batches)
                .flatMap(line -> IntStream.rangeClosed(1, BATCH).mapToObj(line::formatted))
                .toArray(String[]::new);
    }

    /** All who were made are in the group, and counted wherever they are. */
    private void assertCounted(long expected) {
        assertEquals(expected, count("users", "username ~ '^[uvw][0-9]'"));
        assertEquals(expected, count("memberships", "true"));
        assertEquals(1L, count("groups", "user_count = " + expected));
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
