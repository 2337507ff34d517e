package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Http;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which e-mail addresses are the same, and whose they are. */
@QuarkusTest
@Tag("packaged")
class EmailAddressesTest {
    private static final String MIA = USERS + "/mia/profile";
    private static final String BOB = USERS + "/bob/profile";
    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @BeforeEach
    void createUsers() {
        admin.createUser("mia");
        admin.createUser("bob");
    }

    @ParameterizedTest
    @CsvSource({
        "mia@exämple.org, MIA@xn--exmple-cua.org",
        "mia@EXÄMPLE.org, mia@exämple.org",
        "müa@example.org, müa@EXAMPLE.org"
    })
    void whenOneMailboxThenOneAddress(String one, String other) {
        set(MIA, one).then().statusCode(200).body("profile.email_address", equalTo(one));
        find(other).then().body("items.name", equalTo(List.of("mia")));
        set(BOB, other).then().statusCode(409).body("code", equalTo("email_taken"));
    }

    @ParameterizedTest
    @CsvSource({
        "mia@min.example, mia@mın.example",
        "mia@min.example, mıa@min.example",
        "müa@min.example, mÜa@min.example",
        "mia@example.org, ｍia@example.org"
    })
    void whenOnlyAlikeThenNotTheSame(String one, String other) {
        set(MIA, one).then().statusCode(200);
        find(other).then().body("items", hasSize(0));
        set(BOB, other).then().statusCode(200);
        find(one).then().body("items.name", equalTo(List.of("mia")));
        find(other).then().body("items.name", equalTo(List.of("bob")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\"mia b\\\"@example.org",
                "mia@",
                "@example.org",
                "mia@b@example.org",
                ".mia@example.org",
                "mia..b@example.org",
                "mia@[127.0.0.1]",
                "mia@exa mple.org",
                "mia@straße.example",
                "mia@exa\u00ADmple.org",
                "mi\u200Ba@example.org"
            })
    void whenNoMailCanGoThereThenRefused(String address) {
        assertInvalid(set(MIA, address), "email_address", "must be an e-mail address of at most 100 characters");
    }

    /** Some letters take two of the units that Java counts. */
    @Test
    void whenOfAHundredCharactersThenNotTooLong() {
        String longest = "\uD842\uDFB7".repeat(60) + "@" + "b".repeat(35) + ".org";
        assertEquals(100, longest.codePointCount(0, longest.length()));
        set(MIA, longest).then().statusCode(200).body("profile.email_address", equalTo(longest));
    }

    @Test
    void whenPlusIsSentRawThenFound() {
        set(MIA, "a+b@example.org");
        admin.get(USERS + "?email=a+b@example.org").then().body("items.name", equalTo(List.of("mia")));
        admin.request()
                .urlEncodingEnabled(false)
                .get("/users?email=a+b@example.org")
                .then()
                .body("username", equalTo(List.of("mia")));
        admin.request()
                .urlEncodingEnabled(false)
                .get("/api/v1/app/user?email=a+b@example.org")
                .then()
                .statusCode(200);
        admin.request()
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .delete("/api/v1/app/user?email=a+b@example.org")
                .then()
                .statusCode(200);
    }

    @Test
    void whenAnOldRowHasAnotherKeyThenFoundByItsOwnAddressOnly() {
        TestRows.person(organization, "old", "old@exämple.org", Role.MEMBER);
        find("old@exämple.org").then().body("items.name", equalTo(List.of("old")));
        find("old@xn--exmple-cua.org").then().body("items", hasSize(0));
        set(MIA, "old@exämple.org").then().statusCode(409);
    }

    @Test
    void whenAddressIsAnothersUsernameThenTaken() {
        admin.createUser("cfo@example.org");
        set(MIA, "CFO@example.org").then().statusCode(409).body("code", equalTo("email_taken"));
        admin.post("/api/v1/invites", "{'email': 'cfo@example.org', 'role': 'member'}")
                .then()
                .statusCode(409)
                .body("code", equalTo("email_taken"));
        set(USERS + "/cfo@example.org/profile", "cfo@example.org").then().statusCode(200);
    }

    @Test
    void whenUsernameIsAnothersAddressThenTaken() {
        set(MIA, "mia@exämple.org").then().statusCode(200);
        for (String name : List.of("mia@EXÄMPLE.org", "Mia@xn--exmple-cua.org")) {
            admin.post(USERS, "{'name': '" + name + "'}").then().statusCode(409).body("code", equalTo("name_taken"));
        }
    }

    @Test
    void whenTakenAsNameAndAsAddressAtOnceThenOneGetsIt() {
        for (int i = 0; i < 5; i++) {
            String text = "race" + i + "@example.org";
            List<Integer> statuses = Http.statusesAtOnce(List.of(
                    Http.request(admin.token(), "PATCH", MIA, "{\"email_address\": \"" + text + "\"}"),
                    Http.request(admin.token(), "POST", USERS, "{\"name\": \"" + text + "\"}")));
            assertEquals(1, statuses.stream().filter(status -> status < 300).count(), text);
            org.hamcrest.MatcherAssert.assertThat(statuses, hasItems(409));
        }
    }

    private Response set(String path, String address) {
        return admin.patch(path, "{'email_address': '" + address + "'}");
    }

    private Response find(String address) {
        return admin.request().queryParam("email", address).get(USERS);
    }
}
