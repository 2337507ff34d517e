package dev.roster.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody calls itself like somebody else's e-mail address, however that is spelled. */
@QuarkusTest
class NamesOfOthersTest {
    private static final String JSON = "application/json; charset=UTF-8";

    private final TestOrganization organization = TestOrganization.create();
    private final String address = "cfo-" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";

    /** An import keeps all names for itself and counts behind that: the two would wait in a circle. */
    @Test
    void whenANameWaitsForOthersThenItIsNotCountedYet() throws Exception {
        UUID mia = TestRows.person(organization, "mia", "mia-" + address, Role.MEMBER);
        Database.execute(
                "INSERT INTO user_counts (organization_id, slot, persons, changes)"
                        + " SELECT ?, slot, 0, 0 FROM generate_series(0, 31) AS slot ON CONFLICT DO NOTHING",
                organization.id());
        String admin = organization.token(Role.ADMIN);
        CompletableFuture<HttpResponse<String>> renamed;
        try (TableLock names = TableLock.holding("identifiers " + organization.id())) {
            renamed = Http.begin(List.of(Http.request(admin, "PATCH", "/users/" + mia, "{\"username\":\"eva\"}")))
                    .get(0);
            names.awaitWaiting();
            // None of its rows is locked
            assertEquals(
                    Database.value("SELECT count(*) FROM user_counts WHERE organization_id = ?", organization.id()),
                    Database.value(
                            "SELECT count(*) FROM (SELECT FROM user_counts WHERE organization_id = ?"
                                    + " FOR UPDATE SKIP LOCKED) AS free",
                            organization.id()));
        }
        assertEquals(200, renamed.join().statusCode());
        assertEquals("eva", Database.value("SELECT username FROM users WHERE id = ?", mia));
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, 422", "ADMIN, 409"})
    void whenAccountRenamesItselfToAnothersAddressThenRefused(Role role, int status) {
        TestRows.person(organization, "cfo", address, Role.MEMBER);
        TestClient mia = organization.add("mia", role);
        String said = status == 422 ? "must not be an e-mail address" : "The name is taken";
        for (String spelled : List.of(address, address.toUpperCase(Locale.ROOT))) {
            String answer = rename(mia, spelled, status);
            assertTrue(answer.contains(said), answer);
        }
        assertEquals("mia", Database.value("SELECT username FROM users WHERE id = ?", mia.userId()));
    }

    /** As a sign-in or a reset compares names, which would find this account in place of the address's. */
    @ParameterizedTest
    @ValueSource(strings = {"c \uFF43", "f \uFF26", "@ \uFF20", "@ \uFE6B", "example \uFF45xample", ".org .\u24DErg"})
    void whenANameIsComparedLikeAnothersAddressThenNoAccountGetsIt(String letters) {
        UUID cfo = TestRows.person(organization, "cfo", address, Role.MEMBER);
        String[] plain = letters.split(" ", -1);
        String spelled = address.replaceFirst(Pattern.quote(plain[0]), plain[1]);
        rename(organization.add("mia", Role.MEMBER), spelled, 422);
        TestClient admin = organization.add("ida", Role.ADMIN);
        given().auth()
                .preemptive()
                .oauth2(admin.token())
                .contentType(JSON)
                .body(Map.of("name", spelled))
                .post("/api/v1/users")
                .then()
                .statusCode(409);
        given().auth()
                .preemptive()
                .oauth2(admin.token())
                .contentType(JSON)
                .body(Map.of("name", spelled, "display_name", "x"))
                .post("/api/v1/users/import")
                .then()
                .statusCode(200)
                .body(containsString("name_taken"));
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND (username_key = ? OR email_key = ?)",
                        organization.id(),
                        address,
                        address));
        assertEquals(address, Database.value("SELECT email FROM users WHERE id = ?", cfo));
    }

    /** Whoever was first has the name, in whichever letters the second wants it. */
    @Test
    void whenTwoNamesAreComparedAlikeThenTheSecondIsTaken() {
        String token = organization.token(Role.ADMIN);
        String other = address.replaceFirst("c", "\uFF43");
        String plain = "x" + address;
        String wide = plain.replaceFirst("x", "\uFF58");
        for (List<String> names : List.of(List.of(address, other), List.of(wide, plain))) {
            assertEquals(201, create(token, names.get(0)));
            assertEquals(409, create(token, names.get(1)));
        }
    }

    private static int create(String token, String name) {
        return given().auth()
                .preemptive()
                .oauth2(token)
                .contentType(JSON)
                .body(Map.of("name", name))
                .post("/api/v1/users")
                .statusCode();
    }

    /** Their servers may tell them apart, and so does a sign-in: each finds the account that has it as it is typed. */
    @Test
    void whenTwoAddressesAreComparedAlikeAsNamesThenEachSignsInToItsOwnAccount() {
        String wide = address.replaceFirst("c", "\uFF43");
        String token = organization.token(Role.ADMIN);
        Map<String, String> passwords = Map.of(address, "first correct horse", wide, "second correct horse");
        passwords.forEach((email, password) -> {
            UUID person = TestRows.person(organization, password.split(" ", -1)[0], Role.MEMBER);
            given().auth()
                    .preemptive()
                    .oauth2(token)
                    .contentType(JSON)
                    .body(Map.of("email", email, "password", password, "password_expired", false))
                    .patch("/users/{id}", person)
                    .then()
                    .statusCode(200);
        });
        passwords.forEach((email, password) -> {
            given().auth()
                    .preemptive()
                    .oauth2(organization
                            .signIn(email, password)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("access_token"))
                    .get("/users/me")
                    .then()
                    .body("email", is(email));
            passwords.values().stream()
                    .filter(other -> !other.equals(password))
                    .forEach(other -> organization.signIn(email, other).then().statusCode(401));
        });
        organization
                .signIn(address.toUpperCase(Locale.ROOT), passwords.get(address))
                .then()
                .statusCode(200);
    }

    /** Two addresses, as far as anyone but their server can tell, of which the second makes no name like the first. */
    @Test
    void whenAnAddressIsComparedLikeAnothersThenItsAccountGetsAnotherName() {
        TestRows.person(organization, "cfo", "m\u00FCller@example.org", Role.MEMBER);
        given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(JSON)
                .body(Map.of("email_address", "M\u00DCLLER@example.org"))
                .post("/api/v1/users/import")
                .then()
                .statusCode(200)
                .body(containsString("name_taken"));
        given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(JSON)
                .body(Map.of("email", "M\u00DCLLER@example.org", "role", "member"))
                .post("/api/v1/invites")
                .then()
                .statusCode(201);
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND email = ? AND username LIKE ?",
                        organization.id(),
                        "M\u00DCLLER@example.org",
                        "M\u00DCLLER@example.org-%"));
    }

    @Test
    void whenAddressIsNobodysThenAMemberIsNotCalledSoEither() {
        rename(organization.add("mia", Role.MEMBER), address, 422);
    }

    @Test
    void whenAddressIsTheOwnThenItMayBeTheName() {
        TestClient mia = organization.add("mia", Role.MEMBER);
        TestRows.email(mia.userId(), address);
        rename(mia, address, 200);
    }

    private static String rename(TestClient account, String name, int status) {
        return given().auth()
                .preemptive()
                .oauth2(account.token())
                .contentType(JSON)
                .body(Map.of("username", name))
                .patch("/users/{id}", account.userId())
                .then()
                .statusCode(status)
                .extract()
                .asString();
    }
}
