package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.openapi.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not whole, although each of their lines is. */
@QuarkusTest
class CutSyncTest {
    private static final String CUT = "The file seems to be cut off: its last line has no end.";

    private final TestOrganization organization = TestOrganization.create();
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        admin = new ImportClient(organization.token(Role.ADMIN));
    }

    /** What a client has left over that lost its connection; a row may end with the file, but not before its last cell. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/csv  | name,full_name,company;ada,Ada,;ben,Be     | true
            text/csv  | name,full_name,company;ada,Ada,;ben        | true
            text/csv  | name,full_name,company;ada,Ada,;ben,Be;    | false
            text/csv  | name,full_name,company;ada;ben,Ben,x       | false
            text/csv  | name;ada;be                                | false
            text/ldif | dn: a;objectClass: person;uid: ada         | true
            text/ldif | dn: a;objectClass: person;uid: ada;        | false
            text/ldif | dn: a;objectClass: person;uid: ada;;       | false
            """)
    void whenTheLastLineIsAPartThenNobodyIsDeactivated(String type, String text, boolean cut) {
        TestRows.person(organization, "old", Role.MEMBER);
        // It is no matter of how many
        ImportClient.Answer answer = admin.sendText("?mode=sync&left_out=any", type, text.replace(';', '\n'));
        assertEquals(cut ? CUT : "", reason(answer), answer.summary());
        assertEquals(cut ? 0L : 1L, deactivated());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10, 1,  '',            10
            11, 1,  '',            0
            11, 1,  &left_out=few, 0
            11, 1,  &left_out=any, 11
            12, 12, '',            12
            13, 12, '',            0
            """)
    void whenMoreAreLeftOutThanNamedThenOnlyIfThatIsAskedFor(int left, int named, String query, long deactivated) {
        TestRows.persons(organization, "p", left, 10);
        // Whoever is deactivated is not once more
        admin.send("", "{'name':'gone','status':'deactivated'}");
        ImportClient.Answer answer = admin.send("?mode=sync" + query, lines(named));
        assertEquals(deactivated, answer.count("deactivated"));
        assertEquals(
                deactivated > 0
                        ? ""
                        : "The file is about " + named + " users, and more than " + Math.max(named, 10)
                                + " are in none of its lines: left_out=any deactivates them.",
                reason(answer));
        assertEquals(deactivated + 1, deactivated());
        assertEquals(
                0L, Database.value("SELECT count(*) FROM import_marks WHERE organization_id = ?", organization.id()));
    }

    @Test
    void whenItIsADryRunThenTheSameAnswer() {
        TestRows.persons(organization, "p", 13, 10);
        assertEquals(0, admin.send("?mode=sync&dry_run=true", lines(12)).count("deactivated"));
        assertEquals(13, admin.send("?mode=sync&dry_run=true", lines(13)).count("deactivated"));
        assertEquals(
                400,
                admin.post("?mode=sync&left_out=all", ImportClient.LINES, "{}").statusCode());
    }

    /** Of whoever had the first name the second one would get the account, and nobody the other. */
    @Test
    void whenOneIdHasTwoNamesThenTheSecondIsRefused() {
        admin.send("?mode=sync", "{'external_id':'7','name':'ada'}");
        // Renamed, and described once more
        admin.send(
                        "?mode=sync",
                        "{'external_id':'7','name':'eve'}",
                        "{'external_id':'7','name':'EVE','full_name':'Eve'}",
                        "{'external_id':'7','name':'ben'}")
                .assertLines(
                        "{'line':1,'name':'eve','id':'<id>','result':'updated'}",
                        "{'line':2,'name':'EVE','id':'<id>','result':'updated'}",
                        "{'line':3,'name':'ben','result':'error','error':{'code':'conflict','detail':'<text>',"
                                + "'fields':[{'field':'external_id','rule':'is that of a line before'}]}}",
                        "{'result':'done','created':0,'updated':2,'unchanged':0,'deactivated':0,'errors':1,'next_line':4,"
                                + "'left_out':'kept','left_out_reason':'There are errors.'}");
        assertEquals(
                "EVE",
                Database.value(
                        "SELECT username FROM users WHERE organization_id = ? AND external_id = '7'",
                        organization.id()));
    }

    private static String[] lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{'name':'n" + n + "'}")
                .collect(Collectors.toList())
                .toArray(String[]::new);
    }

    private static String reason(ImportClient.Answer answer) {
        return OpenApiDocument.read(answer.summary()).path("left_out_reason").asText();
    }

    private long deactivated() {
        return (Long) Database.value(
                "SELECT count(*) FROM users WHERE organization_id = ? AND status = 'deactivated'", organization.id());
    }
}
