package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What directories say of their persons. The password is "correct hörse". */
@QuarkusTest
class LdifImportTest {
    private static final String LDIF = "text/ldif";

    private static final String GROUPS = "(SELECT coalesce(string_agg(g.name, ' '), '') FROM memberships m"
            + " JOIN groups g ON g.id = m.group_id WHERE m.user_id = users.id)";

    private final TestOrganization organization = TestOrganization.create();
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        admin = new ImportClient(organization.token(Role.ADMIN));
    }

    /** A line of 2020, and never: 1601 and what no number is greater than. Whoever comes new is active where nothing is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title: x                                                       | active      deactivated
            userAccountControl: 512                                        | active      active
            userAccountControl: 514                                        | deactivated deactivated
            userAccountControl: 66050                                      | deactivated deactivated
            nsAccountLock: TRUE                                            | deactivated deactivated
            nsAccountLock: false                                           | active      active
            nsAccountLock: perhaps                                         | deactivated deactivated
            loginDisabled: TRUE                                            | deactivated deactivated
            loginDisabled: FALSE                                           | active      active
            ds-pwp-account-disabled: true                                  | deactivated deactivated
            pwdAccountLockedTime: 000001010000Z                            | deactivated deactivated
            pwdAccountLockedTime: 20260101000000Z                          | active      deactivated
            accountExpires: 0                                              | active      deactivated
            accountExpires: 9223372036854775807                            | active      deactivated
            accountExpires: 199999999999999999                             | active      deactivated
            accountExpires: 132223104000000000                             | deactivated deactivated
            userAccountControl: 512;accountExpires: 132223104000000000     | deactivated deactivated
            userAccountControl: 512;accountExpires: 9223372036854775807    | active      active
            """)
    void whenADirectorySaysWhomItLetsInThenBothWays(String lines, String statuses) {
        admin.send("", "{'name':'off','status':'deactivated'}", "{'name':'on'}");
        importLdif("", person("on", lines), person("off", lines), person("new", lines));
        String[] expected = statuses.split(" +", -1);
        assertEquals(expected[0], status("on"));
        assertEquals(expected[0], status("new"));
        assertEquals(expected[1], status("off"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "objectClass: organizationalPerson;objectClass: contact",
                "objectClass: user;objectClass: computer",
                "objectClass: user;userAccountControl: 2080",
                "objectClass: user;userAccountControl: 4096"
            })
    void whenAnEntryOfActiveDirectoryIsNobodysAccountThenPassedOver(String lines) {
        importLdif("", person("x", lines))
                .assertSummary(
                        "{'result':'done','created':0,'updated':0,'unchanged':0,'deactivated':0,'errors':0,'next_line':1}");
    }

    /** A number that two persons have, be it only for a while, makes no one account of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            employeeNumber: 7;employeeID: 7                                  | -
            entryUUID: 0a-@;nsUniqueId: n@                                   | n@
            entryUUID: 0b-@;ipaUniqueID: i@;nsUniqueId: m@                   | i@
            nsUniqueId: 0b-@;employeeNumber: 7                               | 0b-@
            ipaUniqueID: 0c-@                                                | 0c-@
            objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==                            | 0102030405060708090a0b0c0d0e0f10
            objectGUID:: /////////////////////w==                            | ffffffffffffffffffffffffffffffff
            objectGUID: @abcdefghijklmno                                     | 316162636465666768696a6b6c6d6e6f
            """)
    void whenAnEntryHasAnIdThatItsDirectoryMadeThenThatIsTheExternalId(String lines, String id) {
        importLdif("", person("ada", lines.replace("@", "1")));
        if (!lines.startsWith("objectGUID::")) {
            importLdif("", person("ben", lines.replace("@", "2")));
            assertEquals(2L, count("username IN ('ada', 'ben')"));
        }
        assertEquals(id.replace("@", "1"), value("coalesce(external_id, '-')", "ada"));
    }

    @Test
    void whenTwoHaveOneNumberElsewhereThenTheyAreTwo() {
        admin.sendText("?format=google", "text/csv", "Email Address,Employee ID\na@x.example,7\nb@x.example,7\n");
        admin.sendText("?format=scim", "application/scim+json", """
                {"userName": "c", "id": "s1", "externalId": "7"} {"userName": "d", "id": "s2", "externalId": "7"}
                {"userName": "e", "externalId": "8"}""");
        assertEquals(
                "a@x.example b@x.example c=s1 d=s2 e=8",
                Database.value(
                        "SELECT string_agg(username || coalesce('=' || external_id, ''), ' ' ORDER BY username) FROM users"
                                + " WHERE organization_id = ? AND username <> 'admin'",
                        organization.id()));
    }

    /** Whoever leaves the last group has no attribute any more. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',             crew
            &groups=ignore, crew
            &groups=set,    ''
            """)
    void whenNoAttributeNamesGroupsThenNoneOnlyIfThatIsAskedFor(String query, String groups) {
        TestRows.group(organization, "crew");
        for (String name : new String[] {"ada", "ben", "cat"}) {
            admin.send("", "{'name':'" + name + "','groups':['crew']}");
        }
        importLdif(query, person("ada", "title: x"));
        admin.sendText(
                "?format=scim" + query,
                "application/scim+json",
                "{\"userName\":\"ben\",\"title\":\"x\"} {\"userName\":\"cat\",\"Groups\":null}");
        // A line of its own leaves out what stays
        admin.send(query.replace('&', '?'), "{'name':'dan','groups':['crew']}", "{'name':'dan','full_name':'D'}");
        for (String name : new String[] {"ada", "ben", "cat"}) {
            assertEquals(groups, value(GROUPS, name));
        }
        assertEquals(query.equals("&groups=ignore") ? "" : "crew", value(GROUPS, "dan"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {ARGON2}$argon2i$v=19$m=8192,t=2,p=2$MAX/goVI2f0+SpuGhnr39g$zTZgWuRFBmeD9zg0XkQMR0Mai3zc8/8ibozxYBqRnSY | $argon2i
            {argon2}$argon2i$v=19$m=8192,t=2,p=2$MAX/goVI2f0+SpuGhnr39g$zTZgWuRFBmeD9zg0XkQMR0Mai3zc8/8ibozxYBqRnSY | $argon2i
            {PBKDF2-SHA256}1000$IUTo3bt3Tql1DkGIcQ6hNA$dfQ6dUV4T.hyOmK7/xF.ewk0TTFj/y5JtTVWtv59Njc                  | $pbkdf2-sha256$1000$
            {PBKDF2}1000$09o7JwSg9F5Laa31ntNaSw$.zo7lHKh4UtQWI9G4sLBa0LimvU                                         | $pbkdf2$1000$
            {CRYPT}$2a$04$Er9WVq7k1/cc1Q.g7ew30OenFFn1nslorTZ0bwoL3q1Oe6u/wmtOK                                     | $2a$04
            {MD5}X03MO1qnZdYdgyfeuILPmQ==;userPassword: {SSHA}quB+kUltJyV2Ab7Fd4gfuvSBDSKhtDbG                      | {SSHA}
            """)
    void whenAPasswordHasASchemeBeforeItThenItsPersonSignsIn(String password, String kept) {
        importLdif("", person("ada", "userPassword: " + password));
        assertEquals(kept, value("left(password_hash, " + kept.length() + ")", "ada"));
        organization.signIn("ada", "correct hörse").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{SASL}ada@EXAMPLE.COM", "x", "!", "*", "{CRYPT}x", "{CRYPT}!", "{crypt}*LK*", "{CRYPT}!$2a$04"})
    void whenAPasswordIsNoneThenItsPersonComesWithoutOne(String password) {
        importLdif("", person("ada", "userPassword: " + password));
        assertEquals("-", value("coalesce(password_hash, '-')", "ada"));
    }

    @Test
    void whenHashesArePassedOverThenNoneIsARefusal() {
        String md5 = "userPassword: {MD5}X03MO1qnZdYdgyfeuILPmQ==";
        assertEquals(1, importLdif("", person("ada", md5)).count("error"));
        importLdif("&hashes=ignore", person("ada", md5), person("eve", "userPassword:: /w=="));
        admin.send(
                "?hashes=ignore",
                "{'name':'ben','password_hash':'other','password_expired':true}",
                "{'name':'cat','password_expired':true}");
        String expired = "coalesce(password_hash, '-') || password_expired";
        assertEquals("-false", value(expired, "ada"));
        assertEquals("-false", value(expired, "eve"));
        assertEquals("-false", value(expired, "ben"));
        assertEquals("-true", value(expired, "cat"));
        assertEquals(400, admin.post("?hashes=none", ImportClient.LINES, "{}").statusCode());
    }

    /** As it is without -LLL. */
    @Test
    void whenAFileIsWhatLdapsearchWritesThenItsRemarksAreNoErrors() {
        String found = "# extended LDIF\n#\n# LDAPv3\n#\n\n# ada, example\n" + person("ada", "")
                + "# search reference\nref: ldap://other.example/dc=x\n\n"
                + "# search result\nsearch: 2\nresult: %s\ncontrol: 1.2.840.113556.1.4.319 false MAUCAQAEAA==\n"
                + "pagedresults: cookie=\n\n# numResponses: 2\n# numEntries: 1\n";
        admin.sendText("", LDIF, found.formatted("0 Success"))
                .assertSummary(
                        "{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':0,'errors':0,'next_line':7}");
        JsonPath cut = JsonPath.from(admin.sendText("", LDIF, found.formatted("4 Size limit exceeded"))
                .line(1));
        assertEquals("result", cut.getString("error.fields[0].field"));
    }

    /** A search for some attributes only: nobody could tell who is a person. */
    @Test
    void whenAnEntryHasNoClassThenThatIsAnError() {
        JsonPath line = JsonPath.from(admin.sendText("", LDIF, "dn: uid=ada\nuid: ada\nmail: ada@x.example\n")
                .line(0));
        assertEquals("error ada", line.getString("result") + " " + line.getString("name"));
        assertEquals("objectclass", line.getString("error.fields[0].field"));
    }

    private ImportClient.Answer importLdif(String query, String... entries) {
        return admin.sendText("?format=ldif" + query, LDIF, String.join("", entries));
    }

    /** An entry with more lines, which semicolons separate. */
    private static String person(String name, String lines) {
        String classes = lines.startsWith("objectClass") ? "" : "objectClass: person\n";
        return "dn: uid=" + name + "\n" + classes + "uid: " + name + "\n" + lines.replace(';', '\n') + "\n\n";
    }

    private String status(String name) {
        return value("status", name);
    }

    private String value(String column, String name) {
        return (String) Database.value(
                "SELECT " + column + " FROM users WHERE organization_id = ? AND username = ?", organization.id(), name);
    }

    private long count(String condition) {
        return (Long) Database.value(
                "SELECT count(*) FROM users WHERE organization_id = ? AND " + condition, organization.id());
    }
}
