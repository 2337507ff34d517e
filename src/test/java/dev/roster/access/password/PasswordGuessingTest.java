package dev.roster.access.password;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.BehindProxy;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What guesses at a password lead to: for who guesses, and for whose password it is. */
@QuarkusTest
@TestProfile(BehindProxy.class)
class PasswordGuessingTest {
    private static final String PASSWORD = "correct horse battery";
    private static final int FREE = 5;
    private static final String BLOCKED = """
            {"detail": ["IllegalOperationError", "Too many wrong passwords were tried; it works only from where it worked lately, until a new one is set."]}
            """;

    private final TestOrganization organization = TestOrganization.create();
    private final String name = "ada-" + UUID.randomUUID();
    private final String email = name + "@example.com";
    private final UUID id = TestRows.person(organization, name, email, Role.MEMBER);
    private final String home = address();

    @Inject
    TestClock clock;

    @BeforeEach
    void givePassword() {
        change(Map.of("password", PASSWORD, "password_expired", false));
    }

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenGuessedByAnyNameFromAnyAddressThenOneCountWithGrowingWaits() {
        clock.stop();
        List<String> names = List.of(name, email, name.toUpperCase(java.util.Locale.ROOT));
        for (int i = 0; i <= FREE; i++) {
            wrong(names.get(i % 3)).then().statusCode(401);
        }
        for (int wait : new int[] {1, 2, 4}) {
            for (String typed : names) {
                signIn(typed, PASSWORD, address()).then().statusCode(429).header("Retry-After", equalTo("" + wait));
            }
            clock.advance(Duration.ofSeconds(wait));
            wrong(name).then().statusCode(401);
        }
        clock.advance(Duration.ofSeconds(8));
        signIn(email, PASSWORD, address()).then().statusCode(200);
        // A success forgets them
        for (int i = 0; i <= FREE; i++) {
            wrong(name).then().statusCode(401);
        }
    }

    @Test
    void whenNobodyHasTheNameThenTheSameAnswers() {
        clock.stop();
        String nobody = "nobody-" + UUID.randomUUID();
        for (String typed : List.of(name, nobody)) {
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < FREE + 3; i++) {
                Response answer = wrong(typed);
                answers.add(answer.statusCode() + " " + answer.header("Retry-After"));
            }
            assertEquals(
                    List.of("401 null", "401 null", "401 null", "401 null", "401 null", "401 null", "429 1", "429 1"),
                    answers);
            Database.execute("UPDATE password_failures SET failures = 100");
            assertAnswer(wrong(typed), 403, BLOCKED);
        }
    }

    @Test
    void whenHundredGuessesThenOnlyANewPasswordHelps() {
        for (int i = 0; i < 100; i++) {
            wrong(i % 2 == 0 ? name : email).then().statusCode(401);
            clock.advance(Duration.ofMinutes(15));
        }
        clock.advance(Duration.ofDays(400));
        assertAnswer(signIn(name, PASSWORD, address()), 403, BLOCKED);
        assertAnswer(signIn(email, PASSWORD, address()), 403, BLOCKED);
        change(Map.of("password", "another good one", "password_expired", false));
        signIn(name, "another good one", address()).then().statusCode(200);
    }

    @Test
    void whenNetworkIsKnownThenStrangersDoNotHinder() {
        clock.stop();
        signIn(name, PASSWORD, home).then().statusCode(200);
        guessUntilPutOff();
        signIn(name, PASSWORD, home).then().statusCode(200);
        guessUntilPutOff();
        Database.execute("UPDATE password_failures SET failures = 100 WHERE user_id = ?", id);
        assertAnswer(signIn(name, PASSWORD, address()), 403, BLOCKED);
        signIn(name, PASSWORD, home).then().statusCode(200);
        signIn(name, PASSWORD, address()).then().statusCode(200);
    }

    /** Also when it changes something that takes its password, from where it has signed in. */
    @Test
    void whenNetworkIsKnownThenStrangersDoNotHinderItsOwnChanges() {
        String token =
                signIn(name, PASSWORD, home).then().statusCode(200).extract().path("access_token");
        clock.stop();
        guessUntilPutOff();
        changeOwn(token, address(), PASSWORD).then().statusCode(429);
        changeOwn(token, home, "wrong").then().statusCode(403);
        changeOwn(token, home, PASSWORD).then().statusCode(200);
    }

    private static Response changeOwn(String token, String address, String current) {
        return given().auth()
                .preemptive()
                .oauth2(token)
                .header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(Map.of("new_password", "another good one", "current_password", current))
                .put("/api/v1/users/me/password");
    }

    @Test
    void whenSpelledOtherwiseThenCountedAsTheSameWhetherThereIsAnAccountOrNot() {
        clock.stop();
        for (String typed : List.of(name, email, "nobody-" + UUID.randomUUID() + "@example.com")) {
            for (int i = 0; i <= FREE; i++) {
                wrong(typed).then().statusCode(401);
            }
            String first = String.valueOf((char) (typed.charAt(0) - 'a' + '\uFF41'));
            wrong(first + typed.substring(1)).then().statusCode(429);
            Database.execute("DELETE FROM password_failures");
        }
    }

    @Test
    void whenKnownNetworkGuessesThenItHasACountOfItsOwn() {
        clock.stop();
        signIn(name, PASSWORD, home).then().statusCode(200);
        for (int i = 0; i <= FREE; i++) {
            signIn(name, "guess " + i, home).then().statusCode(401);
        }
        signIn(name, PASSWORD, home).then().statusCode(429);
        signIn(name, PASSWORD, address()).then().statusCode(200);
    }

    @Test
    void whenSignInIsLongAgoThenItsNetworkIsUnknown() {
        clock.stop();
        signIn(name, PASSWORD, home).then().statusCode(200);
        clock.advance(Duration.ofDays(31));
        guessUntilPutOff();
        signIn(name, PASSWORD, home).then().statusCode(429);
    }

    @Test
    void whenNetworkIsAnIpv6OneThenAllOfIt() {
        clock.stop();
        String network = "2001:db8:" + hex() + ":" + hex() + ":";
        signIn(name, PASSWORD, network + ":1").then().statusCode(200);
        guessUntilPutOff();
        signIn(name, PASSWORD, network + "abcd::2").then().statusCode(200);
    }

    @Test
    void whenAddressIsFloodedThenOnlyKnownAccountsSignIn() {
        signIn(name, PASSWORD, home).then().statusCode(200);
        for (int i = 0; i < BehindProxy.PER_ADDRESS; i++) {
            signIn("guess-" + UUID.randomUUID(), "wrong", home).then().statusCode(401);
        }
        signIn("guess-" + UUID.randomUUID(), "wrong", home).then().statusCode(429);
        signIn(name, PASSWORD, home).then().statusCode(200);
    }

    @Test
    void whenTheSameWrongPasswordIsRepeatedThenItCountsOnce() {
        for (int i = 0; i < 3 * FREE; i++) {
            signIn(name, "of last year", address()).then().statusCode(401);
        }
        signIn(name, PASSWORD, address()).then().statusCode(200);
    }

    /** Or repeating one would cost us a hash each time, and whoever does it nothing. */
    @Test
    void whenTheSameWrongPasswordIsRepeatedThenItsNetworkIsPutOffUnlessItIsKnown() {
        String elsewhere = address();
        for (String typed : List.of(name, "nobody-" + UUID.randomUUID())) {
            String from = address();
            for (int i = 0; i < BehindProxy.PER_ADDRESS; i++) {
                signIn(typed, "of last year", from).then().statusCode(401);
            }
            signIn(typed, "of last year", from).then().statusCode(429);
            signIn(typed, "of last year", elsewhere).then().statusCode(401);
        }
        signIn(name, PASSWORD, home).then().statusCode(200);
        for (int i = 0; i < 3 * BehindProxy.PER_ADDRESS; i++) {
            signIn(name, "of last year", home).then().statusCode(401);
        }
        signIn(name, PASSWORD, home).then().statusCode(200);
    }

    @Test
    void whenStrangersRepeatOneFromEverywhereAtOnceThenWhoIsKnownSignsIn() {
        signIn(name, PASSWORD, home).then().statusCode(200);
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            requests.add(request(name, "wrong", address()));
        }
        requests.add(request(name, PASSWORD, home));
        List<Integer> statuses = Http.statusesAtOnce(requests);
        assertEquals(200, statuses.get(90));
        assertTrue(statuses.contains(429), statuses.toString());
    }

    @Test
    void whenAccountIsRemovedThenNothingOfItIsKept() {
        signIn(name, PASSWORD, home).then().statusCode(200);
        wrong(name);
        signIn(name, "wrong", home);
        given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .delete("/api/v1/users/" + name)
                .then()
                .statusCode(204);
        for (String table : List.of("password_failures", "known_networks")) {
            assertEquals(0L, Database.value("SELECT count(*) FROM " + table + " WHERE user_id = ?", id));
        }
    }

    @Test
    void whenOneAddressSignsInAHundredTimesAtOnceThenOthersAreServed() {
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 95; i++) {
            requests.add(request("n" + i, "wrong", home));
        }
        requests.add(request(name, PASSWORD, address()));
        List<Integer> statuses = Http.statusesAtOnce(requests);
        assertEquals(200, statuses.get(95));
        Set<Integer> others = statuses.subList(0, 95).stream().collect(Collectors.toSet());
        assertTrue(Set.of(401, 429).containsAll(others), others.toString());
    }

    /** As strangers do, until the next one has to wait; the clock stands still, for the first wait is a second. */
    private void guessUntilPutOff() {
        while (wrong(name).statusCode() == 401) {
            // goes on
        }
        assertEquals(429, wrong(name).statusCode());
    }

    private Response wrong(String typed) {
        return signIn(typed, "wrong " + UUID.randomUUID(), address());
    }

    private Response signIn(String typed, String password, String address) {
        return given().header("X-Forwarded-For", address)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("username", typed)
                .formParam("password", password)
                .formParam("organization", organization.name())
                .post("/auth/login");
    }

    private HttpRequest request(String typed, String password, String address) {
        String form = "username="
                + typed
                + "&password="
                + password.replace(' ', '+')
                + "&organization="
                + organization.name();
        return Http.form("/auth/login", form, "X-Forwarded-For", address);
    }

    private void change(Map<String, ?> change) {
        given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(change)
                .patch("/users/{id}", id)
                .then()
                .statusCode(200);
    }

    private static String address() {
        return IntStream.range(0, 3)
                .mapToObj(i -> "" + ThreadLocalRandom.current().nextInt(256))
                .collect(Collectors.joining(".", "10.", ""));
    }

    private static String hex() {
        return Integer.toHexString(ThreadLocalRandom.current().nextInt(1, 0xffff));
    }
}
