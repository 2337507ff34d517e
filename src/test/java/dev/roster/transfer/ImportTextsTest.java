package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.roster.api.v1.ImportUserBody;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON and texts that cannot be taken, in whichever kind of file they stand. */
@QuarkusTest
class ImportTextsTest {
    private static final String DEEP =
            "must not be nested deeper than 20 levels, or have huge or more than 50000 tokens";

    private final TestOrganization organization = TestOrganization.create();
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        admin = new ImportClient(organization.token(Role.ADMIN));
    }

    /** A level deeper than metadata may be in any file, and as deep as it may be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            csv      | metadata         | one | name,metadata;one,"{0}";two,"{1}";three,{}
            lines    | body             | ``  | {"name":"one","metadata":{0}};{"name":"two","metadata":{1}};{"name":"three"}
            auth0    | body             | ``  | {"username":"one","user_metadata":{0}};{"username":"two","user_metadata":{1}};{"username":"three"}
            keycloak | body             | ``  | {"users":[{"username":"one","attributes":{0}},{"username":"two","attributes":{1}},{"username":"three"}]}
            firebase | customAttributes | one | {"users":[{"localId":"one","customAttributes":"{0}"},{"localId":"two","customAttributes":"{1}"},{"localId":"three"}]}
            """)
    void whenJsonIsTooDeepThenThatIsTheErrorOfItsLineInEachFormat(
            String format, String field, String name, String file) {
        for (int depth : new int[] {20, 30, 600, 900}) {
            assertRefused(
                    format, text(format, file, nested(depth), nested(19)), error(first(format), name, field, DEEP));
        }
    }

    /** Numbers that Java has not, and those that PostgreSQL has not, or only as long texts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            csv      | name,metadata;one,"{0}";two,"{1}";three,{}
            lines    | {"name":"one","metadata":{0}};{"name":"two","metadata":{1}};{"name":"three"}
            auth0    | {"username":"one","user_metadata":{0}};{"username":"two","user_metadata":{1}};{"username":"three"}
            keycloak | {"users":[{"username":"one","attributes":{0}},{"username":"two","attributes":{1}},{"username":"three"}]}
            firebase | {"users":[{"localId":"one","customAttributes":"{0}"},{"localId":"two","customAttributes":"{1}"},{"localId":"three"}]}
            """)
    void whenANumberIsBeyondAllOthersThenThatIsTheErrorOfItsLineInEachFormat(String format, String file) {
        for (String number :
                List.of("1e2147483648", "-1e99999999999999", "[1e-2147483649]", "1e-20000", "1e131072", "-1e400")) {
            assertRefused(
                    format,
                    numbers(format, file, number),
                    error(
                            first(format),
                            "one",
                            "metadata",
                            "must be at most 16384 bytes as JSON, without NUL, broken surrogates and numbers beyond"
                                    + " 1e308 or with more than 340 decimals"));
        }
    }

    /** However it is written, a zero is one. */
    @Test
    void whenANumberIsZeroThenItIsKept() {
        for (String zero : List.of("0e10000", "-0.0e999999999", "0e-341", "0E+99999999999")) {
            send("lines", "{\"name\":\"one\",\"metadata\":{\"a\":" + zero + "}}")
                    .assertLines(
                            done(1, "one"),
                            "{'result':'done','created':%d,'updated':0,'unchanged':%d,'deactivated':0,'errors':0,'next_line':2}"
                                    .formatted(created.equals("created") ? 1 : 0, created.equals("created") ? 0 : 1));
            created = "unchanged";
        }
        assertEquals(
                "{\"a\": 0}",
                Database.value(
                        "SELECT metadata::text FROM users WHERE organization_id = ? AND username = 'one'",
                        organization.id()));
    }

    private static String numbers(String format, String file, String bad) {
        return text(format, file, "{\"a\":" + bad + "}", "{\"a\":1e308}");
    }

    /** The first of three lines has the error, and the others are taken: they make accounts the first time. */
    private void assertRefused(String format, String file, String error) {
        send(format, file)
                .assertLines(
                        error,
                        done(first(format) + 1, "two"),
                        done(first(format) + 2, "three"),
                        "{'result':'done','created':%d,'updated':0,'unchanged':%d,'deactivated':0,'errors':1,'next_line':%d}"
                                .formatted(
                                        created.equals("created") ? 2 : 0,
                                        created.equals("created") ? 0 : 2,
                                        first(format) + 3));
        created = "unchanged";
    }

    private String created = "created";

    private String done(int line, String name) {
        return "{'line':%d,'name':'%s','id':'<uuid>','result':'%s'}".formatted(line, name, created);
    }

    private ImportClient.Answer send(String format, String text) {
        return switch (format) {
            case "csv" -> admin.sendText("", "text/csv", text);
            case "lines" -> admin.sendText("", ImportClient.LINES, text);
            default -> admin.sendText("?format=" + format, "application/json", text);
        };
    }

    private static String text(String format, String file, String bad, String good) {
        String quote = format.equals("csv") ? "\"\"" : format.equals("firebase") ? "\\\"" : "\"";
        return file.replace(";", "\n")
                .replace("{0}", bad.replace("\"", quote))
                .replace("{1}", good.replace("\"", quote));
    }

    private static int first(String format) {
        return format.equals("csv") ? 2 : 1;
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    @Test
    void whenAFieldIsGivenTwiceThenThatIsTheErrorOfItsLineInEachFormat() {
        admin.sendText(
                        "",
                        "text/csv",
                        "name,metadata\none,\"{\"\"a\"\":1,\"\"a\"\":2}\"\ntwo,\"{} {}\"\nthree,\"1],[2\"\nfour,\"1,2\"\nfive,\"  \"\n")
                .assertLines(
                        error(2, "one", "metadata", "must name each of its fields only once"),
                        error(3, "two", "metadata", "must be an object"),
                        error(4, "three", "metadata", "must be an object"),
                        error(5, "four", "metadata", "must be an object"),
                        error(6, "five", "metadata", "must be an object"),
                        summary(0, 5, 7));
        admin.sendText(
                        "?format=keycloak",
                        "application/json",
                        "{\"users\":[{\"username\":\"one\",\"attributes\":{\"a\":[1],\"a\":[2]}},{\"username\":\"two\",\"username\":\"three\"},"
                                + "{\"username\":\"four\",\"credentials\":[{\"type\":\"password\",\"secretData\":\"{\\\"salt\\\":1,\\\"salt\\\":2}\"}]}]}")
                .assertLines(
                        error(1, "", "a", "must be given only once"),
                        error(2, "", "username", "must be given only once"),
                        error(3, "four", "credentials.secretData", "must name each of its fields only once"),
                        summary(0, 3, 4));
    }

    /** Each text of a line, whatever else is asked of it; the line behind it is written. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800"})
    void whenATextCannotBeStoredThenItsFieldIsNamed(String wrong) {
        List<String> lines = new ArrayList<>();
        List<String> fields = Arrays.stream(ImportUserBody.class.getRecordComponents())
                .filter(component -> component.getType() == String.class || component.getType() == List.class)
                .map(RecordComponent::getName)
                .map(SnakeCaseStrategy.INSTANCE::translate)
                .toList();
        for (String field : fields) {
            String start =
                    switch (field) {
                        case "avatar_url" -> "https://example.com/";
                        case "password_hash" -> "pbkdf2_sha256$1000$";
                        default -> "a";
                    };
            String end = field.equals("password_hash") ? "$" + "A".repeat(43) + "=" : "b@example.com";
            String text = "\"" + start + wrong + end + "\"";
            String name = field.equals("name") ? "" : "\"name\":\"ada\",";
            lines.add("{" + name + "\"" + field + "\":" + (field.equals("groups") ? "[" + text + "]" : text) + "}");
        }
        lines.add("{\"name\":\"ben\"}");
        ImportClient.Answer answer = admin.sendText("", ImportClient.LINES, String.join("\n", lines));
        List<String> expected = new ArrayList<>();
        IntStream.range(0, fields.size())
                .forEach(n -> expected.add(error(
                        n + 1,
                        fields.get(n).equals("name") ? "" : "ada",
                        fields.get(n) + (fields.get(n).equals("groups") ? "[0]" : ""),
                        "<text>")));
        expected.add("{'line':%d,'name':'ben','id':'<uuid>','result':'created'}".formatted(fields.size() + 1));
        expected.add(summary(1, fields.size(), fields.size() + 2));
        answer.assertLines(expected.toArray(String[]::new));
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND username = 'ada'",
                        organization.id()));
    }

    /** Names that are looked up as they come. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST  | applications       | {"name":"W","redirect_uris":["https://w.example.com/cb"],"scopes":["users:read"],"groups":["%s"]} | groups[0]
            PATCH | applications/{app} | {"groups":["none","%s"]}                                                                          | groups[1]
            POST  | invites            | {"email":"i@example.com","role":"member","groups":["%s"]}                                         | groups[0]
            POST  | groups             | {"name":"g","members":["%s"]}                                                                     | members[0]
            PUT   | users/ada/groups   | {"set_groups":["%s"]}                                                                             | set_groups[0]
            PUT   | users/ada/groups   | {"add_to_groups":["%s"]}                                                                          | add_to_groups[0]
            PUT   | users/ada/groups   | {"remove_from_groups":["%s"]}                                                                     | remove_from_groups[0]
            """)
    void whenABodyNamesWhatCannotBeStoredThenItsFieldIsNamed(String method, String path, String body, String field) {
        TestRows.person(organization, "ada", Role.MEMBER);
        String application = TestRows.application(organization).toString();
        for (String wrong : List.of("a\\u0000b", "a\\ud800b")) {
            given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                    .contentType("application/json")
                    .body(body.formatted(wrong))
                    .request(method, "/api/v1/" + path.replace("{app}", application))
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid_request"))
                    .body("detail", is(field + ": must not have NUL or broken surrogates."))
                    .body("invalid_fields", is(List.of(field)));
        }
    }

    /** @param name empty where the line is not told whose it is */
    private static String error(int line, String name, String field, String rule) {
        return "{'line':%d,%s'result':'error','error':{'code':'invalid_request','detail':'<text>','fields':[{'field':'%s','rule':'%s'}]}}"
                .formatted(line, name.isEmpty() ? "" : "'name':'" + name + "',", field, rule);
    }

    private static String summary(int created, int errors, int next) {
        return "{'result':'done','created':%d,'updated':0,'unchanged':0,'deactivated':0,'errors':%d,'next_line':%d}"
                .formatted(created, errors, next);
    }
}
