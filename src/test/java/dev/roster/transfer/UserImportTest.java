package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.WrittenStatements;
import dev.roster.user.EmailUsername;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lines make of accounts, and what they are answered. */
@QuarkusTest
@Tag("packaged")
class UserImportTest {
    private static final String ARGON =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final TestOrganization organization = TestOrganization.create();
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        admin = new ImportClient(organization.token(Role.ADMIN));
    }

    @Test
    void whenLinesThenEachIsAnsweredAndTheUsersAreThere() {
        TestRows.group(organization, "analysts");
        admin.send(
                        "",
                        "{'external_id':'a1','name':'ada','display_name':'Ada','full_name':'Ada King','email_address':"
                                + "'ada@example.com','role':'admin','groups':['analysts'],'metadata':{'n':1.50,'o':{'p':null}},"
                                + "'avatar_url':'https://example.com/a.png','company':'Engines','job_title':'Countess'}",
                        "",
                        "{'email_address':'ben@example.com'}")
                .assertLines(
                        "{'line':1,'name':'ada','id':'<uuid>','result':'created'}",
                        "{'line':3,'name':'ben@example.com','id':'<uuid>','result':'created'}",
                        summary(2, 0, 0, 0, 4));
        JsonPath ada = user("ada");
        assertEquals("Ada", ada.getString("display_name"));
        assertEquals("Ada King", ada.getString("profile.full_name"));
        assertEquals("ada@example.com", ada.getString("profile.email_address"));
        assertEquals("admin", ada.getString("role"));
        assertEquals("analysts", ada.getString("groups[0].name"));
        assertEquals(1, ada.getInt("groups[0].user_count"));
        assertEquals(
                "1.50",
                Database.value(
                        "SELECT metadata ->> 'n' FROM users WHERE organization_id = ? AND username = 'ada'",
                        organization.id()));
        assertEquals("active", user("ben@example.com").getString("status"));
        assertEquals(3L, persons());
        given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .get("/api/v1/users?q=king&limit=5")
                .then()
                .statusCode(200)
                .body("items.name", org.hamcrest.Matchers.contains("ada"));
    }

    @Test
    void whenSentAgainThenUnchangedAndNothingIsWritten() {
        TestRows.group(organization, "analysts");
        String[] lines = {
            "{'external_id':'a1','name':'ada','email_address':'ada@example.com','groups':['analysts'],'metadata':{'n':1.50}}",
            "{'name':'ben','password_hash':'" + ARGON + "','role':'viewer'}"
        };
        admin.send("", lines);
        admin.send("", lines)
                .assertLines(
                        "{'line':1,'name':'ada','id':'<uuid>','result':'unchanged'}",
                        "{'line':2,'name':'ben','id':'<uuid>','result':'unchanged'}",
                        summary(0, 0, 2, 0, 3));
        assertEquals(0L, Database.value("SELECT sum(version) FROM users WHERE organization_id = ?", organization.id()));
        assertEquals(1L, events("users.imported"));
    }

    @Test
    void whenATextIsBlankThenItIsTakenForNone() {
        String[] line = {"{'external_id':'  ','name':'ada','full_name':'  ','company':' ','job_title':'   '}"};
        admin.send("", "{'external_id':'a','name':'ada','full_name':'Ada','company':'X','job_title':'Y'}");
        assertEquals(1, admin.send("", line).count("updated"));
        assertEquals(
                true,
                Database.value(
                        "SELECT (external_id, full_name, company, job_title) IS NULL FROM users"
                                + " WHERE organization_id = ? AND username = 'ada'",
                        organization.id()));
        assertEquals(1, admin.send("", line).count("unchanged"));
    }

    @Test
    void whenLinesSayOtherwiseThenUpdatedAsBySingleChanges() {
        TestRows.group(organization, "one");
        TestRows.group(organization, "two");
        admin.send(
                "",
                "{'name':'ada','full_name':'A','groups':['one'],'company':'X'}",
                "{'name':'ben','external_id':'b'}");
        TestClient ben = of("ben");
        String token = ben.token();
        admin.send(
                        "",
                        "{'name':'ada','full_name':'','groups':['two'],'external_id':'a'}",
                        "{'external_id':'b','name':'benjamin','status':'deactivated','groups':['one']}")
                .assertLines(
                        "{'line':1,'name':'ada','id':'<uuid>','result':'updated'}",
                        "{'line':2,'name':'benjamin','id':'<uuid>','result':'updated'}",
                        summary(0, 2, 0, 0, 3));
        assertEquals("two", user("ada").getString("groups[0].name"));
        assertEquals(null, user("ada").getString("profile.full_name"));
        assertEquals("deactivated", user("benjamin").getString("status"));
        assertEquals(
                401,
                given().header("Authorization", "Bearer " + token)
                        .get("/api/v1/users/me")
                        .statusCode());
        assertEquals(1, count("one"));
        assertEquals(1, count("two"));
        assertEquals(1L, events("user.deactivated"));
    }

    @Test
    void whenALineIsWrongThenSaidByFieldAndRuleAndTheOthersAreWritten() {
        TestRows.serviceAccount(organization, "bot", Role.MEMBER);
        TestRows.person(organization, "old", "old@example.com", Role.MEMBER);
        admin.send(
                        "",
                        "{'name':'one'}",
                        "{'name':'me'}",
                        "{'name':'two','email_address':'nowhere','role':'owner'}",
                        "{'name':'three','colour':'red'}",
                        "{'name':",
                        "[1]",
                        "{'display_name':'Nobody'}",
                        "{'name':'bot'}",
                        "{'name':'four','email_address':'OLD@example.com'}",
                        "{'name':'old@example.com'}",
                        "{'name':'five','email_address':'bot'}",
                        "{'name':'six','groups':['none']}",
                        "{'name':'seven','password_hash':'{MD5}x'}",
                        "{'name':'eight','name':'nine'}",
                        "{'name':'ten','metadata':[]}",
                        "{'name':'last'}")
                .assertLines(
                        "{'line':1,'name':'one','id':'<uuid>','result':'created'}",
                        error(2, "me", "invalid_request", "name", "<text>"),
                        error(3, "two", "invalid_request", "role", "must be one of viewer, member, admin"),
                        error(4, "three", "invalid_request", "colour", "is not a field of this request"),
                        "{'line':5,'result':'error','error':{'code':'malformed_json','detail':'<text>'}}",
                        error(6, null, "invalid_request", "line", "must be a JSON object"),
                        error(7, null, "invalid_request", "name", "is required"),
                        error(8, "bot", "name_taken", "name", "belongs to another account"),
                        error(9, "four", "email_taken", "email_address", "belongs to another account"),
                        error(10, "old@example.com", "name_taken", "name", "belongs to another account"),
                        error(
                                11,
                                "five",
                                "invalid_request",
                                "email_address",
                                "must be an e-mail address of at most 254 characters"),
                        error(12, "six", "group_not_found", "groups", "there is no group 'none'"),
                        error(13, "seven", "invalid_request", "password_hash", "<text>"),
                        error(14, null, "invalid_request", "name", "must be given only once"),
                        error(15, "ten", "invalid_request", "metadata", "must be an object"),
                        "{'line':16,'name':'last','id':'<uuid>','result':'created'}",
                        summary(2, 0, 0, 14, 17));
    }

    /** Whoever reads the answer looks the line up by that. */
    @Test
    void whenALineIsRefusedThenItsNameIsToldAsFarAsItCouldBeOne() {
        String longest = "n".repeat(100);
        admin.send(
                        "?groups=ignore",
                        "{'name':'%s','role':'owner'}".formatted(longest),
                        "{'name':'%sn','role':'member'}".formatted(longest),
                        "{'name':'','email_address':'empty@example.com'}",
                        "{'name':7,'email_address':'seven@example.com','role':'owner'}",
                        "{'email_address':'ada@example.com','role':'owner'}",
                        "{'name':null,'email_address':'ben@example.com','status':'gone'}",
                        "{'email_address':'ada','role':'owner'}",
                        "{'name':'a/b','password_expired':'perhaps'}",
                        "{'name':'\\ud83d\\ude00','role':'owner'}")
                .assertLines(
                        error(1, longest, "invalid_request", "role", "<text>"),
                        error(2, null, "invalid_request", "name", "<text>"),
                        error(3, null, "invalid_request", "name", "<text>"),
                        error(4, null, "invalid_request", "name", "<text>"),
                        error(5, "ada@example.com", "invalid_request", "role", "<text>"),
                        error(6, "ben@example.com", "invalid_request", "status", "<text>"),
                        error(7, null, "invalid_request", "role", "<text>"),
                        error(8, "a/b", "invalid_request", "password_expired", "<text>"),
                        error(9, "\ud83d\ude00", "invalid_request", "role", "<text>"),
                        summary(0, 0, 0, 9, 10));
    }

    @Test
    void whenLinesOfOneFileAreAboutTheSameThenTheLaterOneGoesByTheEarlier() {
        admin.send(
                        "?audit=accounts",
                        "{'name':'ada'}",
                        "{'name':'ADA','full_name':'Ada'}",
                        "{'name':'ada'}",
                        "{'name':'ben','email_address':'ada@example.com'}",
                        "{'name':'cat','email_address':'ada@example.com'}",
                        "{'name':'ada@example.com'}")
                .assertLines(
                        "{'line':1,'name':'ada','id':'<uuid>','result':'created'}",
                        "{'line':2,'name':'ADA','id':'<uuid>','result':'updated'}",
                        "{'line':3,'name':'ada','id':'<uuid>','result':'updated'}",
                        "{'line':4,'name':'ben','id':'<uuid>','result':'created'}",
                        error(5, "cat", "email_taken", "email_address", "belongs to another account"),
                        error(6, "ada@example.com", "name_taken", "name", "belongs to another account"),
                        summary(2, 2, 0, 2, 7));
        assertEquals(2L, events("user.created"));
    }

    /** What one line asks for, another of the same file gives away: in which order they stand is no matter. */
    @Test
    void whenNamesMoveOnThenEachLineGetsItsOwn() {
        admin.send(
                "",
                "{'external_id':'1','name':'a'}",
                "{'external_id':'2','name':'b'}",
                "{'external_id':'3','name':'c'}");
        admin.send(
                        "",
                        "{'external_id':'1','name':'b'}",
                        "{'external_id':'2','name':'c'}",
                        "{'external_id':'3','name':'d'}",
                        "{'external_id':'4','name':'a'}")
                .assertLines(
                        "{'line':1,'name':'b','id':'<uuid>','result':'updated'}",
                        "{'line':2,'name':'c','id':'<uuid>','result':'updated'}",
                        "{'line':3,'name':'d','id':'<uuid>','result':'updated'}",
                        "{'line':4,'name':'a','id':'<uuid>','result':'created'}",
                        summary(1, 3, 0, 0, 5));
    }

    @Test
    void whenModeIsCreateThenWhoIsThereIsAnError() {
        TestRows.person(organization, "ada", Role.MEMBER);
        admin.send("?mode=create", "{'name':'Ada'}", "{'name':'ben'}")
                .assertLines(
                        error(1, "Ada", "name_taken", "name", "belongs to another account"),
                        "{'line':2,'name':'ben','id':'<uuid>','result':'created'}",
                        summary(1, 0, 0, 1, 3));
    }

    @Test
    void whenDryRunThenTheSameAnswerAndNothingIsWritten() {
        UUID ada = TestRows.person(organization, "ada", Role.MEMBER);
        TestRows.person(organization, "old", Role.MEMBER);
        String before = rows();
        admin.send(
                        "?dry_run=true&mode=sync",
                        "{'name':'ada','role':'viewer'}",
                        "{'name':'admin','full_name':'A'}",
                        "{'name':'new'}")
                .assertLines(
                        "{'line':1,'name':'ada','id':'" + ada + "','result':'updated'}",
                        "{'line':2,'name':'admin','id':'<id>','result':'updated'}",
                        "{'line':3,'name':'new','id':'<uuid>','result':'created'}",
                        "{'name':'old','id':'<id>','result':'deactivated'}",
                        "{'result':'done','created':1,'updated':2,'unchanged':0,'deactivated':1,'errors':0,'next_line':4,"
                                + "'left_out':'deactivated'}");
        assertEquals(before, rows());
        assertEquals(0L, marks());
    }

    @Test
    void whenSyncThenWhoIsInNoLineIsDeactivatedButTheCallerAndServiceAccounts() {
        TestRows.person(organization, "old", Role.ADMIN);
        TestRows.serviceAccount(organization, "bot", Role.MEMBER);
        admin.send("?mode=sync", "{'name':'new'}")
                .assertLines(
                        "{'line':1,'name':'new','id':'<uuid>','result':'created'}",
                        "{'name':'old','id':'<id>','result':'deactivated'}",
                        "{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':1,'errors':0,'next_line':2,"
                                + "'left_out':'deactivated'}");
        assertEquals("active", user("admin").getString("status"));
        assertEquals("deactivated", user("old").getString("status"));
        assertEquals(0L, marks());
    }

    /** Its answer names all who are in no line. */
    @Test
    void whenATokenMayNotReadAccountsThenNoSync() {
        ImportClient writer = new ImportClient(organization.token(Role.ADMIN, "users:write"));
        assertEquals(
                403,
                writer.post("?mode=sync&dry_run=true", ImportClient.LINES, "{\"name\":\"new\"}")
                        .statusCode());
    }

    @Test
    void whenALineOfASyncIsWrongOrThereIsNoneThenNobodyIsDeactivated() {
        TestRows.person(organization, "old", Role.MEMBER);
        String kept =
                "'unchanged':0,'deactivated':0,'errors':%d,'next_line':%d,'left_out':'kept','left_out_reason':'%s'}";
        admin.send("?mode=sync", "{'name':'new'}", "{'name':'ol d '}")
                .assertSummary("{'result':'done','created':1,'updated':0," + kept.formatted(1, 3, "There are errors."));
        admin.send("?mode=sync", "")
                .assertSummary(
                        "{'result':'done','created':0,'updated':0," + kept.formatted(0, 1, "The file names nobody."));
        assertEquals("active", user("old").getString("status"));
        assertEquals(
                400,
                admin.post("?mode=sync&from_line=2", ImportClient.LINES, "{}").statusCode());
    }

    @Test
    void whenTheCallerCanDoLessThenNoLineGetsMoreThanItsCaller() {
        UUID chief = TestRows.person(organization, "chief", Role.ADMIN);
        UUID ada = TestRows.person(organization, "ada", Role.MEMBER);
        TestRows.group(organization, "one");
        ImportClient narrow = new ImportClient(
                organization.token(Role.ADMIN, "users:write", "users:read", "groups:read", "self:write"));
        narrow.send(
                        "",
                        "{'name':'new'}",
                        "{'name':'boss','role':'admin'}",
                        "{'name':'chief','full_name':'C'}",
                        "{'name':'ada','role':'admin'}",
                        "{'name':'ada','full_name':'Ada'}",
                        "{'name':'ada','groups':['one']}",
                        "{'name':'chief'}",
                        "{'name':'ada','groups':[]}")
                .assertLines(
                        "{'line':1,'name':'new','id':'<uuid>','result':'created'}",
                        scope(2, "boss"),
                        scope(3, "chief"),
                        scope(4, "ada"),
                        "{'line':5,'name':'ada','id':'" + ada + "','result':'updated'}",
                        scope(6, "ada"),
                        "{'line':7,'name':'chief','id':'" + chief + "','result':'unchanged'}",
                        "{'line':8,'name':'ada','id':'" + ada + "','result':'unchanged'}",
                        summary(1, 1, 2, 4, 9));
        assertEquals(
                403,
                new ImportClient(organization.token(Role.MEMBER))
                        .post("", ImportClient.LINES, "{}")
                        .statusCode());
    }

    /** By {@code unchanged} it would learn what an account is like, one guess a line. */
    @Test
    void whenTheCallerMayNotReadThenItLearnsNothingOfHigherAccounts() {
        TestRows.person(organization, "chief", Role.ADMIN);
        ImportClient blind = new ImportClient(organization.token(Role.ADMIN, "users:write", "self:write"));
        blind.send(
                        "",
                        "{'name':'chief'}",
                        "{'name':'chief','role':'admin'}",
                        "{'name':'chief','role':'viewer'}",
                        "{'name':'chief','status':'active'}")
                .assertLines(
                        scope(1, "chief"),
                        scope(2, "chief"),
                        scope(3, "chief"),
                        scope(4, "chief"),
                        summary(0, 0, 0, 4, 5));
    }

    @Test
    void whenALineIsAboutTheCallerThenItsAccessStaysAsItIs() {
        admin.send(
                        "",
                        "{'name':'admin','full_name':'The Admin'}",
                        "{'name':'admin','role':'viewer'}",
                        "{'name':'admin','password_hash':'" + ARGON + "'}")
                .assertLines(
                        "{'line':1,'name':'admin','id':'<id>','result':'updated'}",
                        own(2),
                        own(3),
                        summary(0, 1, 0, 2, 4));
    }

    /** Though it is too long for a username. */
    @Test
    void whenOnlyTheAddressIsGivenThenItIsShown() {
        String address = "a/" + "b".repeat(62) + "@" + "c".repeat(40) + "." + "d".repeat(44);
        String name = EmailUsername.of(address);
        admin.send("", "{'email_address':'" + address + "'}")
                .assertLines(
                        "{'line':1,'name':'" + name + "','id':'<uuid>','result':'created'}", summary(1, 0, 0, 0, 2));
        assertEquals(address, user(name).getString("display_name"));
    }

    /** As when there is none: it is NDJSON. */
    @Test
    void whenTheTypeOfTheBodyIsEmptyThenTakenAsLines() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + ImportClient.PATH))
                .header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .header("Content-Type", "")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"ada\"}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("ada", user("ada").getString("name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "text/csvx",
                "application/*",
                "csv",
                "; charset=utf-8"
            })
    void whenTheBodyIsOfAnotherTypeThenSaidWhichThereAre(String type) {
        Response answer = admin.post("", type, "{\"name\":\"ada\"}");
        assertEquals(415, answer.statusCode(), answer.asString());
        assertEquals("unsupported_file_type", answer.path("code"));
        String types =
                "The body must be application/x-ndjson, application/json, text/csv, text/ldif or application/scim+json";
        assertEquals(types, answer.path("title"));
        assertEquals(types + ".", answer.path("detail"));
        assertEquals(404, status("ada"));
    }

    @Test
    void whenFromLineThenTheLinesBeforeAreNotLookedAt() {
        admin.send("?from_line=3&results=errors", "{'name':'one'}", "{'nonsense", "{'name':'three'}", "{'name':''}")
                .assertLines(error(4, null, "invalid_request", "name", "<text>"), summary(1, 0, 0, 1, 5));
        assertEquals(404, status("one"));
        assertEquals(200, status("three"));
    }

    /** Nothing of it is kept, and no piece waits for the one before on the stack. */
    @Test
    void whenALongStretchIsPassedOverThenTheRestIsTaken() {
        String text = (" ".repeat(2047) + "\n").repeat(12 * 1024) + "{\"name\":\"behind\"}";
        admin.sendText("", "application/x-ndjson", text)
                .assertLines(
                        "{'line':12289,'name':'behind','id':'<uuid>','result':'created'}", summary(1, 0, 0, 0, 12_290));
    }

    @Test
    void whenBackAfterLongThenANewPasswordIsAskedForAsBySingleChanges() {
        admin.send("", "{'name':'ada','password_hash':'" + ARGON + "'}");
        admin.send("", "{'name':'ada','status':'deactivated'}");
        Database.execute(
                "UPDATE users SET deactivated_at = now() - interval '400 days' WHERE organization_id = ? AND username = 'ada'",
                organization.id());
        admin.send("", "{'name':'ada','status':'active'}").assertSummary(summary(0, 1, 0, 0, 2));
        assertEquals(
                true,
                Database.value(
                        "SELECT password_expired FROM users WHERE organization_id = ? AND username = 'ada'",
                        organization.id()));
    }

    /** The file says when it was switched off, and what is changed of it since says nothing of that. */
    @Test
    void whenMadeDeactivatedThenItsTimeAwayBeginsThen() {
        admin.send("", "{'name':'ada','status':'deactivated','password_hash':'" + ARGON + "'}");
        Database.execute(
                "UPDATE users SET deactivated_at = deactivated_at - interval '400 days'"
                        + " WHERE organization_id = ? AND username = 'ada'",
                organization.id());
        admin.send("", "{'name':'ada','job_title':'Countess'}").assertSummary(summary(0, 1, 0, 0, 2));
        admin.send("", "{'name':'ada','status':'active'}").assertSummary(summary(0, 1, 0, 0, 2));
        assertEquals(
                true,
                Database.value(
                        "SELECT password_expired FROM users WHERE organization_id = ? AND username = 'ada'",
                        organization.id()));
    }

    @Test
    void whenAnAddressIsSpelledOtherwiseThenItIsTheSame() {
        UUID ada = TestRows.person(organization, "ada", "ada@example.com", Role.MEMBER);
        Database.execute("UPDATE users SET proven_email = email WHERE id = ?", ada);
        admin.send("?mode=sync", "{'name':'ada','email_address':'Ada@Example.com'}")
                .assertSummary("{'result':'done','created':0,'updated':0,'unchanged':1,'deactivated':0,'errors':0,"
                        + "'next_line':2,'left_out':'deactivated'}");
        admin.send("", "{'name':'ada','email_address':'Ada@Example.com','role':'viewer'}")
                .assertSummary(summary(0, 1, 0, 0, 2));
        assertEquals("ada@example.com", user("ada").getString("profile.email_address"));
        assertEquals("ada@example.com", Database.value("SELECT proven_email FROM users WHERE id = ?", ada));
        assertEquals(0L, Database.value("SELECT count(*) FROM outbox WHERE organization_id = ?", organization.id()));
    }

    @Test
    void whenALineIsTooLongThenThatIsItsErrorAlone() {
        String huge = "{'name':'" + "x".repeat(300_000) + "'}";
        admin.send("", "{'name':'one'}", huge, "{'name':'three'}")
                .assertLines(
                        "{'line':1,'name':'one','id':'<uuid>','result':'created'}",
                        error(2, null, "invalid_request", "line", "must be at most 262144 bytes"),
                        "{'line':3,'name':'three','id':'<uuid>','result':'created'}",
                        summary(2, 0, 0, 1, 4));
    }

    @Test
    void whenTenThousandLinesThenAllAreThereOnce() {
        TestRows.group(organization, "all");
        String[] lines = IntStream.rangeClosed(1, 10_000)
                .mapToObj(n -> "{'name':'u" + n + "','email_address':'u" + n + "@example.com','groups':['all']}")
                .toArray(String[]::new);
        ImportClient.Answer answer = admin.send("", lines);
        assertEquals(10_000, answer.count("created"));
        answer.assertSummary(summary(10_000, 0, 0, 0, 10_001));
        assertEquals(10_000, count("all"));
        assertEquals(10_001L, persons());
        admin.send("?results=errors", lines).assertLines(summary(0, 0, 10_000, 0, 10_001));
    }

    /** One transaction writes a batch, by as many statements for three rows as for three hundred. */
    @Test
    void whenMoreRowsThenNoMoreStatements() {
        TestRows.group(organization, "all");
        written(lines("warm", 3));
        long written = written(lines("few", 3));
        assertNotEquals(0, written);
        assertEquals(written, written(lines("many", 300)));
        long changed = written(changed("few", 3));
        assertNotEquals(0, changed);
        assertEquals(changed, written(changed("many", 300)));
    }

    private long written(String... lines) {
        return WrittenStatements.count(organization.id(), () -> admin.send("", lines));
    }

    private static String[] lines(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n ->
                        "{'name':'" + prefix + n + "','email_address':'" + prefix + n + "@e.org','groups':['all']}")
                .toArray(String[]::new);
    }

    private static String[] changed(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{'name':'" + prefix + n + "','full_name':'X','groups':[]}")
                .toArray(String[]::new);
    }

    private static String summary(int created, int updated, int unchanged, int errors, int next) {
        return "{'result':'done','created':%d,'updated':%d,'unchanged':%d,'deactivated':0,'errors':%d,'next_line':%d}"
                .formatted(created, updated, unchanged, errors, next);
    }

    private static String error(int line, String name, String code, String field, String rule) {
        return "{'line':%d,%s'result':'error','error':{'code':'%s','detail':'<text>','fields':[{'field':'%s','rule':\"%s\"}]}}"
                .formatted(line, name == null ? "" : "'name':'" + name + "',", code, field, rule);
    }

    private static String scope(int line, String name) {
        return "{'line':%d,'name':'%s','result':'error','error':{'code':'insufficient_scope','detail':'<text>'}}"
                .formatted(line, name);
    }

    private static String own(int line) {
        return "{'line':%d,'name':'admin','result':'error','error':{'code':'forbidden','detail':'An import does not change"
                        .formatted(line)
                + " how its caller signs in, nor its role or status.'}}";
    }

    private TestClient of(String username) {
        UUID id = (UUID) Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND username = ?", organization.id(), username);
        return organization.addClient(id, Role.MEMBER);
    }

    private JsonPath user(String name) {
        return given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .get("/api/v1/users/{name}", name)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private int status(String name) {
        return given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .get("/api/v1/users/{name}", name)
                .statusCode();
    }

    private int count(String group) {
        return (Integer) Database.value(
                "SELECT user_count FROM groups WHERE organization_id = ? AND name = ?", organization.id(), group);
    }

    private long persons() {
        return ((Number) Database.value(
                        "SELECT sum(persons) FROM user_counts WHERE organization_id = ?", organization.id()))
                .longValue();
    }

    /** What is taken away must not come back with a restore: then this is all that tells of it. */
    @Test
    void whenAccountsAreRecordedThenTheGroupsThatTheyJoinAndLeaveToo() {
        TestRows.group(organization, "analysts");
        TestRows.group(organization, "mills");
        admin.send("?audit=accounts", "{'name':'ada','groups':['analysts']}", "{'name':'ben'}");
        admin.send("?audit=accounts", "{'name':'ada','groups':['mills']}", "{'name':'ben','groups':[]}");
        admin.send("", "{'name':'ada','groups':[]}");
        assertEquals(
                "membership.added user ada {\"groups\": \"analysts\"}, membership.added user ada {\"groups\": \"mills\"},"
                        + " membership.removed user ada {\"groups\": \"analysts\"}",
                Database.value(
                        "SELECT string_agg(concat_ws(' ', type, target_kind, target_name, details), ', ' ORDER BY type, id)"
                                + " FROM audit_events WHERE organization_id = ? AND type LIKE 'membership.%'",
                        organization.id()));
    }

    private long events(String type) {
        return (Long) Database.value(
                "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = ?", organization.id(), type);
    }

    private long marks() {
        return (Long) Database.value("SELECT count(*) FROM import_marks WHERE organization_id = ?", organization.id());
    }

    private String rows() {
        return (String) Database.value(
                "SELECT string_agg(CAST(to_jsonb(u) - 'last_seen_at' - 'last_login_at' AS text), ' ' ORDER BY u.id)"
                        + " || (SELECT count(*) FROM audit_events WHERE organization_id = ? AND type LIKE 'user%')"
                        + " FROM users u WHERE organization_id = ?",
                organization.id(), organization.id());
    }
}
