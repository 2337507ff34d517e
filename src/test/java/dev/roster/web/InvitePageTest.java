package dev.roster.web;

import static dev.roster.testing.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that the link of an invite leads to. */
@QuarkusTest
@Tag("packaged")
class InvitePageTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern PATH = Pattern.compile("(/invite\\?code=([\\w-]{64}))#token=");

    private final TestOrganization organization = TestOrganization.create();
    private final String email = "ada-" + UUID.randomUUID() + "@example.org";
    private final TestBrowser browser = new TestBrowser();

    @Test
    void saysWhoInvitesWhomToWhatAndTheRulesBefore() {
        browser.get(page(invite()))
                .then()
                .statusCode(200)
                .body(containsString("admin invites " + email + " to Test as member."))
                .body(containsString("At least 8 characters"));
    }

    @Test
    void whenLookedAtHoweverOftenThenNothingChanges() {
        String page = page(invite());
        String before = rows();
        for (int i = 0; i < 5; i++) {
            given().head(page).then().statusCode(200);
            given().get(page).then().statusCode(200);
            browser.get(page).then().statusCode(200);
        }
        assertEquals(before, rows());
        accept(page, "Ada", PASSWORD).then().statusCode(303);
    }

    @Test
    void whenAcceptedThenSignedIn() {
        accept(page(invite()), "Ada Lovelace", PASSWORD).then().statusCode(303).header("Location", "/account");
        browser.get("/account").then().statusCode(200).body(containsString("Signed in as Ada Lovelace at Test."));
    }

    @Test
    void whenThePasswordIsRefusedThenSaidBesideItAndTheNameIsKept() {
        String page = page(invite());
        accept(page, "Ada", "password")
                .then()
                .statusCode(422)
                .body(containsString("id=\"password-error\""))
                .body(containsString("This is one of the most common passwords"))
                .body(containsString("value=\"Ada\""));
        accept(page, "Ada", PASSWORD).then().statusCode(303);
    }

    @Test
    void whenTheNameIsRefusedThenSaidBesideIt() {
        accept(page(invite()), "A".repeat(151), PASSWORD)
                .then()
                .statusCode(422)
                .body(containsString("id=\"name-error\""));
    }

    @Test
    void whenUsedThenToTheSignIn() {
        String page = page(invite());
        accept(page, "Ada", PASSWORD);
        TestBrowser other = new TestBrowser();
        other.get(page).then().statusCode(409).body(containsString("accepted already"));
        other.get("/signin").then().body(containsString("name=\"organization\" value=\"" + organization.name() + "\""));
    }

    /** The browser shows the answer to the second click, with or without what the first has signed in. */
    @Test
    void whenTheFormComesTwiceThenNothingIsSaidToHaveFailed() {
        Map<String, String> form = form(page(invite()));
        TestBrowser early = new TestBrowser();
        early.cookies().putAll(browser.cookies());
        browser.post("/invite", form).then().statusCode(303).header("Location", "/account");
        for (TestBrowser second : List.of(early, browser)) {
            String signIn = second.post("/invite", form)
                    .then()
                    .statusCode(303)
                    .header("Location", "/signin?organization=" + organization.name())
                    .extract()
                    .header("Location");
            String said = "The invite is accepted. If you pressed twice, sign in with the password that you chose.";
            second.get(signIn).then().statusCode(200).body(containsString(said));
            second.get(signIn).then().body(not(containsString(said)));
        }
    }

    /** None of the clicks signs up, so that all of them ask for a hash. */
    @Test
    void whenThePasswordCannotBeHashedNowThenTheFormIsShownAgain() {
        Map<String, String> form = form(page(invite()));
        Database.execute(
                "UPDATE users SET status = 'active' WHERE organization_id = ? AND email = ?", organization.id(), email);
        List<Response> busy = AtOnce.all(40, i -> click(form)).stream()
                .filter(answer -> answer.statusCode() == 429)
                .toList();
        assertFalse(busy.isEmpty());
        for (Response answer : busy) {
            answer.then()
                    .header("Retry-After", "1")
                    .body(containsString("id=\"password-error\" role=\"alert\">The service is busy. Wait a second"))
                    .body(containsString("value=\"Ada Lovelace\""))
                    .body(not(containsString(PASSWORD)));
        }
    }

    private Map<String, String> form(String page) {
        Map<String, String> form = new HashMap<>(browser.hidden(page));
        form.putAll(Map.of("code", code(page), "name", "Ada Lovelace", "password", PASSWORD));
        return form;
    }

    private Response click(Map<String, String> form) {
        TestBrowser tab = new TestBrowser();
        tab.cookies().putAll(browser.cookies());
        return tab.post("/invite", form);
    }

    @Test
    void whenRevokedThenSaid() {
        Response invite = invite();
        as(organization.token(Role.ADMIN))
                .delete("/api/v1/invites/{id}", invite.<String>path("id"))
                .then()
                .statusCode(204);
        browser.get(page(invite)).then().statusCode(410).body(containsString("withdrawn"));
    }

    @Test
    void whenSentAgainThenOnlyTheNewestLinkIsGood() {
        Response invite = invite();
        Response again =
                as(organization.token(Role.ADMIN)).post("/api/v1/invites/{id}/resend", invite.<String>path("id"));
        browser.get(page(invite)).then().statusCode(410).body(containsString("newest mail"));
        browser.get(page(again)).then().statusCode(200);
    }

    @Test
    void whenExpiredThenSaid() {
        Response invite = invite();
        Database.execute(
                "UPDATE invites SET expires_at = now() - interval '1 second' WHERE organization_id = ?",
                organization.id());
        browser.get(page(invite)).then().statusCode(410).body(containsString("has expired"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/invite", "/invite?code=", "/invite?code=x", "/invite?code=%3Cscript%3E"})
    void whenThereIsNoSuchCodeThenSaid(String page) {
        browser.get(page)
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("Open the link of the newest mail"))
                .body(not(containsString("<script>")));
    }

    @Test
    void whenTheFormIsNotOursThenNothingIsAccepted() {
        String page = page(invite());
        browser.post("/invite", Map.of("code", code(page), "name", "Ada", "password", PASSWORD))
                .then()
                .statusCode(403);
        browser.get(page).then().statusCode(200);
    }

    @Test
    void whenAProgramHasTheCodeThenItGetsTheTokenThatAccepts() {
        String page = page(invite());
        String token = token(code(page)).then().statusCode(200).extract().path("token");
        token("x").then().statusCode(404).body("code", equalTo("invite_not_found"));
        as(token)
                .body(Map.of("name", "Ada", "password", PASSWORD))
                .post("/api/v1/invites/accept")
                .then()
                .statusCode(200);
        token(code(page)).then().statusCode(409).body("code", equalTo("invite_used"));
    }

    private static Response token(String code) {
        return given().contentType(ContentType.JSON).body(Map.of("code", code)).post("/api/v1/invites/token");
    }

    @Test
    void databaseHoldsNoCode() {
        String page = page(invite());
        Object rows = Database.value(
                "SELECT string_agg(c::text, ' ') FROM invite_codes c WHERE organization_id = ?", organization.id());
        assertFalse(rows.toString().contains(code(page)));
    }

    private Response invite() {
        Response created = as(organization.token(Role.ADMIN))
                .body(Map.of("email", email, "role", "member"))
                .post("/api/v1/invites");
        created.then().statusCode(201).body("email", equalTo(email));
        return created;
    }

    private Response accept(String page, String name, String password) {
        return browser.submit(page, "/invite", Map.of("code", code(page), "name", name, "password", password));
    }

    private String rows() {
        return (String) Database.value(
                "SELECT concat(i.*, u.*) FROM invites i JOIN users u ON u.organization_id = i.organization_id"
                        + " AND u.id = i.user_id WHERE i.organization_id = ?",
                organization.id());
    }

    private static String page(Response sent) {
        Matcher path = PATH.matcher(sent.<String>path("invite_link"));
        path.find();
        return path.group(1);
    }

    private static String code(String page) {
        return page.substring(page.indexOf('=') + 1);
    }
}
