package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in and out (RFC 4180). */
@QuarkusTest
class CsvTransferTest {
    private static final String CSV = "text/csv";

    private final TestOrganization organization = TestOrganization.create();
    private String token;
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
        admin = new ImportClient(token);
    }

    @Test
    void whenATableComesThenEachRowIsAnsweredByItsLine() {
        TestRows.group(organization, "one");
        TestRows.group(organization, "two");
        admin.sendText(
                        "",
                        CSV,
                        "\uFEFFName;Display Name;email_address;groups;metadata;company\r\n"
                                + "ada;\"Ada; \"\"the\r\nCountess\"\"\";ada@example.com;two one;\"{\"\"n\"\":1.50}\";5\" pipes\r\n"
                                + "\r\n"
                                + "ben;;;\"\";;\r\n"
                                + "cat;x;y;z;{};too;many\r\n"
                                + "dan;Dan;;;[];\r\n"
                                + "eve")
                .assertLines(
                        "{'line':2,'name':'ada','result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'display_name','rule':'<text>'}]}}",
                        created(5, "ben"),
                        "{'line':6,'result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'line','rule':'must have at most 6 cells, as the header'}]}}",
                        "{'line':7,'name':'dan','result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'metadata','rule':'must be an object'}]}}",
                        created(8, "eve"),
                        "{'result':'done','created':2,'updated':0,'unchanged':0,'deactivated':0,'errors':3,'next_line':9}");
        admin.sendText("", CSV, """
                        name,groups,metadata,company,full_name
                        ada,"one, two","{""n"":1.50,
                        ""o"":[]}","5"" pipes",'=SUM(A1)
                        ben,,,,x""")
                .assertSummary(
                        "{'result':'done','created':1,'updated':1,'unchanged':0,'deactivated':0,'errors':0,'next_line':5}");
        JsonAnswer.assertJson(lines("application/x-ndjson", "\"ada\""), """
                {'name':'ada','display_name':'ada','full_name':'=SUM(A1)','role':'member','status':'active',
                 'groups':['one','two'],'metadata':{'n':1.50,'o':[]},'password_expired':false,'company':'5" pipes'}""");
    }

    /** However the lines end, be it each otherwise, none is lost. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\r\n|\r", "\r|\n", "\n|\r\n"})
    void whenLinesEndInOneWayOrAnotherThenEachIsARow(String ends) {
        String[] each = ends.split("\\|", -1);
        StringBuilder table = new StringBuilder();
        List<String> rows =
                List.of("name,metadata", "one,\"{\"\"a\"\":\r\n1}\"", "two,", "three,{}", "four,\"{\"\"b\"\":2}\"");
        for (int i = 0; i < rows.size(); i++) {
            table.append(rows.get(i)).append(each[i % each.length]);
        }
        ImportClient.Answer answer = admin.sendText("", "text/csv", table.toString());
        assertEquals(4, answer.count("created"), answer.lines().toString());
        assertEquals(
                "four{\"b\": 2},one{\"a\": 1},three{},two{}",
                Database.value(
                        "SELECT string_agg(username || metadata, ',' ORDER BY username) FROM users"
                                + " WHERE organization_id = ? AND username <> 'admin'",
                        organization.id()));
    }

    @Test
    void whenATableHasNoHeaderOrOneTwiceThenRefused() {
        assertRefused("", "line");
        assertRefused("name,Name\nada,ada", "name");
        JsonPath row =
                JsonPath.from(admin.sendText("", CSV, "name,colour\nada,red").line(0));
        assertEquals("colour", row.getString("error.fields[0].field"));
        JsonPath open = JsonPath.from(admin.sendText("", CSV, "name\n\"ada\n").line(0));
        assertEquals("line", open.getString("error.fields[0].field"));
    }

    private void assertRefused(String table, String field) {
        Response answer = admin.post("", CSV, table);
        assertEquals(400, answer.statusCode(), answer.asString());
        assertEquals(field, answer.jsonPath().getString("invalid_fields[0]"));
    }

    @Test
    void whenExportedAsATableThenNoCellIsAFormulaAndItsImportChangesNothing() {
        TestRows.group(organization, "one");
        admin.send(
                "",
                "{'name':'ada','full_name':'=HYPERLINK(1)','company':'\\u0027+49','groups':['one'],'metadata':{'n':1.50}}",
                "{'name':'ben','full_name':'Ben \\\"B\\\"','job_title':'a,b','external_id':'-1'}");
        TestRows.persons(organization, "p", 1100, 10);
        String table = export("/api/v1/users/export", CSV).asString();
        List<String> rows = table.lines().toList();
        assertEquals(1104, rows.size());
        assertEquals(
                "external_id,name,display_name,full_name,email_address,role,status,groups,metadata,password_hash,"
                        + "password_expired,avatar_url,company,job_title",
                rows.get(0));
        assertEquals(
                ",ada,ada,'=HYPERLINK(1),,member,active,one,\"{\"\"n\"\": 1.50}\",,false,,''+49,", row(rows, ",ada,"));
        assertEquals("'-1,ben,ben,\"Ben \"\"B\"\"\",,member,active,\"\",{},,false,,,\"a,b\"", row(rows, ",ben,"));
        admin.sendText("?mode=sync&results=errors", CSV, table)
                .assertLines("{'result':'done','created':0,'updated':0,'unchanged':1103,'deactivated':0,'errors':0,"
                        + "'next_line':1105,'left_out':'deactivated'}");
    }

    /** Where semicolons separate, a cell begins behind each, also within quotes that are in the midst of a row. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a;=1+1           | a;'=1+1
            a;'=1+1          | a;''=1+1
            ;@b;-c;;+d       | ;'@b;'-c;;'+d
            x;\\"=1         | x;""'=1
            '=1;'a;'         | ''=1;'a;'
            =1;=1            | '=1;'=1
            a ; =1           | a ; =1
            a;b=1            | a;b=1
            """)
    void whenATextHasAFormulaBehindASemicolonThenNoCellIsOne(String text, String cell) {
        admin.send("", "{'name':'ada','full_name':'" + text.replace("'", "\\u0027") + "','metadata':{'k;=':';=1'}}");
        String table = export("/api/v1/users/export", CSV).asString();
        String row = row(table.lines().toList(), ",ada,");
        assertEquals(",ada,ada,\"" + cell + "\",,member,active,\"\",\"{\"\"k;'=\"\": \"\";'=1\"\"}\",,false,,,", row);
        admin.sendText("?mode=sync&results=errors", CSV, table)
                .assertLines("{'result':'done','created':0,'updated':0,'unchanged':2,'deactivated':0,'errors':0,"
                        + "'next_line':4,'left_out':'deactivated'}");
    }

    @Test
    void whenGroupsAreExportedThenAsTheyAreMade() {
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(
                        "{\"name\":\"one\",\"display_name\":\"=One\",\"description\":\"The first;=1\",\"metadata\":{\"a\":\"b\"}}")
                .post("/api/v1/groups");
        TestRows.group(organization, "two");
        Response lines = export("/api/v1/groups/export", "application/x-ndjson");
        assertEquals("application/x-ndjson", lines.contentType().split(";", 2)[0]);
        JsonAnswer.assertJson(
                lines.asString()
                        .lines()
                        .filter(line -> line.contains("\"one\""))
                        .findFirst()
                        .orElseThrow(),
                "{'name':'one','display_name':'=One','sso_name':'one','description':'The first;=1','metadata':{'a':'b'}}");
        Response table = export("/api/v1/groups/export", CSV);
        assertEquals(CSV, table.contentType().split(";", 2)[0]);
        List<String> rows = table.asString().lines().toList();
        assertEquals(3, rows.size());
        assertEquals("name,display_name,sso_name,description,metadata", rows.get(0));
        assertEquals("one,'=One,one,\"The first;'=1\",\"{\"\"a\"\": \"\"b\"\"}\"", row(rows, "one,"));
        assertEquals(406, export("/api/v1/groups/export", "text/html").statusCode());
        assertEquals(406, export("/api/v1/users/export", "text/html").statusCode());
    }

    @Test
    void whenThereIsNothingThenTheHeaderAlone() {
        assertEquals(
                "name,display_name,sso_name,description,metadata\r\n",
                export("/api/v1/groups/export", CSV).asString());
    }

    private String lines(String type, String part) {
        return export("/api/v1/users/export", type)
                .asString()
                .lines()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static String row(List<String> rows, String part) {
        return rows.stream().filter(row -> row.contains(part)).findFirst().orElseThrow();
    }

    private Response export(String path, String type) {
        return given().header("Authorization", "Bearer " + token).accept(type).get(path);
    }

    private static String created(int line, String name) {
        return "{'line':%d,'name':'%s','id':'<uuid>','result':'created'}".formatted(line, name);
    }
}
