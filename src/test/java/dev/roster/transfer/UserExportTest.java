package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an export gives, and that an import of it changes nothing. */
@QuarkusTest
class UserExportTest {
    private static final String PATH = "/api/v1/users/export";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);

    @Test
    void whenExportedThenEachPersonIsALineWithoutItsHash() {
        UUID ada = fill();
        List<String> lines = export("", admin.token()).asString().lines().toList();
        assertEquals(3, lines.size());
        JsonAnswer.assertJson(
                lines.stream()
                        .filter(line -> line.contains("\"ada\""))
                        .findFirst()
                        .orElseThrow(),
                """
                {'external_id':'a1','name':'ada','display_name':'Ada','full_name':'Ada King',
                 'email_address':'ada@example.com','role':'viewer','status':'active','groups':['one','two'],
                 'metadata':{'n':1.50,'o':{'p':null}},'password_expired':false,
                 'avatar_url':'https://example.com/a.png','company':'Engines','job_title':'Countess'}""");
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'users.exported'",
                        organization.id()));
        Database.execute("DELETE FROM memberships WHERE user_id = ?", ada);
    }

    /** By it a client tells how far it is; who asks for the head alone has the number, and nothing is recorded. */
    @Test
    void whenExportedThenItIsToldBeforeHowManyPersonsThereAre() {
        fill();
        for (String type : List.of("application/x-ndjson", "text/csv")) {
            given().header("Authorization", "Bearer " + admin.token())
                    .header("Accept", type)
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .header("X-Total-Count", "3");
        }
        given().header("Authorization", "Bearer " + admin.token())
                .head(PATH)
                .then()
                .statusCode(200)
                .header("X-Total-Count", "3");
        assertEquals(
                2L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'users.exported'",
                        organization.id()));
    }

    @Test
    void whenTheExportIsImportedThenNothingChanges() {
        fill();
        TestRows.persons(organization, "p", 1200, 10);
        admin.becomeSystem();
        String whole = export("?hashes=true", admin.token("system " + String.join(" ", Role.ADMIN.scopes())))
                .asString();
        ImportClient.Answer answer =
                new ImportClient(organization.token(Role.ADMIN)).sendText("?mode=sync", ImportClient.LINES, whole);
        assertEquals(1203, answer.count("unchanged"));
        answer.assertSummary("{'result':'done','created':0,'updated':0,'unchanged':1203,'deactivated':0,'errors':0,"
                + "'next_line':1204,'left_out':'deactivated'}");
    }

    /** What single changes may lead to, although no single line of a file from elsewhere has as much. */
    @Test
    void whenAUserHasAsMuchAsThereMayBeThenItsExportChangesNothing() {
        UUID ada = fill();
        Database.execute("""
                WITH made AS (
                  INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, created_at, updated_at,
                                      version)
                  SELECT u.organization_id, gen_random_uuid(), 'g' || i, '', '', '', now(), now(), 0
                    FROM users u, generate_series(1, 1100) i WHERE u.id = ? RETURNING organization_id, id)
                INSERT INTO memberships (organization_id, group_id, user_id, added_at)
                SELECT made.organization_id, made.id, u.id, now() FROM made, users u WHERE u.id = ?""", ada, ada);
        Database.execute(
                "UPDATE users SET metadata = (SELECT jsonb_object_agg(lpad(CAST(i AS text), 40, 'k'), repeat('v', 500))"
                        + " FROM generate_series(1, 50) i) WHERE id = ?",
                ada);
        new ImportClient(admin.token())
                .sendText("", ImportClient.LINES, export("", admin.token()).asString())
                .assertSummary("{'result':'done','created':0,'updated':0,'unchanged':3,'deactivated':0,'errors':0,"
                        + "'next_line':4}");
    }

    /** The database writes a number without the exponent that it came with. */
    @Test
    void whenANumberComesWithAnExponentThenItIsTheSameEachTime() {
        String line = "{'name':'eve','metadata':{'a':1e1,'b':[2.5E+3,{'c':-1.0e-2}],'d':7}}";
        new ImportClient(admin.token()).send("", line);
        assertEquals(1, new ImportClient(admin.token()).send("", line).count("unchanged"));
        assertEquals(
                1,
                new ImportClient(admin.token())
                        .send("", "{'name':'eve','metadata':{'a':1e1,'b':[2.5E+3,{'c':-1.0e-2}],'d':8}}")
                        .count("updated"));
    }

    @Test
    void whenHashesThenOnlyForTheWholeSystem() {
        fill();
        assertEquals(403, export("?hashes=true", admin.token()).statusCode());
        admin.becomeSystem();
        String whole = export("?hashes=true", admin.token("system " + String.join(" ", Role.ADMIN.scopes())))
                .asString();
        assertEquals(
                1,
                whole.lines()
                        .filter(line -> line.contains("\"password_hash\":\"{SSHA}"))
                        .count());
    }

    @Test
    void whenNotAskedForAsItIsThenSaid() {
        assertEquals(400, export("?hashes=yes", admin.token()).statusCode());
        assertEquals(401, given().get(PATH).statusCode());
    }

    private UUID fill() {
        TestRows.group(organization, "one");
        TestRows.group(organization, "two");
        TestRows.serviceAccount(organization, "bot", Role.MEMBER);
        new ImportClient(admin.token())
                .send(
                        "",
                        "{'external_id':'a1','name':'ada','display_name':'Ada','full_name':'Ada King',"
                                + "'email_address':'ada@example.com','role':'viewer','groups':['two','one'],'metadata':{'n':1.50,'o':{'p':null}},"
                                + "'avatar_url':'https://example.com/a.png','company':'Engines','job_title':'Countess'}",
                        "{'name':'ben','status':'deactivated','password_hash':'{SSHA}yZX6oGn+loPxs5mYBMJNKksR0xKldK5V'}");
        return (UUID) Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND username = 'ada'", organization.id());
    }

    private static Response export(String query, String token) {
        return given().header("Authorization", "Bearer " + token).get(PATH + query);
    }
}
