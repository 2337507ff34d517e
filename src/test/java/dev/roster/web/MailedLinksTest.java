package dev.roster.web;

import static dev.roster.testing.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.MailServer;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages that mails lead to, from a real mail server; gateways have dropped what stands behind the hash sign. */
@QuarkusTest
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
class MailedLinksTest {
    private static final Pattern PATH = Pattern.compile("http://[^/\\s]+(/[a-z-]+\\?code=([\\w-]{64}))#");

    private static final Pattern RESET = Pattern.compile("http://[^/\\s]+(/password/reset\\?code=([\\w-]{64}))\\s");

    private final TestOrganization organization = TestOrganization.create();
    private final String email = "ada-" + UUID.randomUUID() + "@example.org";
    private final TestBrowser browser = new TestBrowser();

    @Test
    void fromTheMailOfAnInviteToASignedInAccount() {
        try (MailServer server = MailServer.start()) {
            as(organization.token(Role.ADMIN))
                    .body(Map.of("email", email, "role", "member"))
                    .post("/api/v1/invites")
                    .then()
                    .statusCode(201);
            Matcher link = MailServer.found(server.awaitMails(email, 1).get(0), PATH);
            browser.submit(
                            link.group(1),
                            "/invite",
                            Map.of("code", link.group(2), "name", "Ada", "password", "correct horse battery staple"))
                    .then()
                    .statusCode(303);
            browser.get("/account").then().statusCode(200).body(containsString("Signed in as Ada at Test."));
            assertEquals(email, proven(email));
        }
    }

    @Test
    void whenANewAddressIsConfirmedThenByTheFormAloneAndOnce() {
        TestClient mia = organization.add("mia", Role.MEMBER);
        TestRows.email(mia.userId(), "old-" + email);
        try (MailServer server = MailServer.start()) {
            as(mia.token())
                    .body(Map.of("email", email))
                    .patch("/users/{id}", mia.userId())
                    .then()
                    .statusCode(200);
            Matcher link = MailServer.found(server.awaitMails(email, 1).get(0), PATH);
            given().head(link.group(1)).then().statusCode(200);
            browser.get(link.group(1))
                    .then()
                    .statusCode(200)
                    .body(containsString(email + " becomes the address of the account "));
            assertEquals("old-" + email, stored(mia));
            browser.post("/confirm-email", Map.of("code", link.group(2))).then().statusCode(403);
            Map<String, String> form = Map.of("code", link.group(2));
            browser.submit(link.group(1), "/confirm-email", form)
                    .then()
                    .statusCode(200)
                    .body(containsString("Your e-mail address is confirmed"));
            assertEquals(email, stored(mia));
            assertEquals(email, proven(email));
            // A second click is no mistake; whoever else has the code learns nothing
            browser.submit("/signin", "/confirm-email", form)
                    .then()
                    .statusCode(200)
                    .body(containsString("Your e-mail address is confirmed"));
            new TestBrowser().submit("/signin", "/confirm-email", form).then().statusCode(410);
            as(mia.token())
                    .get("/api/v1/users/me")
                    .then()
                    .statusCode(200)
                    .body(not(containsString("pending_email_address")));
            browser.get(link.group(1)).then().statusCode(410).body(containsString("Ask for the change once more."));
        }
        browser.get("/confirm-email?code=x").then().statusCode(410);
    }

    @Test
    void whenANewAddressIsThatOfAnotherByNowThenThatIsSaid() {
        TestClient mia = organization.add("mia", Role.MEMBER);
        TestRows.email(mia.userId(), "old-" + email);
        try (MailServer server = MailServer.start()) {
            as(mia.token())
                    .body(Map.of("email", email))
                    .patch("/users/{id}", mia.userId())
                    .then()
                    .statusCode(200);
            Matcher link = MailServer.found(server.awaitMails(email, 1).get(0), PATH);
            TestRows.person(organization, "bob", email, Role.MEMBER);
            browser.submit(link.group(1), "/confirm-email", Map.of("code", link.group(2)))
                    .then()
                    .statusCode(409)
                    .body(containsString("The e-mail address belongs to another account by now. Choose another one."))
                    .body(containsString("href=\"/account\""));
            assertEquals("old-" + email, stored(mia));
        }
    }

    @Test
    void whenAnAddressIsChangedTooOftenThenThatIsSaidAndNotThatThePasswordIsWrong() {
        String password = "correct horse battery staple";
        TestClient mia = organization.add("mia", Role.MEMBER);
        as(organization.token(Role.ADMIN))
                .body(Map.of("password", password, "password_expired", false))
                .patch("/users/{id}", mia.userId())
                .then()
                .statusCode(200);
        browser.submit(
                "/signin", "/signin", Map.of("organization", organization.name(), "name", "mia", "password", password));
        for (int i = 0; i < 5; i++) {
            changeAddress(i + email, password).then().statusCode(303).header("Location", "/account");
        }
        browser.get("/account").then().body(containsString("A mail is on its way to your new address: open its link."));
        changeAddress(email, password)
                .then()
                .statusCode(429)
                .header("Retry-After", not(emptyString()))
                .body(containsString("aria-describedby=\"email-rule email-error\""))
                .body(containsString("Too many requests. Look into your mailbox, or try again in "))
                .body(not(containsString("current-error")));
    }

    private Response changeAddress(String wanted, String password) {
        return browser.submit(
                "/account/email", "/account/email", Map.of("email", wanted, "current_password", password));
    }

    @Test
    void whenAPasswordIsForgottenThenTheFormOfTheLinkAloneSetsAnotherOnce() {
        TestClient ada = organization.add("ada", Role.MEMBER);
        TestRows.email(ada.userId(), email);
        Database.execute("DELETE FROM rate_limits WHERE name = 'password-reset:network'");
        browser.get("/signin?organization=a%26b")
                .then()
                .body(containsString("<a href=\"/password/forgot?organization=a%26b\">"));
        String asked = forgot("ada");
        assertEquals(asked, forgot("nobody"));
        assertTrue(asked.contains("Look into your mailbox"), asked);
        try (MailServer server = MailServer.start()) {
            Matcher link = MailServer.found(server.awaitMails(email, 1).get(0), RESET);
            String before = reset();
            for (int i = 0; i < 3; i++) {
                given().head(link.group(1)).then().statusCode(200);
                browser.get(link.group(1))
                        .then()
                        .statusCode(200)
                        .body(containsString("the password of ada at Test"))
                        .body(containsString("At least 8 characters"));
            }
            assertEquals(before, reset());
            Map<String, String> form = Map.of("code", link.group(2), "new_password", "correct horse battery staple");
            browser.post("/password/reset", form).then().statusCode(403);
            browser.submit(link.group(1), "/password/reset", Map.of("code", link.group(2), "new_password", "password"))
                    .then()
                    .statusCode(422)
                    .body(containsString("id=\"new-error\""))
                    .body(containsString("This is one of the most common passwords"));
            browser.submit(link.group(1), "/password/reset", form)
                    .then()
                    .statusCode(200)
                    .body(containsString("Your password is changed"))
                    .body(containsString("/signin?organization=" + organization.name() + "&amp;login_hint=ada"));
            // A second click is no mistake; whoever else has the code learns nothing, and it sets no other password
            String set = hash(ada);
            browser.submit("/signin", "/password/reset", form)
                    .then()
                    .statusCode(200)
                    .body(containsString("Your password is changed"))
                    .body(containsString("/signin?organization=" + organization.name() + "&amp;login_hint=ada"));
            new TestBrowser()
                    .submit("/signin", "/password/reset", form)
                    .then()
                    .statusCode(410)
                    .body(not(containsString("ada")));
            browser.submit(
                            "/signin",
                            "/password/reset",
                            Map.of("code", link.group(2), "new_password", "another horse battery staple"))
                    .then()
                    .statusCode(410);
            given().contentType(ContentType.JSON)
                    .body(Map.of("code", link.group(2), "password", "correct horse battery staple"))
                    .post("/api/v1/password/reset")
                    .then()
                    .statusCode(410);
            assertEquals(set, hash(ada));
            browser.get(link.group(1)).then().statusCode(410).body(containsString("/password/forgot"));
            browser.get("/password/forgot")
                    .then()
                    .body(containsString("name=\"organization\" value=\"" + organization.name() + "\""));
            browser.signIn(organization.name(), "ada", "correct horse battery staple")
                    .then()
                    .statusCode(303);
        }
    }

    /** None of the clicks gets further while the account is locked. */
    @Test
    void whenAPasswordCannotBeHashedNowThenTheFormIsShownAgain() throws Exception {
        TestClient ada = organization.add("ada", Role.MEMBER);
        TestRows.email(ada.userId(), email);
        Database.execute("DELETE FROM rate_limits WHERE name = 'password-reset:network'");
        forgot("ada");
        try (MailServer server = MailServer.start()) {
            Matcher link = MailServer.found(server.awaitMails(email, 1).get(0), RESET);
            Map<String, String> form = new HashMap<>(browser.hidden(link.group(1)));
            form.putAll(Map.of(
                    "code", link.group(2), "new_password", "correct horse battery staple", "revoke_keys", "true"));
            clickWhileLocked(ada, form)
                    .then()
                    .header("Retry-After", "1")
                    .body(containsString("id=\"new-error\" role=\"alert\">The service is busy. Wait a second"))
                    .body(containsString("name=\"revoke_keys\" value=\"true\" checked>"))
                    .body(not(containsString("battery")));
        }
    }

    /** The first of many answers that says to wait. */
    private Response clickWhileLocked(TestClient account, Map<String, String> form) throws Exception {
        BlockingQueue<Response> busy = new LinkedBlockingQueue<>();
        try (TableLock lock = TableLock.ofRow("users", account.userId())) {
            CompletableFuture<List<Integer>> statuses =
                    CompletableFuture.supplyAsync(() -> AtOnce.all(40, i -> click(form, busy)));
            Response first = busy.poll(1, TimeUnit.MINUTES);
            lock.commit();
            assertEquals(Set.of(200, 429), Set.copyOf(statuses.get(1, TimeUnit.MINUTES)));
            return first;
        }
    }

    private int click(Map<String, String> form, Queue<Response> busy) {
        TestBrowser tab = new TestBrowser();
        tab.cookies().putAll(browser.cookies());
        Response answer = tab.post("/password/reset", form);
        if (answer.statusCode() == 429) {
            busy.add(answer);
        }
        return answer.statusCode();
    }

    @Test
    void whenAskedTooOftenThenSaidBesideTheName() {
        Database.execute("DELETE FROM rate_limits WHERE name = 'password-reset:network'");
        for (int i = 0; i < 5; i++) {
            forgot("nobody");
        }
        Map<String, String> form = Map.of("organization", organization.name(), "name", "nobody");
        browser.submit("/password/forgot", "/password/forgot", form)
                .then()
                .statusCode(429)
                .body(containsString("aria-describedby=\"name-error\""))
                .header("Retry-After", not(emptyString()));
        browser.submit("/password/forgot", "/password/forgot", Map.of("name", " "))
                .then()
                .statusCode(422)
                .body(containsString("Enter a value."));
    }

    @Test
    void whenALinkFillsInWhatNobodyTypesThenTheFieldIsEmpty() {
        for (String hint : List.of("%00", "%E2%80%AEada", "a%0Ab", "x".repeat(321))) {
            browser.get("/password/forgot?login_hint=" + hint + "&organization=" + hint)
                    .then()
                    .statusCode(200)
                    .body(containsString("name=\"name\" value=\"\""))
                    .body(containsString("name=\"organization\" value=\"\""));
        }
        browser.get("/password/forgot?login_hint=ada&organization=b")
                .then()
                .body(containsString("name=\"name\" value=\"ada\""))
                .body(containsString("name=\"organization\" value=\"b\""))
                .body(containsString("<a href=\"/signin?organization=b&amp;login_hint=ada\">"));
    }

    private static String hash(TestClient account) {
        return (String) Database.value("SELECT password_hash FROM users WHERE id = ?", account.userId());
    }

    private String forgot(String name) {
        return browser.submit(
                        "/password/forgot",
                        "/password/forgot",
                        Map.of("organization", organization.name(), "name", name))
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replaceAll("value=\"[\\w-]{43}\"", "")
                // What was typed comes back, and nothing of an account
                .replace("login_hint=" + name + "\"", "login_hint=\"");
    }

    private String reset() {
        return Database.value(
                        "SELECT CAST(r AS text) || count(*) OVER () FROM password_resets r WHERE organization_id = ?",
                        organization.id())
                .toString();
    }

    private static Object stored(TestClient account) {
        return Database.value("SELECT email FROM users WHERE id = ?", account.userId());
    }

    /** What applications are told as verified. */
    private Object proven(String address) {
        return Database.value(
                "SELECT proven_email FROM users WHERE organization_id = ? AND email = ?", organization.id(), address);
    }
}
