package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports whose file comes in its own time. */
@QuarkusTest
class StreamedImportTest {
    private static final int BATCH = 1000;
    private static final String KEPT = "'left_out':'kept','left_out_reason':'The database has lost whom the lines were"
            + " about, or it took more than a day; import the file again.'}";

    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @Test
    void whenTheFileIsStillComingThenItsFirstLinesAreAnswered() throws IOException {
        try (ImportConnection connection = new ImportConnection(RestAssured.port, organization.token(Role.ADMIN))) {
            connection.send(1, BATCH + 1);
            for (int n = 1; n <= BATCH; n++) {
                String result = connection.result();
                assertTrue(result.startsWith("{\"line\":" + n + ",\"name\":\"u" + n + "\","), result);
            }
            assertEquals(BATCH, persons());
            connection.end();
            assertTrue(connection.result().startsWith("{\"line\":1001,"));
            assertTrue(connection.result().startsWith("{\"result\":\"done\",\"created\":1001,"));
        }
    }

    @Test
    void whenTheClientLeavesThenTheBatchesBeforeStayAndTheRestGoesOnFromThere() throws IOException {
        try (ImportConnection connection = new ImportConnection(RestAssured.port, organization.token(Role.ADMIN))) {
            connection.send(1, BATCH + 20);
            for (int n = 1; n <= BATCH; n++) {
                connection.result();
            }
        }
        assertEquals(BATCH, persons());
        String[] lines = IntStream.rangeClosed(1, 1700)
                .mapToObj(n -> "{'name':'u" + n + "'}")
                .toArray(String[]::new);
        ImportClient.Answer rest = new ImportClient(organization.token(Role.ADMIN)).send("?from_line=1001", lines);
        assertEquals(700, rest.count("created"));
        assertEquals(1700, persons());
    }

    @Test
    void whenTheCallerLosesItsAccessThenItsImportStops() throws IOException {
        TestClient other = organization.add("other", Role.ADMIN);
        try (ImportConnection connection = new ImportConnection(RestAssured.port, other.token())) {
            connection.send(1, BATCH);
            connection.result();
            Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", other.userId());
            connection.send(BATCH + 1, 2 * BATCH);
            connection.end();
            String last = connection.result();
            while (!last.startsWith("{\"result\"")) {
                last = connection.result();
            }
            assertTrue(last.startsWith("{\"result\":\"stopped\""), last);
            assertTrue(last.contains("\"next_line\":1001") && last.contains("\"code\":\"invalid_token\""), last);
        }
        assertEquals(BATCH, persons());
    }

    /** What is written by itself asks again too. */
    @Test
    void whenTheCallerLosesItsAccessWithinABatchThenNoFurtherAccountIsChanged() {
        TestClient other = organization.add("other", Role.ADMIN);
        TestRows.person(organization, "p1", Role.MEMBER);
        TestRows.person(organization, "p2", Role.MEMBER);
        try (Demotion demotion = new Demotion(other.userId(), "p1")) {
            int status = new ImportClient(other.token())
                    .post(
                            "",
                            ImportClient.LINES,
                            "{\"name\":\"p1\",\"role\":\"viewer\"}\n{\"name\":\"p2\",\"role\":\"viewer\"}")
                    .statusCode();
            assertEquals(401, status);
        }
        assertEquals("viewer", role("p1"));
        assertEquals("member", role("p2"));
    }

    /** Whichever of the two comes first. */
    @Test
    void whenTheCallerLosesItsAccessWhileASyncDeactivatesThenNobodyElseIs() {
        TestClient other = organization.add("other", Role.ADMIN);
        TestRows.person(organization, "p1", Role.MEMBER);
        TestRows.person(organization, "p2", Role.MEMBER);
        organization.client(Role.ADMIN);
        try (Demotion demotion = new Demotion(other.userId(), "p1", "p2")) {
            new ImportClient(other.token())
                    .send("?mode=sync", "{'name':'new'}", "{'name':'admin'}")
                    .assertLines(
                            "{'line':1,'name':'new','id':'<uuid>','result':'created'}",
                            "{'line':2,'name':'admin','id':'<id>','result':'unchanged'}",
                            "{'result':'stopped','created':1,'updated':0,'unchanged':1,'deactivated':0,'errors':0,"
                                    + "'next_line':3,'error':{'code':'invalid_token','detail':'<text>'}}");
        }
        assertEquals(
                "active deactivated",
                Database.value(
                        "SELECT string_agg(status, ' ' ORDER BY status) FROM users WHERE organization_id = ?"
                                + " AND username IN ('p1', 'p2')",
                        organization.id()));
    }

    /** As where another server takes over that has not got them, or where they are older than a day. */
    @Test
    void whenMarksOfASyncAreLostThenNobodyIsDeactivated() throws IOException {
        TestRows.person(organization, "old", Role.MEMBER);
        try (ImportConnection connection =
                new ImportConnection(RestAssured.port, organization.token(Role.ADMIN), "?mode=sync")) {
            connection.send(1, BATCH);
            for (int n = 1; n <= BATCH; n++) {
                connection.result();
            }
            Database.execute(
                    "DELETE FROM import_marks WHERE organization_id = ? AND user_id = (SELECT id FROM users"
                            + " WHERE organization_id = ? AND username = 'u7')",
                    organization.id(),
                    organization.id());
            // A line about somebody who was named before makes up for nothing
            connection.send(BATCH, BATCH + 1);
            connection.end();
            connection.result();
            connection.result();
            JsonAnswer.assertJson(
                    connection.result(),
                    "{'result':'done','created':1001,'updated':0,'unchanged':1,'deactivated':0,'errors':0,"
                            + "'next_line':1003," + KEPT);
        }
        assertEquals(BATCH + 1L, persons());
        assertEquals(0L, count("users", "status = 'deactivated'"));
        assertEquals(0L, count("import_marks", "TRUE"));
    }

    /** The first thousand are deactivated by then: of them it was still known that they are in no line. */
    @Test
    void whenMarksAreLostWhileASyncDeactivatesThenTheOthersAreKept() {
        ImportClient admin = new ImportClient(organization.token(Role.ADMIN));
        admin.send(
                "",
                IntStream.rangeClosed(1, BATCH + 2)
                        .mapToObj(n -> "{'name':'u" + n + "'}")
                        .toArray(String[]::new));
        Database.execute("CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM import_marks"
                + " WHERE organization_id = NEW.organization_id; RETURN NEW; END$$");
        Database.execute("CREATE TRIGGER lose BEFORE INSERT ON audit_events FOR EACH ROW"
                + " WHEN (NEW.target_name = 'u1') EXECUTE FUNCTION lose()");
        try {
            admin.send("?mode=sync&results=errors&left_out=any", "{'name':'u" + (BATCH + 2) + "'}")
                    .assertSummary(
                            "{'result':'done','created':0,'updated':0,'unchanged':1,'deactivated':1000,'errors':0,"
                                    + "'next_line':2," + KEPT);
        } finally {
            Database.execute("DROP FUNCTION lose() CASCADE");
        }
        assertEquals(1000L, count("users", "status = 'deactivated'"));
    }

    /** Takes a role away in the transaction that changes one of other accounts, which records that. */
    private static final class Demotion implements AutoCloseable {
        Demotion(UUID demoted, String... changed) {
            Database.execute("CREATE FUNCTION demote() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN UPDATE users"
                    + " SET role = 'viewer' WHERE id = '" + demoted + "'; RETURN NEW; END$$");
            Database.execute("CREATE CONSTRAINT TRIGGER demote AFTER INSERT ON audit_events"
                    + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                    + " WHEN (NEW.target_name IN ('" + String.join("', '", changed) + "')) EXECUTE FUNCTION demote()");
        }

        @Override
        public void close() {
            Database.execute("DROP FUNCTION demote() CASCADE");
        }
    }

    private String role(String name) {
        return (String) Database.value(
                "SELECT role FROM users WHERE organization_id = ? AND username = ?", organization.id(), name);
    }

    /** Whoever sends nothing keeps no place that others of the organization, or other organizations, wait for. */
    @Test
    void whenAnOrganizationHasAllItsImportsThenOthersGoOnAndSlowOnesGiveWay() throws IOException {
        String token = organization.token(Role.ADMIN);
        List<ImportConnection> slow = new ArrayList<>();
        clock.stop();
        try {
            for (int n = 0; n < 4; n++) {
                ImportConnection connection = new ImportConnection(RestAssured.port, token);
                slow.add(connection);
                connection.send(n * BATCH + 1, (n + 1) * BATCH);
                // One after the other, so that the first has waited for the longest
                connection.result();
                clock.advance(Duration.ofMillis(1));
            }
            ImportClient one = new ImportClient(token);
            Response refused = one.post("", ImportClient.LINES, "{\"name\":\"v\"}");
            assertEquals(503, refused.statusCode());
            assertEquals("unavailable", refused.jsonPath().getString("code"));
            TestOrganization other = TestOrganization.create();
            assertEquals(
                    1,
                    new ImportClient(other.token(Role.ADMIN))
                            .send("", "{'name':'v'}")
                            .count("created"));
            clock.advance(ImportPlaces.PATIENCE.plusSeconds(1));
            assertEquals(
                    200, one.post("", ImportClient.LINES, "{\"name\":\"v\"}").statusCode());
            String last = slow.get(0).result();
            while (!last.startsWith("{\"result\"")) {
                last = slow.get(0).result();
            }
            assertTrue(
                    last.startsWith("{\"result\":\"stopped\",\"created\":1000,")
                            && last.contains("\"next_line\":1001")
                            && last.contains("\"code\":\"unavailable\""),
                    last);
        } finally {
            clock.reset();
            for (ImportConnection connection : slow) {
                connection.close();
            }
        }
    }

    @Test
    void whenTheSameFileComesSeveralTimesAtOnceThenEachAccountIsThereOnce() {
        String token = organization.token(Role.ADMIN);
        String[] lines = IntStream.rangeClosed(1, 2000)
                .mapToObj(n -> "{'name':'u" + n + "','email_address':'u" + n + "@example.com'}")
                .toArray(String[]::new);
        List<CompletableFuture<ImportClient.Answer>> imports = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> new ImportClient(token).send("", lines)))
                .limit(3)
                .toList();
        List<ImportClient.Answer> answers =
                imports.stream().map(CompletableFuture::join).toList();
        assertEquals(
                0, answers.stream().mapToLong(answer -> answer.count("error")).sum());
        assertEquals(
                2000,
                answers.stream().mapToLong(answer -> answer.count("created")).sum());
        assertEquals(2000, persons());
        assertEquals(
                2001L,
                ((Number) Database.value(
                                "SELECT sum(persons) FROM user_counts WHERE organization_id = ?", organization.id()))
                        .longValue());
    }

    /** A name and an address that are the same text, wanted at the same moment by an import and by a single creation. */
    @Test
    void whenAnImportAndACreationWantTheSameTextThenOneOfThemGetsIt() {
        String token = organization.token(Role.ADMIN);
        for (int round = 0; round < 10; round++) {
            String text = "r" + round + "@example.com";
            CompletableFuture<ImportClient.Answer> imported =
                    CompletableFuture.supplyAsync(() -> new ImportClient(token)
                            .send("", "{'name':'" + text.charAt(1) + "i','email_address':'" + text + "'}"));
            int status = RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .contentType("application/json")
                    .body("{\"name\":\"" + text + "\"}")
                    .post("/api/v1/users")
                    .statusCode();
            boolean created = imported.join().count("created") == 1;
            assertTrue(created != (status == 201), text + " " + created + " " + status);
        }
    }

    /** What the database has not taken is not read from the client, so that it is not in memory either. */
    @Test
    void whenTheDatabaseWaitsThenSoDoesTheClient() throws Exception {
        String text = "x".repeat(10_000);
        try (ImportConnection connection = new ImportConnection(RestAssured.port, organization.token(Role.ADMIN));
                TableLock lock = new TableLock("users")) {
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(connection, text, sent));
            long[] before = {-1};
            Eventually.holds(() -> {
                LockSupport.parkNanos(500_000_000);
                boolean still = sent.get() == before[0];
                before[0] = sent.get();
                return still && before[0] > 0;
            });
            // The buffers of two sockets, and what is read ahead
            assertTrue(sent.get() < 40_000_000, sent + " bytes");
            sending.cancel(true);
        }
    }

    private static void send(ImportConnection connection, String text, AtomicLong sent) {
        try {
            for (int n = 1; n <= 10_000; n++) {
                String line = "{\"name\":\"u" + n + "\",\"metadata\":{\"filler\":\"" + text + "\"}}\n";
                connection.write(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
                sent.addAndGet(line.length());
            }
        } catch (IOException closed) {
            // The test is over
        }
    }

    private long count(String table, String which) {
        return (Long) Database.value(
                "SELECT count(*) FROM " + table + " WHERE organization_id = ? AND " + which, organization.id());
    }

    private long persons() {
        return (Long) Database.value(
                "SELECT count(*) FROM users WHERE organization_id = ? AND username LIKE 'u%'", organization.id());
    }
}
