package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.openapi.OpenApiDocument;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports of other systems, and what their users are here. The password is "correct hörse". */
@QuarkusTest
class ImportFormatsTest {
    private static final String SCRYPT =
            "signer_key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEy"
                    + "MzQ1Njc4OTo7PD0+Pw; salt_separator=Cww; rounds=8; mem_cost=10";

    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void makeGroups() {
        token = organization.token(Role.ADMIN);
        TestRows.group(organization, "data-analysts");
        TestRows.group(organization, "night-watch");
    }

    @Test
    void whenKeycloakThenUsersWithGroupsAttributesAndPasswords() throws IOException {
        send("keycloak", "keycloak.json", "application/json")
                .assertLines(created(1, "grete"), created(2, "henrik"), summary(2, 0, 3));
        assertUsers("""
                {'external_id':'8d1c2a3e-93f1-4a6e-8a0e-1f2b6b1d9c01','name':'grete','display_name':'Grete Hermann',
                 'full_name':'Grete Hermann','email_address':'grete@harbour.example','role':'member','status':'active',
                 'groups':['data-analysts'],'metadata':{'desk':'4b','languages':['de','en']},'password_expired':false}""", """
                {'external_id':'8d1c2a3e-93f1-4a6e-8a0e-1f2b6b1d9c02','name':'henrik','display_name':'henrik',
                 'role':'member','status':'deactivated','groups':[],'metadata':{},'password_expired':true}""");
        assertSignsIn("grete");
        new ImportClient(token).send("", "{'name':'henrik','status':'active','password_expired':false}");
        assertSignsIn("henrik");
        // Once more, nothing is new
        send("keycloak", "keycloak.json", "application/json");
    }

    @Test
    void whenAuth0ThenUsersWithPasswords() throws IOException {
        send("auth0", "auth0.ndjson", "application/x-ndjson")
                .assertLines(created(1, "ines"), created(2, "jan@harbour.example"), summary(2, 0, 3));
        assertUsers("""
                {'external_id':'auth0|66a0c1','name':'ines','display_name':'Ines Prat','full_name':'Ines Prat',
                 'email_address':'ines@harbour.example','role':'member','status':'active','groups':[],
                 'metadata':{'theme':'dark'},'password_expired':false,'avatar_url':'https://pictures.example/ines.png'}""", """
                {'external_id':'auth0|66a0c2','name':'jan@harbour.example','display_name':'Jan Brand','full_name':'Jan Brand',
                 'email_address':'jan@harbour.example','role':'member','status':'deactivated','groups':[],'metadata':{},
                 'password_expired':false}""");
        new ImportClient(token).send("", "{'name':'jan@harbour.example','status':'active'}");
        assertSignsIn("jan@harbour.example");
    }

    @Test
    void whenOktaThenUsersByTheirState() throws IOException {
        send("okta", "okta.json", "application/json")
                .assertLines(
                        created(1, "kaja@harbour.example"),
                        created(2, "lou@harbour.example"),
                        created(3, "mads"),
                        summary(3, 0, 4));
        assertUsers("""
                {'external_id':'00u1aa','name':'kaja@harbour.example','display_name':'Kaja L.','full_name':'Kaja Lund',
                 'email_address':'kaja@harbour.example','role':'member','status':'active','groups':[],'metadata':{},
                 'password_expired':false,'company':'Harbour','job_title':'Pilot'}""", """
                {'external_id':'00u1ab','name':'lou@harbour.example','display_name':'Lou Moreau','full_name':'Lou Moreau',
                 'email_address':'lou@harbour.example','role':'member','status':'deactivated','groups':[],'metadata':{},
                 'password_expired':false}""", """
                {'external_id':'00u1ac','name':'mads','display_name':'mads','email_address':'mads@harbour.example',
                 'role':'member','status':'active','groups':[],'metadata':{},'password_expired':false}""");
    }

    @Test
    void whenFirebaseThenUsersWithPasswordsOfItsProject() throws IOException {
        String file = file("firebase.json");
        ImportClient client = new ImportClient(token);
        Response answer = client.post("?format=firebase", "application/json", file, "Firebase-Scrypt", SCRYPT);
        assertEquals(200, answer.statusCode(), answer.asString());
        assertUsers("""
                {'external_id':'fb2','name':'fb2','display_name':'fb2','role':'member','status':'deactivated','groups':[],
                 'metadata':{},'password_expired':false}""", """
                {'external_id':'fb1','name':'nele@harbour.example','display_name':'Nele Oom',
                 'email_address':'nele@harbour.example','role':'member','status':'active','groups':[],
                 'metadata':{'tier':2},'password_expired':false,'avatar_url':'https://pictures.example/nele.png'}""");
        assertSignsIn("nele@harbour.example");
        Response wrong = client.post("?format=firebase", "application/json", file, "Firebase-Scrypt", "rounds=8");
        assertEquals(400, wrong.statusCode(), wrong.asString());
        assertEquals("Firebase-Scrypt", wrong.jsonPath().getString("invalid_fields[0]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keycloak | {"users":[{"username":"a","groups":"/crew"}]}              | groups
            keycloak | {"users":[{"username":"a","credentials":{"type":"otp"}}]}  | credentials
            keycloak | {"users":[{"username":"a","requiredActions":"TERMS"}]}     | requiredActions
            scim     | {"Resources":[{"userName":"a","groups":{"value":"crew"}}]} | groups
            scim     | {"Resources":[{"userName":"a","emails":"a@b.example"}]}    | emails
            scim     | {"Resources":[{"userName":"a","photos":{"value":"x"}}]}    | photos
            """)
    void whenAListIsNoneThenItsLineIsRefused(String format, String text, String field) {
        JsonPath line = JsonPath.from(new ImportClient(token)
                .sendText("?format=" + format, "application/json", text)
                .line(0));
        assertEquals("error", line.getString("result"));
        assertEquals(field, line.getString("error.fields[0].field"));
        assertEquals("must be an array", line.getString("error.fields[0].rule"));
    }

    /** Their people would hear at their next sign-in that they have no password any more. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            firebase | {"users":[{"localId":"a","passwordHash":"abcd","salt":"ab"}]}                     | Firebase-Scrypt
            firebase | {"users":[{"localId":"a","passwordHash":"UkVEQUNURUQ="}]}                         | passwordHash
            firebase | {"users":[{"localId":"a","passwordHash":{"x":"y"}}]}                              | passwordHash
            auth0    | {"username":"a","passwordHash":{"hash":"abcd"}}                                   | passwordHash
            auth0    | {"username":"a","password_hash":"md5:abcd"}                                       | password_hash
            auth0    | {"username":"a","custom_password_hash":{"algorithm":"md5","hash":{"value":"a"}}}  | custom_password_hash
            okta     | {"profile":{"login":"a"},"credentials":{"password":{"hash":{"algorithm":"MD5"}}}} | hash
            keycloak | {"users":[{"username":"a","credentials":[{"type":"password","value":"plain"}]}]}  | password_hash
            keycloak | {"users":[{"username":"a","credentials":[{"type":"password","secretData":"{","credentialData":"{}"}]}]} | credentials.secretData
            """)
    void whenAHashCannotBeReadThenItsLineIsRefusedUnlessHashesArePassedOver(String format, String text, String field) {
        ImportClient client = new ImportClient(token);
        JsonPath line = JsonPath.from(
                client.sendText("?format=" + format, "application/json", text).line(0));
        assertEquals("error", line.getString("result"));
        assertEquals("a", line.getString("name"));
        assertEquals(field, line.getString("error.fields[0].field"));
        client.sendText("?hashes=ignore&format=" + format, "application/json", text)
                .assertLines(created(1, "a"), summary(1, 0, 2));
    }

    /** Who signs in elsewhere has none, be it an empty one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            firebase | {"users":[{"localId":"a","passwordHash":""}]}
            firebase | {"users":[{"localId":"a","passwordHash":null}]}
            auth0    | {"username":"a","passwordHash":null,"custom_password_hash":null}
            okta     | {"profile":{"login":"a"},"credentials":{"password":{},"provider":{"type":"OKTA"}}}
            keycloak | {"users":[{"username":"a","credentials":[]}]}
            keycloak | {"users":[{"username":"a","credentials":[{"type":"otp","secretData":"{}"}]}]}
            """)
    void whenThereIsNoHashThenTaken(String format, String text) {
        new ImportClient(token)
                .sendText("?format=" + format, "application/json", text)
                .assertLines(created(1, "a"), summary(1, 0, 2));
    }

    /** As the console shows it, and as people copy it. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s;", " %s ; ", "algorithm=SCRYPT; %s; "})
    void whenTheParametersOfFirebaseAreTakenThenAsDocumented(String copied) throws IOException {
        String header = copied.formatted(SCRYPT);
        assertEquals(
                200,
                new ImportClient(token)
                        .post("?format=firebase", "application/json", file("firebase.json"), "Firebase-Scrypt", header)
                        .statusCode());
        assertTrue(documented().matcher(header.strip()).find(), header);
        assertFalse(documented()
                .matcher("rounds=8; mem_cost=14; salt_separator=Bw==")
                .find());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hash_config { algorithm: SCRYPT, base64_signer_key: %s, base64_salt_separator: Cww=, rounds: 8, mem_cost: 10, }",
                "base64_signer_key: %s; base64_salt_separator: Cww=; rounds: 8; mem_cost: 10",
                "mem_cost: 10, rounds=8, signer_key=%s, salt_separator : Cww"
            })
    void whenTheParametersOfFirebaseAreAsItsConsoleShowsThemThenTaken(String shown) throws IOException {
        String key = SCRYPT.substring(SCRYPT.indexOf('=') + 1, SCRYPT.indexOf(';'));
        String header = shown.formatted(key + "==");
        assertEquals(
                200,
                new ImportClient(token)
                        .post("?format=firebase", "application/json", file("firebase.json"), "Firebase-Scrypt", header)
                        .statusCode());
        assertSignsIn("nele@harbour.example");
        assertTrue(documented().matcher(header).find(), header);
    }

    private static Pattern documented() {
        return OpenApiDocuments.named("roster-v1").operations().stream()
                .filter(operation -> operation.path().endsWith("/users/import")
                        && operation.method().equals("post"))
                .flatMap(operation ->
                        StreamSupport.stream(operation.json().path("parameters").spliterator(), false))
                .filter(parameter -> parameter.path("name").asText().equals("Firebase-Scrypt"))
                .map(parameter ->
                        Pattern.compile(parameter.path("schema").path("pattern").asText()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenGoogleThenUsersOfItsTable() throws IOException {
        send("google", "google.csv", "text/csv")
                .assertLines(created(2, "ole@harbour.example"), created(3, "pia@harbour.example"), summary(2, 0, 4));
        assertUsers("""
                {'name':'ole@harbour.example','display_name':'Ole Quist','full_name':'Ole Quist',
                 'email_address':'ole@harbour.example','role':'member','status':'active','groups':[],'metadata':{},
                 'password_expired':false,'job_title':'Engineer, lead'}""", """
                {'name':'pia@harbour.example','display_name':'Pia Rask','full_name':'Pia Rask',
                 'email_address':'pia@harbour.example','role':'member','status':'deactivated','groups':[],'metadata':{},
                 'password_expired':false}""");
    }

    /** A cell of a header is no more than a cell, however long. */
    @Test
    void whenACellOfTheHeaderIsLongThenReadAllTheSame() {
        String table =
                "Email Address [Required]," + "[".repeat(120_000) + "," + " ".repeat(120_000) + "x\nada@x.example\n";
        new ImportClient(token)
                .sendText("?format=google", "text/csv", table)
                .assertLines(created(2, "ada@x.example"), summary(1, 0, 3));
    }

    @Test
    void whenLdifThenPersonsAndNothingElse() throws IOException {
        send("ldif", "directory.ldif", "text/ldif")
                .assertLines(
                        created(8, "rosa"),
                        created(25, "sven"),
                        "{'line':31,'result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'changetype','rule':'must be add'}]}}",
                        created(34, "lone"),
                        "{'line':40,'result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'dn','rule':'must be the first line of an entry (RFC 2849)'}]}}",
                        summary(3, 2, 41));
        assertUsers("""
                {'name':'lone','display_name':'Lone','full_name':'Lone','role':'member','status':'deactivated','groups':[],
                 'metadata':{},'password_expired':false}""", """
                {'external_id':'6f1d3c1e-0b0f-103f-8e0e-3b8a1c0d2e4f','name':'rosa','display_name':'Rosa Ø Sand','full_name':'Rosa Sand',
                 'email_address':'rosa@harbour.example','role':'member','status':'active',
                 'groups':['data-analysts','night-watch'],'metadata':{},'password_expired':false,'company':'Harbour',
                 'job_title':'Keeper of the light'}""", """
                {'name':'sven','display_name':'Sven','full_name':'Sven','role':'member','status':'active','groups':[],
                 'metadata':{},'password_expired':false}""");
        assertSignsIn("rosa");
        assertSignsIn("sven");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/ldif             | dn: cn=a;objectClass: person;uid: una
            application/scim+json | {"userName": "una"}
            """)
    void whenTheTypeIsOfOneFormatThenItNeedsNoName(String type, String text) {
        assertEquals(
                "created",
                OpenApiDocument.read(new ImportClient(token)
                                .sendText("", type, text.replace(';', '\n'))
                                .line(0))
                        .path("result")
                        .asText());
    }

    /** The same groups as of an export that has their names as they are. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cn=night\\, watch,ou=groups         | created | night-watch
            CN=night\\2C\\20watch,ou=groups     | created | night-watch
            cn=night\\+watch,ou=groups          | created | night-watch
            cn=night watch+ou=crew,ou=groups    | created | night-watch
            cn=night\\\\watch                   | created | night-watch
            cn=Gr\\C3\\BCn,ou=groups            | created | gr-n
            cn=\\4eight$\\5cwatch,ou=groups     | created | night-watch
            cn=night\\FFwatch,ou=groups         | error   |
            """)
    void whenANameOfAGroupIsEscapedInADirectoryThenReadAsItIsMeant(String group, String result, String name) {
        if (name != null && !name.startsWith("night")) {
            TestRows.group(organization, name);
        }
        ImportClient.Answer answer = new ImportClient(token)
                .sendText("?format=ldif", "text/ldif", "dn: cn=a\nobjectClass: person\nuid: ada\nmemberOf: " + group);
        String refused = "{'line':1,'name':'ada','result':'error','error':{'code':'invalid_request','detail':'<text>',"
                + "'fields':[{'field':'memberof','rule':'must be UTF-8'}]}}";
        boolean taken = result.equals("created");
        answer.assertLines(taken ? created(1, "ada") : refused, summary(taken ? 1 : 0, taken ? 0 : 1, 2));
        assertEquals(
                name,
                Database.value(
                        "SELECT string_agg(g.name, ' ') FROM groups g JOIN memberships m ON m.group_id = g.id WHERE g.organization_id = ?",
                        organization.id()));
    }

    /** Whoever has a word that is not known is not let in; a file without one leaves the account as it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            okta     | [{"profile":{"login":"ada"},"status":"ACTIVE"}]           | active
            okta     | [{"profile":{"login":"ada"},"status":"PROVISIONED"}]      | active
            okta     | [{"profile":{"login":"ada"},"status":"RECOVERY"}]         | active
            okta     | [{"profile":{"login":"ada"},"status":"PASSWORD_EXPIRED"}] | active
            okta     | [{"profile":{"login":"ada"},"status":"LOCKED_OUT"}]       | active
            okta     | [{"profile":{"login":"ada"},"status":"STAGED"}]           | deactivated
            okta     | [{"profile":{"login":"ada"},"status":"SUSPENDED"}]        | deactivated
            okta     | [{"profile":{"login":"ada"},"status":"DEPROVISIONED"}]    | deactivated
            okta     | [{"profile":{"login":"ada"},"status":"NEW_STATE"}]        | deactivated
            google   | Email Address,Status [READ ONLY];ada@x.example,Active               | active
            google   | Email Address,Status [READ ONLY];ada@x.example,ACTIVE               | active
            google   | Email Address,Status [READ ONLY];ada@x.example,""                   | active
            google   | Email Address,Status [READ ONLY];ada@x.example,                     | active
            google   | Email Address,Status [READ ONLY];ada@x.example,Suspended            | deactivated
            google   | Email Address,Status [READ ONLY];ada@x.example,Archived             | deactivated
            google   | Email Address,Status [READ ONLY];ada@x.example,Deleted              | deactivated
            auth0    | {"username":"ada","blocked":false}                        | active
            auth0    | {"username":"ada","blocked":"yes"}                        | deactivated
            firebase | {"users":[{"localId":"ada","disabled":false}]}            | active
            firebase | {"users":[{"localId":"ada","disabled":1}]}                | deactivated
            keycloak | {"users":[{"username":"ada","enabled":true}]}             | active
            keycloak | {"users":[{"username":"ada","enabled":"no"}]}             | deactivated
            scim     | {"userName":"ada","active":"True"}                        | active
            scim     | {"userName":"ada","active":"No"}                          | deactivated
            scim     | {"USERNAME":"ada","Active":false}                         | deactivated
            """)
    void whenAStateIsTakenOverThenOnlyWhoIsLetInThereIsActive(String format, String text, String status) {
        boolean table = format.equals("google");
        new ImportClient(token)
                .sendText("?format=" + format, table ? "text/csv" : "application/json", text.replace(';', '\n'))
                .assertLines(table ? created(2, "ada@x.example") : created(1, "ada"), summary(1, 0, table ? 3 : 2));
        assertEquals(
                status,
                Database.value(
                        "SELECT status FROM users WHERE organization_id = ? AND username LIKE 'ada%'",
                        organization.id()));
    }

    /** A page of a directory, as a client saves it, says of how many users it is one (RFC 7644 section 3.4.2.4). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            scim  | {"totalResults":3,"startIndex":1,"Resources":[{"userName":"a"},{"userName":"b"}]} | 2 of the 3
            scim  | {"Resources":[{"userName":"a"},{"userName":"b"}],"totalresults":3,"itemsPerPage":2} | 2 of the 3
            scim  | {"TotalResults":3,"resources":[{"userName":"a"}]} {"TotalResults":3,"resources":[{"userName":"b"}]} | 2 of the 3
            scim  | {"totalResults":2,"Resources":[{"userName":"a"}]} {"totalResults":2,"Resources":[{"userName":"a"}]} | 1 of the 2
            auth0 | {"start":0,"limit":2,"length":2,"total":3,"users":[{"username":"a"},{"username":"b"}]} | 2 of the 3
            scim  | {"totalResults":2,"Resources":[{"userName":"a"},{"userName":"b"}]}                |
            scim  | {"totalResults":2,"Resources":[{"userName":"a"}]} {"totalResults":2,"resources":[{"userName":"b"}]} |
            scim  | {"totalResults":2,"Resources":[{"userName":"a"}]} {"userName":"b"}                |
            scim  | {"Resources":[{"userName":"a"}]}                                                  |
            auth0 | {"total":2,"users":[{"username":"a"}]} {"total":2,"users":[{"username":"b"}]}     |
            auth0 | {"username":"a","total":7}                                                        |
            okta  | {"total":7,"users":[{"profile":{"login":"a"}}]}                                   |
            """)
    void whenAFileIsAPartOfADirectoryThenASyncDeactivatesNobody(String format, String text, String part) {
        UUID old = TestRows.person(organization, "old", Role.MEMBER);
        ImportClient admin = new ImportClient(token);
        List<String> lines = admin.sendText("?mode=sync&format=" + format, "application/json", text)
                .lines();
        int read = text.split("\"(userName|username|login)\"", -1).length - 1;
        int made = text.contains("\"b\"") ? 2 : 1;
        JsonAnswer.assertJson(
                lines.get(lines.size() - 1),
                "{'result':'done','created':%d,'updated':0,'unchanged':%d,'deactivated':%d,'errors':0,'next_line':%d,%s}"
                        .formatted(
                                made,
                                read - made,
                                part == null ? 1 : 0,
                                read + 1,
                                part == null
                                        ? "'left_out':'deactivated'"
                                        : "'left_out':'kept','left_out_reason':'The file is about " + part
                                                + " users that it tells of.'"));
        assertEquals(
                part == null ? "deactivated" : "active", Database.value("SELECT status FROM users WHERE id = ?", old));
        // Whoever is only added needs no whole
        assertEquals(
                0, admin.sendText("?format=" + format, "application/json", text).count("error"));
    }

    /** An administrator here has switched somebody off, and the other system's file says nothing of that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auth0    | application/x-ndjson   | {"username":"off","email":"off@example.com"}
            firebase | application/json       | {"users":[{"localId":"1","email":"off"}]}
            keycloak | application/json       | {"users":[{"username":"off"}]}
            okta     | application/json       | [{"profile":{"login":"off"}}]
            scim     | application/scim+json  | {"Resources":[{"userName":"off"}]}
            """)
    void whenAFileTellsNoStatusThenItStays(String format, String type, String text) {
        TestClient off = organization.add("off", Role.MEMBER);
        Database.execute("UPDATE users SET status = 'deactivated', deactivated_at = now() WHERE id = ?", off.userId());
        new ImportClient(token).sendText("?format=" + format, type, text);
        assertEquals("deactivated", Database.value("SELECT status FROM users WHERE id = ?", off.userId()));
    }

    @Test
    void whenScimThenUsersOfTheListAndGroupsOnlyIfWanted() throws IOException {
        String file = file("scim.json");
        new ImportClient(token)
                .sendText("?format=scim&groups=ignore", "application/scim+json", file)
                .assertLines(created(1, "tove"), created(2, "ulf"), summary(2, 0, 3));
        String tove = """
                {'external_id':'s1','name':'tove','display_name':'Tove Urne','full_name':'Tove Urne',
                 'email_address':'tove@harbour.example','role':'member','status':'active','groups':[%s],'metadata':{},
                 'password_expired':false,'avatar_url':'https://pictures.example/tove.png','company':'Harbour',
                 'job_title':'Smith'}""";
        String ulf = """
                {'external_id':'s2','name':'ulf','display_name':'Ulf','role':'member','status':'deactivated','groups':[],
                 'metadata':{},'password_expired':false}""";
        assertUsers(tove.formatted(""), ulf);
        new ImportClient(token).sendText("?format=scim", "application/scim+json", file);
        assertUsers(tove.formatted("'data-analysts'"), ulf);
    }

    /** Entra ID writes booleans as texts. */
    @Test
    void whenScimHasBooleansAsTextsThenMeantAsSuch() {
        new ImportClient(token)
                .sendText("?format=scim", "application/scim+json", """
                        {"userName": "eve", "active": "False", "emails": [{"value": "home@example.org", "primary": "False"},
                         {"value": "work@example.org", "primary": "True"}]}""")
                .assertLines(created(1, "eve"), summary(1, 0, 2));
        assertEquals(
                "deactivated work@example.org",
                Database.value(
                        "SELECT status || ' ' || email FROM users WHERE organization_id = ? AND username = 'eve'",
                        organization.id()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            scim     | application/scim+json | {"resources":[{"userName":"low"}],"totalResults":1} | created
            scim     | application/scim+json | {"totalResults":2,"startIndex":3,"itemsPerPage":0} | done
            scim     | application/scim+json | [{"totalresults":1,"resources":[{"userName":"deep"}]}] | error invalid_request
            scim     | application/scim+json | {"username":"any","EMAILS":[{"Value":"any@example.com","Primary":true}]} | created
            okta     | application/json      | \uFEFF[{"id":"1","profile":{"login":"marked"}}] | created
            scim     | application/scim+json | {"totalResults":0,"schemas":["x"]}               | done
            keycloak | application/json      | {"users":[{"username":"k","groups":["/会計"]}]}    | error group_not_found
            scim     | application/scim+json | [{"userName":"s","groups":[{"display":"Data/Analysts"}]}] | created
            ldif     | text/ldif             | dn: cn=a;objectClass: person;uid: l1;cn:: SvZyZw== | error invalid_request
            ldif     | text/ldif             | dn: cn=PC01;objectClass: user;objectClass: computer;sAMAccountName: PC01$ | done
            """)
    void whenAFileHasWhatSomeSystemsWriteThenTakenAsItIsMeant(String format, String type, String text, String outcome) {
        String first = new ImportClient(token)
                .sendText("?format=" + format, type, text.replace(';', '\n'))
                .line(0);
        JsonPath line = JsonPath.from(first);
        String code = line.getString("error.code");
        assertEquals(outcome, line.getString("result") + (code == null ? "" : " " + code), first);
    }

    /** The status, or the e-mail address, of these is none that there is; so is the JSON in a text, or a value that is no text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            okta     | application/json      | [{"profile":{"login":"ada","email":"nowhere"}}]
            auth0    | application/x-ndjson  | {"username":"ada","email":"nowhere"}
            scim     | application/scim+json | {"userName":"ada","emails":[{"value":"nowhere"}]}
            keycloak | application/json      | {"users":[{"username":"ada","email":"nowhere"}]}
            keycloak | application/json      | {"users":[{"username":"ada","credentials":[{"type":"password","secretData":"{"}]}]}
            firebase | application/json      | {"users":[{"localId":"ada","customAttributes":"{"}]}
            google   | text/csv              | Email Address,Employee Title;ada,\u0000
            ldif     | text/ldif             | dn: cn=a;objectClass: person;uid: ada;mail: nowhere
            ldif     | text/ldif             | dn: cn=a;objectClass: person;uid: ada;cn:: /w==
            """)
    void whenARecordIsRefusedThenToldWhoseItIs(String format, String type, String text) {
        String first = new ImportClient(token)
                .sendText("?format=" + format, type, text.replace(';', '\n'))
                .line(0);
        JsonPath line = JsonPath.from(first);
        assertEquals("error ada", line.getString("result") + " " + line.getString("name"), first);
    }

    /** A number beyond all others has no text that could be a name, an id or a salt; what becomes of no field may have one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            keycloak | {"users":[{"username":@,"attributes":{"a":1}},{"username":"b","notBefore":@}]} |          | name
            keycloak | {"users":[{"username":"a","id":@},{"username":"b"}]}                           |          | external_id
            keycloak | {"users":[{"username":"a","enabled":@},{"username":"b"}]}                      | a        | status
            keycloak | {"users":[{"username":"a","groups":["x",@]},{"username":"b"}]}                 | a        | groups
            keycloak | {"users":[{"username":"a","lastName":@},{"username":"b"}]}                     | a        | lastName
            keycloak | {"users":[{"username":"a","credentials":[{"type":"password","secretData":{"salt":@}}]},{"username":"b"}]} | a | salt
            auth0    | [{"username":"a","nickname":@},{"username":"b","logins_count":@}]              | a        | nickname
            auth0    | [{"Username":@},{"username":"b"}]                                              |          | Username
            okta     | [{"profile":{"login":"a","title":@}},{"profile":{"login":"b"}}]                | a        | job_title
            okta     | [{"profile":{"login":@}},{"profile":{"login":"b"}}]                            |          | name
            firebase | {"users":[{"localId":@},{"localId":"b"}]}                                      |          | localId
            scim     | {"Resources":[{"userName":@},{"userName":"b"}]}                                |          | name
            scim     | {"Resources":[{"userName":"a","groups":[{"display":@}]},{"userName":"b"}]}     | a        | display
            """)
    void whenANumberBeyondAllOthersIsWhereATextBelongsThenItsFieldIsNamed(
            String format, String file, String name, String field) {
        String error =
                "{'line':1,%s'result':'error','error':{'code':'invalid_request','detail':'<text>','fields':[{'field':'%s',"
                        + "'rule':'must be without numbers beyond 1e308 or with more than 340 decimals'}]}}";
        List<String> made = List.of(created(2, "b"), "{'line':2,'name':'b','id':'<uuid>','result':'unchanged'}");
        List<String> numbers = List.of("1e99999999999", "-1e-99999999999", "1e309");
        for (int i = 0; i < numbers.size(); i++) {
            new ImportClient(token)
                    .sendText("?format=" + format, "application/json", file.replace("@", numbers.get(i)))
                    .assertLines(
                            error.formatted(name == null ? "" : "'name':'" + name + "',", field),
                            made.get(Math.min(i, 1)),
                            "{'result':'done','created':%d,'updated':0,'unchanged':%d,'deactivated':0,'errors':1,'next_line':3}"
                                    .formatted(i == 0 ? 1 : 0, i == 0 ? 0 : 1));
        }
    }

    @Test
    void whenAFileIsOfNoOrBrokenJsonThenThatIsAnErrorOfItsLine() {
        new ImportClient(token)
                .sendText("?format=okta", "application/json", "[{\"profile\":{\"login\":\"one\"}},7,{\"profile\":")
                .assertLines(
                        created(1, "one"),
                        "{'line':2,'result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'line','rule':'must be a JSON object'}]}}",
                        "{'line':3,'result':'error','error':{'code':'malformed_json','detail':'<text>'}}",
                        summary(1, 2, 4));
        assertEquals(
                400,
                new ImportClient(token)
                        .post("?format=other", "application/json", "[]")
                        .statusCode());
    }

    private ImportClient.Answer send(String format, String file, String type) throws IOException {
        return new ImportClient(token).sendText("?format=" + format, type, file(file));
    }

    private static String file(String name) throws IOException {
        try (InputStream file = ImportFormatsTest.class.getResourceAsStream("/import/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All users but the caller, in the order of their names. */
    private void assertUsers(String... expected) {
        // Its type has no charset, and the client would take that of the machine
        byte[] export = given().header("Authorization", "Bearer " + token)
                .get("/api/v1/users/export")
                .asByteArray();
        List<String> lines = new String(export, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("\"name\":\"admin\""))
                .sorted((one, other) -> name(one).compareTo(name(other)))
                .toList();
        JsonAnswer.assertJson("[" + String.join(",", lines) + "]", "[" + String.join(",", expected) + "]");
    }

    private static String name(String line) {
        return JsonPath.from(line).getString("name");
    }

    private void assertSignsIn(String name) {
        organization.signIn(name, "correct hörse").then().statusCode(200);
    }

    private static String created(int line, String name) {
        return "{'line':%d,'name':'%s','id':'<uuid>','result':'created'}".formatted(line, name);
    }

    private static String summary(int created, int errors, int next) {
        return "{'result':'done','created':%d,'updated':0,'unchanged':0,'deactivated':0,'errors':%d,'next_line':%d}"
                .formatted(created, errors, next);
    }
}
