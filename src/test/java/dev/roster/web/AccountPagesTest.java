package dev.roster.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.audit.RecordedEvents;
import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one does to one's own account in a browser. */
@QuarkusTest
@Tag("packaged")
class AccountPagesTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Pattern KEY = Pattern.compile("<textarea[^>]*>([\\w.-]+)</textarea>");

    private final TestOrganization organization = TestOrganization.create();
    private final UUID ada = TestRows.person(organization, "ada", "ada@example.org", Role.MEMBER);
    private final TestBrowser browser = new TestBrowser();

    @BeforeEach
    void isSignedIn() {
        given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("password", PASSWORD, "password_expired", false))
                .patch("/users/{id}", ada)
                .then()
                .statusCode(200);
        signIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/profile", "/account/email", "/account/keys", "/account/applications"})
    void whenNotSignedInThenToTheSignInAndBack(String page) {
        TestBrowser stranger = new TestBrowser();
        stranger.get(page).then().statusCode(303).header("Location", "/signin?continue=" + page.replace("/", "%2F"));
        stranger.submit("/signin", page.equals("/account/applications") ? page + "/end" : page, Map.of())
                .then()
                .statusCode(303);
        browser.post(page.equals("/account/applications") ? page + "/end" : page, Map.of())
                .then()
                .statusCode(403);
        browser.get(page).then().statusCode(200).body(containsString("<nav"));
    }

    @Test
    void whenSomethingIsDoneInABrowserThenItsPersonIsTheActor() {
        int before = RecordedEvents.of(organization.id()).size();
        browser.submit("/account/profile", "/account/profile", Map.of("display_name", "A", "full_name", "B"))
                .then()
                .statusCode(303);
        // Whoever else sits at it has proved nothing
        browser.submit(
                "/signin",
                "/signin",
                Map.of(
                        "organization",
                        organization.name(),
                        "name",
                        "ada",
                        "password",
                        "wrong",
                        "continue",
                        "/account"));
        browser.submit("/account", "/signout", Map.of()).then().statusCode(303);
        List<JsonObject> events = RecordedEvents.of(organization.id());
        assertEquals(
                List.of("user.changed account " + ada, "sign_in.failed anonymous null", "token.revoked account " + ada),
                events.subList(before, events.size()).stream()
                        .map(event -> event.getString("type") + " " + event.getString("actor_kind") + " "
                                + event.getString("actor_id"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/account",
                "/account/profile",
                "/account/email",
                "/account/keys",
                "/account/applications",
                "/password",
                "/oauth2/logout"
            })
    void whenAFormIsShownThenItSaysToWhom(String page) {
        TestRows.consent(organization, ada, TestRows.application(organization));
        TestRows.apiKey(organization, ada);
        String shown = browser.get(page).asString();
        String whom = "<input type=\"hidden\" name=\"shown_to\" value=\"" + ada + "\">";
        assertTrue(shown.contains(whom), shown);
        assertEquals(shown.split("name=\"form_token\"", -1).length, shown.split(whom, -1).length, shown);
    }

    /** As by another tab, in which somebody else has signed in since. */
    @Test
    void whenAFormWasShownToAnotherAccountThenNothingIsDoneAndThatIsSaid() {
        UUID bob = TestRows.person(organization, "bob", "bob@example.org", Role.MEMBER);
        CodeFlow.setPassword(organization, bob);
        UUID wiki = TestRows.application(organization);
        TestRows.consent(organization, bob, wiki);
        Map<String, Map<String, String>> forms = new TreeMap<>(Map.of(
                "/account/profile", Map.of("display_name", "Countess", "full_name", "Ada Lovelace"),
                "/account/email", Map.of("email", "new@example.org", "current_password", "wrong"),
                "/account/keys", Map.of("name", "Report", "scope:users:read", "true", "end", ""),
                "/account/applications/end", Map.of("id", wiki.toString()),
                "/account/sessions/end", Map.of(),
                "/account/keys/end",
                        Map.of("id", TestRows.apiKey(organization, bob).toString()),
                "/signout", Map.of(),
                "/password", Map.of("current_password", "wrong", "new_password", "another " + PASSWORD)));
        Map<String, String> shown = browser.hidden("/account/keys");
        signIn(browser, "bob");
        String before = stateOf(bob);
        forms.forEach((action, fields) -> {
            Map<String, String> form = new HashMap<>(shown);
            form.putAll(fields);
            String page =
                    action.replace("/sessions/end", "").replace("/end", "").replace("/signout", "/account");
            browser.post(action, form)
                    .then()
                    .statusCode(409)
                    .body(containsString("<h1>Nothing was done</h1>"))
                    .body(containsString("You are signed in as bob at Test now"))
                    .body(containsString("href=\"" + page));
        });
        assertEquals(before, stateOf(bob));
        // The same account goes on, whatever session it was shown in
        signIn();
        Map<String, String> again = new HashMap<>(shown);
        again.putAll(forms.get("/account/profile"));
        browser.post("/account/profile", again).then().statusCode(303).header("Location", "/account");
    }

    @ParameterizedTest
    @CsvSource({
        "/account/profile, /account/profile",
        "/account/keys, /account/keys",
        "/account/keys/end, /account/keys",
        "/account/sessions/end, /account",
        "/account/applications/end, /account/applications",
        "/password, /password",
        "/password/forgot, /password/forgot",
        "/signout, /account",
        "/signin, /signin",
        "/signin/with/x, /signin"
    })
    void whenAFormIsRefusedThenThePageThatHasItIsOneClickAway(String action, String page) {
        String refused =
                browser.post(action, Map.of()).then().statusCode(403).extract().asString();
        Matcher link = Pattern.compile("<a class=\"button\" href=\"([^\"]+)\">Open the page again</a>")
                .matcher(refused);
        assertTrue(link.find(), refused);
        assertEquals(page, link.group(1));
        browser.get(link.group(1)).then().statusCode(200);
        new TestBrowser().get(link.group(1)).then().statusCode(anyOf(equalTo(200), equalTo(303)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/invite", "/password/reset", "/confirm-email"})
    void whenAFormOfAMailIsRefusedThenItsLinkIsToBeOpened(String action) {
        browser.post(action, Map.of())
                .then()
                .statusCode(403)
                .body(containsString("Open the link of the mail again"))
                .body(not(containsString("class=\"button\"")));
    }

    @Test
    void whenAWayOutWasShownToAnotherAccountThenItLeadsWhereThatWasToLead() {
        CodeFlow.setPassword(organization, TestRows.person(organization, "bob", Role.MEMBER));
        Map<String, String> form = new HashMap<>(browser.hidden("/signin"));
        signIn(browser, "bob");
        Map<String, String> ways = Map.of("/account/keys", "/account/keys", "//evil.example", "/account");
        ways.forEach((wanted, leads) -> {
            form.put("continue", wanted);
            browser.post("/signout", form)
                    .then()
                    .statusCode(409)
                    .body(containsString("You are signed in as bob at Test now"))
                    .body(containsString("href=\"" + leads + "\">Go on<"));
        });
        browser.get("/account").then().statusCode(200);
    }

    private String stateOf(UUID account) {
        return String.valueOf(Database.value("""
                SELECT row_to_json(found) FROM (
                  SELECT u.display_name, u.full_name, u.email, u.password_hash,
                         (SELECT count(*) FROM api_keys k WHERE k.organization_id = u.organization_id),
                         (SELECT count(*) FROM consents c WHERE c.organization_id = u.organization_id) AS consents,
                         (SELECT count(*) FROM sessions s
                           WHERE s.organization_id = u.organization_id AND s.ended_at IS NULL) AS sessions,
                         (SELECT count(*) FROM password_failures f WHERE f.user_id = u.id) AS guesses
                    FROM users u WHERE u.id = ?) found
                """, account));
    }

    @Test
    void whenNamesAreChangedThenTheAccountShowsThem() {
        browser.get("/account/profile").then().body(containsString("value=\"ada\""));
        browser.submit(
                        "/account/profile",
                        "/account/profile",
                        Map.of("display_name", "Ada <L>", "full_name", "Ada Lovelace"))
                .then()
                .statusCode(303)
                .header("Location", "/account");
        browser.get("/account")
                .then()
                .body(containsString("Signed in as Ada &lt;L&gt; at Test."))
                .body(containsString("<dd>Ada Lovelace</dd>"))
                .body(containsString("ada@example.org"));
        browser.submit("/account/profile", "/account/profile", Map.of("display_name", "A".repeat(151), "full_name", ""))
                .then()
                .statusCode(422)
                .body(containsString("id=\"display-error\""))
                .body(not(containsString("id=\"full-error\"")));
        browser.submit("/account/profile", "/account/profile", Map.of("display_name", "Ada", "full_name", ""))
                .then()
                .statusCode(303);
        browser.get("/account").then().body(not(containsString("Ada Lovelace")));
    }

    @Test
    void whenTheSessionEndsBehindALockThenToTheSignInAndBack() throws Exception {
        Map<String, String> form = new HashMap<>(browser.hidden("/account/profile"));
        form.putAll(Map.of("display_name", "Countess", "full_name", ""));
        try (TableLock lock = TableLock.ofRow("users", ada)) {
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(() -> browser.post("/account/profile", form));
            lock.awaitWaiting();
            Database.execute("UPDATE sessions SET ended_at = now() WHERE user_id = ?", ada);
            lock.commit();
            answer.get(1, TimeUnit.MINUTES)
                    .then()
                    .statusCode(303)
                    .header("Location", "/signin?continue=%2Faccount%2Fprofile");
        }
        assertEquals("ada", Database.value("SELECT display_name FROM users WHERE id = ?", ada));
    }

    @Test
    void whenSomethingIsNotThePersonsToChangeThenNoFormOffersIt() {
        String own = browser.get("/account").asString();
        assertTrue(own.contains("/account/profile") && own.contains("/account/email"), own);
        Database.execute("UPDATE users SET role = 'viewer' WHERE id = ?", ada);
        signIn();
        String page = browser.get("/account").asString();
        assertFalse(page.contains("/account/profile") || page.contains("/account/email"), page);
        assertTrue(page.contains("href=\"/password\""), page);
        for (String path : List.of("/account/profile", "/account/email", "/account/provider")) {
            browser.get(path).then().statusCode(303).header("Location", "/account");
        }
        browser.get("/password").then().statusCode(200);
        // Whoever sends it all the same is led where the page leads, and changes nothing
        browser.submit("/account/keys", "/account/profile", Map.of("display_name", "A", "full_name", ""))
                .then()
                .statusCode(303)
                .header("Location", "/account");
        browser.submit(
                        "/account/keys",
                        "/account/email",
                        Map.of("email", "x@example.com", "current_password", PASSWORD))
                .then()
                .statusCode(303)
                .header("Location", "/account");
        browser.get("/account")
                .then()
                .body(containsString("Signed in as ada at Test."))
                .body(containsString("ada@example.org"));
    }

    @Test
    void whenSomethingIsRefusedThenSaidInTheLanguageOfThePersonAndByTheTitle() {
        Map<String, String> names = Map.of("display_name", " ", "full_name", "A\u202eB");
        Map<String, String> address = Map.of("email", "nonsense", "current_password", PASSWORD);
        Map<String, String> key = Map.of("name", " ", "end", "2020-01-01");
        assertRefused(
                "/account/profile",
                names,
                "Error: Change your name",
                "A name has 1 to 150 characters",
                "A full name has at most 100 characters");
        assertRefused(
                "/account/email",
                address,
                "Error: Change your e-mail address",
                "This is no e-mail address that mails can be sent to, or it has more than 100 characters.");
        assertRefused("/account/keys", key, "Error: API keys", "A name has 1 to 100 characters", "Choose a day from");
        browser.speak("de");
        assertRefused(
                "/account/profile",
                names,
                "Fehler: Namen ändern",
                "Ein Name hat 1 bis 150 Zeichen",
                "Ein voller Name hat höchstens 100 Zeichen");
        assertRefused(
                "/account/email",
                address,
                "Fehler: E-Mail-Adresse ändern",
                "Das ist keine E-Mail-Adresse, an die Mails gehen können, oder sie hat mehr als 100 Zeichen.");
        assertRefused("/account/keys", key, "Fehler: API-Schlüssel", "1 bis 100 Zeichen", "Bitte wählen Sie einen Tag");
    }

    private void assertRefused(String page, Map<String, String> form, String title, String... said) {
        String shown = browser.submit(page, page, form)
                .then()
                .statusCode(422)
                .extract()
                .asString();
        assertTrue(shown.contains("<title>" + title + " · Roster</title>"), shown);
        assertTrue(shown.contains("aria-invalid=\"true\" autofocus"), shown);
        assertEquals(2, shown.split(" autofocus", -1).length, shown);
        for (String part : said) {
            assertTrue(shown.contains(part), shown);
        }
        assertFalse(shown.contains("must be"), shown);
        browser.get(page).then().body(containsString("<title>" + title.replaceAll(".*: ", "") + " · Roster</title>"));
    }

    @Test
    void whenAPasswordIsAskedForThenItsKeeperFindsWhoseItIs() {
        String username = "<input name=\"username\" value=\"ada\" autocomplete=\"username\" readonly hidden>";
        for (String page : List.of("/password", "/account/email")) {
            String shown = browser.get(page).asString();
            assertTrue(shown.indexOf(username) > 0, shown);
            assertTrue(shown.indexOf(username) < shown.indexOf("type=\"password\""), shown);
        }
        given().get("/assets/roster.css").then().body(containsString("input[hidden] { display: none; }"));
    }

    @Test
    void whenThePasswordIsChangedThenTheAccountSaysSo() {
        browser.get("/password")
                .then()
                .body(containsString("<nav"))
                .body(containsString("<a class=\"brand\" href=\"/account\">Test</a>"));
        browser.get("/account").then().body(not(containsString("role=\"status\"")));
        browser.submit(
                        "/password",
                        "/password",
                        Map.of("current_password", PASSWORD, "new_password", "another " + PASSWORD))
                .then()
                .statusCode(303)
                .header("Location", "/account");
        browser.get("/account")
                .then()
                .body(containsString("<p class=\"done\" role=\"status\">Your password is changed.</p>"));
        // Once, and not because a link says so
        browser.get("/account?changed=password").then().body(not(containsString("role=\"status\"")));
    }

    /** Its cookie is worth nothing then, and a list in which it stood for a month more hides who is there. */
    @Test
    void whenABrowserIsNoLongerUsedThenItsSessionIsOver() {
        assertEquals(12, hoursLeft());
        Database.execute("UPDATE sessions SET expires_at = now() + interval '1 hour' WHERE user_id = ?", ada);
        ageBrowser("used_at = now() - interval '11 hours'");
        browser.get("/account").then().statusCode(200);
        assertEquals(12, hoursLeft());
        ageBrowser("used_at = now() - interval '11 hours', authenticated_at = now() - interval '163 hours'");
        browser.get("/account").then().statusCode(200);
        assertEquals(5, hoursLeft());
    }

    private void ageBrowser(String change) {
        Database.execute(
                "UPDATE browser_sessions SET " + change
                        + " WHERE session_id IN (SELECT id FROM sessions WHERE user_id = ?)",
                ada);
    }

    private Object hoursLeft() {
        return Database.value(
                "SELECT CAST(round(extract(epoch FROM expires_at - now()) / 3600) AS integer) FROM sessions"
                        + " WHERE user_id = ? AND ended_at IS NULL",
                ada);
    }

    @Test
    void whenNothingElseIsSignedInThenNoOtherIsThereToEnd() {
        assertFalse(browser.get("/account").asString().contains("End all others"));
        TestBrowser other = new TestBrowser();
        signIn(other);
        String both = browser.get("/account").asString();
        assertTrue(both.contains("End all others"), both);
        browser.submit("/account", "/account/sessions/end", Map.of()).then().statusCode(303);
        assertFalse(browser.get("/account").asString().contains("End all others"));
    }

    @Test
    void whenAKeyIsMadeThenItsScopesAreToldInWords() {
        browser.get("/account/keys")
                .then()
                .body(containsString("See the groups of the organization <code>groups:read</code>"));
    }

    @Test
    void whenTheAddressCannotBeChangedThenSaidBesideTheField() {
        Map<String, String> form = Map.of("email", "ada@example.com", "current_password", "wrong");
        browser.submit("/account/email", "/account/email", form)
                .then()
                .statusCode(422)
                .body(containsString("id=\"current-error\""))
                .body(containsString("value=\"ada@example.com\""));
        // There is no mail server here
        browser.submit(
                        "/account/email",
                        "/account/email",
                        Map.of("email", "x@example.com", "current_password", PASSWORD))
                .then()
                .statusCode(422)
                .body(containsString("id=\"email-error\""))
                .body(containsString("This service sends no mails."));
        browser.submit("/account/email", "/account/email", Map.of("email", "nonsense", "current_password", PASSWORD))
                .then()
                .statusCode(422)
                .body(containsString("id=\"email-error\""));
        TestRows.person(organization, "bob", "bob@example.org", Role.MEMBER);
        browser.submit(
                        "/account/email",
                        "/account/email",
                        Map.of("email", "bob@example.org", "current_password", PASSWORD))
                .then()
                .statusCode(422)
                .body(containsString("id=\"email-error\""));
    }

    @Test
    void whenTheAddressIsAnotherAtOnceThenThatIsSaid() {
        browser.get("/account/email")
                .then()
                .body(containsString("A mail with a link goes there"))
                .body(not(containsString("at once")));
        Database.execute("UPDATE users SET role = 'admin' WHERE id = ?", ada);
        signIn();
        browser.get("/account/email")
                .then()
                .body(containsString("The address is another at once, and no mail proves it before"))
                .body(not(containsString("A mail with a link")));
        browser.submit(
                        "/account/email",
                        "/account/email",
                        Map.of("email", "lovelace@example.org", "current_password", PASSWORD))
                .then()
                .statusCode(303);
        assertEquals("lovelace@example.org", Database.value("SELECT email FROM users WHERE id = ?", ada));
        browser.speak("de");
        browser.get("/account/email").then().body(containsString("Die Adresse gilt sofort"));
    }

    @Test
    void whenTheAddressWouldBeAnotherAtOnceAndIsTakenThenSaidBesideIt() {
        TestRows.person(organization, "bob", "bob@example.org", Role.MEMBER);
        Database.execute("UPDATE users SET role = 'admin' WHERE id = ?", ada);
        signIn();
        browser.submit(
                        "/account/email",
                        "/account/email",
                        Map.of("email", "bob@example.org", "current_password", PASSWORD))
                .then()
                .statusCode(422)
                .body(containsString("id=\"email-error\""))
                .body(containsString("value=\"bob@example.org\""))
                .body(containsString("belongs to another account"))
                .body(not(containsString("id=\"current-error\"")));
        assertEquals("ada@example.org", Database.value("SELECT email FROM users WHERE id = ?", ada));
    }

    @Test
    void whenTheAddressIsTheSameThenNothingIsSaidToHaveChanged() {
        Map<String, String> same = Map.of("email", "ada@example.org", "current_password", PASSWORD);
        for (String role : List.of("member", "admin")) {
            Database.execute("UPDATE users SET role = ? WHERE id = ?", role, ada);
            signIn();
            browser.get("/account");
            TestRows.emailChange(organization, ada, "new@example.org");
            browser.submit("/account/email", "/account/email", same)
                    .then()
                    .statusCode(303)
                    .header("Location", "/account");
            browser.get("/account")
                    .then()
                    .body(not(containsString("role=\"status\"")))
                    .body(containsString("new@example.org"));
        }
    }

    @Test
    void whenTheBrowserSpeaksGermanThenSoDoesTheNameOfTheSignIn() {
        browser.get("/account").then().body(containsString("<dd>Sign-in</dd>"));
        browser.speak("de");
        browser.get("/account")
                .then()
                .body(containsString("<dd>Anmeldung</dd>"))
                .body(not(containsString("Sign-in")));
    }

    @Test
    void whenAProgramDoesNotNameItselfThenThereIsADashInEachLanguage() {
        Database.execute("UPDATE sessions SET user_agent = 'unknown' WHERE user_id = ?", ada);
        browser.speak("de");
        browser.get("/account").then().body(containsString("<dt>Gerät</dt><dd>–</dd>"));
    }

    @Test
    void whenTheFormOfAKeyComesTwiceThenOneKeyIsMade() {
        Map<String, String> form = new HashMap<>(browser.hidden("/account/keys"));
        form.putAll(Map.of("name", "Report", "scope:users:read", "true", "end", ""));
        String made = browser.post("/account/keys", form)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        String again = browser.post("/account/keys", form)
                .then()
                .statusCode(422)
                .body(containsString("This key was made already, and shown once."))
                .body(containsString("<h2>Report</h2>"))
                .extract()
                .asString();
        assertFalse(KEY.matcher(again).find(), again);
        Matcher key = KEY.matcher(made);
        assertTrue(key.find(), made);
        assertEquals(200, statusWith(key.group(1), "/api/v1/users/me"));
        // That of a session that is none of a key makes another
        String own = Database.value(
                        "SELECT id FROM sessions WHERE organization_id = ? AND client_id IS NOT NULL",
                        organization.id())
                .toString();
        form.put("key", own);
        browser.post("/account/keys", form).then().statusCode(200);
        assertEquals(0L, Database.value("SELECT count(*) FROM api_keys WHERE id = CAST(? AS uuid)", own));
        // Two at once are one, too
        form.putAll(browser.hidden("/account/keys"));
        List<Integer> statuses = AtOnce.all(2, i -> clickKey(form));
        assertEquals(List.of(200, 422), statuses.stream().sorted().toList());
        assertEquals(3L, Database.value("SELECT count(*) FROM api_keys WHERE organization_id = ?", organization.id()));
        // Another form makes another key, and one that says nothing of it does
        form.put("key", "x");
        browser.post("/account/keys", form).then().statusCode(200);
    }

    /** Every replica refuses a session by its id alone. */
    @Test
    void whenTheFormOfAKeyNamesASessionOfAnotherOrganizationThenThatGoesOnBehindTheEndOfTheKey() {
        TestOrganization other = TestOrganization.create();
        String token = other.token(Role.ADMIN);
        Map<String, String> form = new HashMap<>(browser.hidden("/account/keys"));
        form.putAll(Map.of("name", "Report", "scope:users:read", "true", "end", ""));
        Object theirs = Database.value("SELECT id FROM sessions WHERE organization_id = ?", other.id());
        form.put("key", theirs.toString());
        browser.post("/account/keys", form).then().statusCode(200);
        browser.post("/account/keys", form).then().statusCode(422);
        String made = Database.value("SELECT id FROM api_keys WHERE organization_id = ?", organization.id())
                .toString();
        browser.submit("/account/keys", "/account/keys/end", Map.of("id", made))
                .then()
                .statusCode(303);
        assertEquals(
                made,
                Database.value(
                        "SELECT subject FROM revocations WHERE organization_id = ? AND subject_kind = 'session'",
                        organization.id()));
        assertEquals(200, statusWith(token, "/api/v1/users/me"));
    }

    private int clickKey(Map<String, String> form) {
        TestBrowser tab = new TestBrowser();
        tab.cookies().putAll(browser.cookies());
        return tab.post("/account/keys", form).statusCode();
    }

    @Test
    void whenSignedInLongAgoThenToTheSignInAndBackBeforeAnythingIsTyped() {
        signedInAgo("11 minutes");
        for (String page : List.of("/account/email", "/password")) {
            String signIn = browser.get(page)
                    .then()
                    .statusCode(303)
                    .header("Location", containsString("/signin?continue=" + page.replace("/", "%2F")))
                    .header(
                            "Location",
                            containsString("&max_age=0&organization=" + organization.name() + "&login_hint=ada"))
                    .extract()
                    .header("Location");
            browser.get(signIn)
                    .then()
                    .body(containsString("For this, prove that it is you"))
                    .body(containsString("name=\"name\" value=\"ada\""));
        }
        browser.get("/signin").then().body(not(containsString("prove that it is you")));
        signedInAgo("9 minutes");
        browser.get("/account/email").then().statusCode(200);
        browser.get("/password").then().statusCode(200);
        // Whose form was open too long
        signedInAgo("1 day");
        browser.submit("/account", "/account/email", Map.of("email", "x@example.com", "current_password", PASSWORD))
                .then()
                .statusCode(303)
                .header(
                        "Location",
                        "/signin?continue=%2Faccount%2Femail&max_age=0&organization=" + organization.name()
                                + "&login_hint=ada");
        browser.submit(
                        "/account",
                        "/password",
                        Map.of("current_password", PASSWORD, "new_password", "another " + PASSWORD))
                .then()
                .statusCode(303)
                .header("Location", containsString("/signin?continue=%2Fpassword"));
    }

    private void signedInAgo(String time) {
        Database.execute(
                "UPDATE browser_sessions SET authenticated_at = now() - CAST(? AS interval) WHERE organization_id = ?",
                time,
                organization.id());
    }

    /** The browser shows the answer to the second click, whichever cookie it sends along with that. */
    @Test
    void whenTheFormOfAPasswordComesTwiceThenNothingIsSaidToHaveFailed() {
        Map<String, String> form = new HashMap<>(browser.hidden("/password"));
        form.putAll(Map.of(
                "current_password",
                PASSWORD,
                "new_password",
                "another " + PASSWORD,
                "shown_in",
                session(),
                "continue",
                "/account/keys"));
        Map<String, String> before = Map.copyOf(browser.cookies());
        browser.post("/password", form).then().statusCode(303).header("Location", "/account/keys");
        TestBrowser early = new TestBrowser();
        early.cookies().putAll(before);
        String signIn = early.post("/password", form)
                .then()
                .statusCode(303)
                .header("Location", "/signin?continue=%2Faccount%2Fkeys")
                .extract()
                .header("Location");
        early.get(signIn).then().body(containsString("your new password is good already"));
        early.get(signIn).then().body(not(containsString("your new password is good already")));
        browser.post("/password", form).then().statusCode(303).header("Location", "/account/keys");
        assertEquals(0L, Database.value("SELECT count(*) FROM password_failures WHERE user_id = ?", ada));
        // Said once; from then on it is a form like others
        browser.get("/account").then().body(containsString("Your password is changed."));
        browser.post("/password", form).then().statusCode(422).body(containsString("id=\"current-error\""));
    }

    /** Each says something else than the one that was taken, within the minute in which that is still to be said. */
    @Test
    void whenAnotherFormOfAPasswordComesAfterThenItIsTakenLikeAny() {
        Map<String, String> form = new HashMap<>(browser.hidden("/password"));
        form.putAll(Map.of("current_password", PASSWORD, "new_password", "another " + PASSWORD, "shown_in", session()));
        browser.post("/password", form).then().statusCode(303).header("Location", "/account");
        form.put("new_password", "third " + PASSWORD);
        browser.post("/password", form).then().statusCode(422).body(containsString("id=\"current-error\""));
        form.put("current_password", "another " + PASSWORD);
        browser.post("/password", form).then().statusCode(303).header("Location", "/account");
        assertEquals(0L, Database.value("SELECT count(*) FROM password_failures WHERE user_id = ?", ada));
        browser.signIn(organization.name(), "ada", "third " + PASSWORD).then().statusCode(303);
    }

    @Test
    void whenAFormThatEndsKeysComesAfterOneThatEndsNoneThenTheyEnd() {
        TestRows.apiKey(organization, ada);
        Map<String, String> form = new HashMap<>(browser.hidden("/password"));
        form.putAll(Map.of("current_password", PASSWORD, "new_password", "another " + PASSWORD, "shown_in", session()));
        browser.post("/password", form).then().statusCode(303);
        form.put("revoke_keys", "true");
        browser.post("/password", form).then().statusCode(422).body(containsString("id=\"current-error\""));
        form.put("current_password", "another " + PASSWORD);
        browser.post("/password", form).then().statusCode(303).header("Location", "/account");
        // The second click on it is no mistake either
        browser.post("/password", form).then().statusCode(303).header("Location", "/account");
        browser.get("/account")
                .then()
                .body(containsString("Your password is changed, and your API keys and secrets are ended."));
        browser.get("/account/keys").then().body(containsString("You have no keys."));
    }

    private String session() {
        Matcher shown = Pattern.compile("name=\"shown_in\" value=\"([^\"]+)\"")
                .matcher(browser.get("/password").asString());
        assertTrue(shown.find());
        return shown.group(1);
    }

    @Test
    void whenThePasswordIsChangedThenSaidWhatEndsAndKeysEndWithItIfWanted() {
        browser.get("/password")
                .then()
                .body(containsString("Everything else that is signed in to your account"))
                .body(containsString("name=\"revoke_keys\" value=\"true\">"));
        TestRows.apiKey(organization, ada);
        Map<String, String> form = new HashMap<>(
                Map.of("current_password", "wrong", "new_password", "another " + PASSWORD, "revoke_keys", "true"));
        browser.submit("/password", "/password", form)
                .then()
                .statusCode(422)
                .body(containsString("name=\"revoke_keys\" value=\"true\" checked>"));
        form.put("current_password", PASSWORD);
        browser.submit("/password", "/password", form).then().statusCode(303);
        browser.get("/account/keys").then().body(containsString("You have no keys."));
    }

    @Test
    void whenSomethingIsDoneThenTheNextPageSaysSoOnce() {
        assertSaid(
                "/account/profile",
                Map.of("display_name", "Ada", "full_name", ""),
                "/account",
                "Your names are saved.");
        signIn(new TestBrowser());
        assertSaid("/account/sessions/end", Map.of(), "/account", "All other sessions are ended.");
        TestBrowser other = new TestBrowser();
        signIn(other);
        Object session = Database.value(
                "SELECT id FROM sessions WHERE organization_id = ? AND ended_at IS NULL AND user_id = ?"
                        + " ORDER BY id DESC LIMIT 1",
                organization.id(),
                ada);
        assertSaid("/account/sessions/end", Map.of("id", session.toString()), "/account", "The session is ended.");
        UUID key = TestRows.apiKey(organization, ada);
        assertSaid("/account/keys/end", Map.of("id", key.toString()), "/account/keys", "The key is ended.");
        UUID wiki = TestRows.application(organization);
        TestRows.consent(organization, ada, wiki);
        assertSaid(
                "/account/applications/end",
                Map.of("id", wiki.toString()),
                "/account/applications",
                "The application is signed out.");
        Database.execute("UPDATE users SET role = 'admin' WHERE id = ?", ada);
        signIn();
        assertSaid(
                "/account/email",
                Map.of("email", "lovelace@example.org", "current_password", PASSWORD),
                "/account",
                "Your e-mail address is changed.");
        assertSaid("/signout", Map.of(), "/signin", "You are signed out.");
    }

    private void assertSaid(String action, Map<String, String> form, String page, String text) {
        browser.submit("/account", action, form).then().statusCode(303).header("Location", page);
        String said = "<p class=\"done\" role=\"status\">" + text + "</p>";
        browser.get(page).then().statusCode(200).body(containsString(said));
        browser.get(page).then().body(not(containsString("role=\"status\"")));
    }

    /** One tap ends nothing that cannot be brought back (WCAG 2.2 success criterion 3.3.4). */
    @Test
    void whenSomethingWouldEndThenItIsAskedForFirst() {
        TestRows.consent(organization, ada, TestRows.application(organization));
        TestRows.apiKey(organization, ada);
        signIn(new TestBrowser());
        Map.of("/account/keys", 1, "/account/applications", 1, "/account", 2).forEach((page, ends) -> {
            String shown = browser.get(page).asString();
            String folded = shown.replaceAll("(?s)<details>\\s*<summary.*?</details>", "");
            assertEquals(ends, shown.split("<details>", -1).length - 1, shown);
            assertTrue(shown.contains("/end\""), shown);
            assertFalse(folded.contains("/end\""), folded);
        });
    }

    @Test
    void whenOnAnyPageOfTheAccountThenThereIsAWayOut() {
        for (String page :
                List.of("/account", "/account/keys", "/account/applications", "/account/email", "/password")) {
            String shown = browser.get(page).asString();
            assertEquals(2, shown.split("action=\"/signout\"", -1).length, shown);
            // It is skipped by the link that skips to the content
            assertTrue(shown.indexOf("</nav>") < shown.indexOf("<main id=\"content\">"), shown);
        }
        Database.execute("UPDATE users SET password_expired = true WHERE id = ?", ada);
        String shown = browser.get("/password").asString();
        assertFalse(shown.contains("<nav"), shown);
        assertEquals(2, shown.split("action=\"/signout\"", -1).length, shown);
        browser.submit("/password", "/signout", Map.of()).then().statusCode(303).header("Location", "/signin");
        browser.get("/password").then().statusCode(303);
    }

    @Test
    void whenAKeyIsMadeThenItIsShownOnceAndGoodUntilItIsEnded() {
        Response made = browser.submit(
                "/account/keys", "/account/keys", Map.of("name", "Report", "scope:users:read", "true", "end", ""));
        assertEquals(200, made.statusCode(), made.asString());
        assertEquals("no-store", made.header("Cache-Control"));
        Matcher key = KEY.matcher(made.asString());
        assertTrue(key.find(), made.asString());
        assertEquals(200, statusWith(key.group(1), "/api/v1/users/me"));
        assertEquals(403, statusWith(key.group(1), "/api/v1/groups"));
        Response listed = browser.get("/account/keys");
        listed.then()
                .body(containsString("<h2>Report</h2>"))
                .body(containsString(
                        "<dd>See the people and service accounts of the organization <code>users:read</code></dd>"))
                .body(not(containsString(key.group(1))));
        Matcher id = Pattern.compile("name=\"id\" value=\"([^\"]+)\"").matcher(listed.asString());
        assertTrue(id.find());
        browser.submit("/account/keys", "/account/keys/end", Map.of("id", id.group(1)))
                .then()
                .statusCode(303)
                .header("Location", "/account/keys");
        assertEquals(401, statusWith(key.group(1), "/api/v1/users/me"));
        // A second click is no mistake
        browser.submit("/account/keys", "/account/keys/end", Map.of("id", id.group(1)))
                .then()
                .statusCode(303)
                .header("Location", "/account/keys");
        browser.submit("/account/keys", "/account/keys/end", Map.of("id", "x"))
                .then()
                .statusCode(404);
    }

    @Test
    void whenAKeyIsRefusedThenSaidBesideTheField() {
        browser.submit("/account/keys", "/account/keys", Map.of("name", " ", "end", "soon"))
                .then()
                .statusCode(422)
                .body(containsString("id=\"name-error\""))
                .body(containsString("id=\"scopes-error\""))
                .body(containsString("id=\"end-error\""));
        browser.submit(
                        "/account/keys",
                        "/account/keys",
                        Map.of("name", "old", "scope:users:read", "true", "end", "2020-01-01"))
                .then()
                .statusCode(422)
                .body(containsString("Choose a day from "))
                .body(containsString("value=\"old\""))
                .body(containsString("name=\"scope:users:read\" value=\"true\" checked"));
        // No scope that the account has not
        browser.submit("/account/keys", "/account/keys", Map.of("name", "x", "scope:users:write", "true"))
                .then()
                .statusCode(422);
        assertEquals(0L, Database.value("SELECT count(*) FROM api_keys WHERE organization_id = ?", organization.id()));
    }

    @Test
    void whenAKeyHasNoScopesThenTheFirstHasTheFocus() {
        String shown = browser.submit("/account/keys", "/account/keys", Map.of("name", "Report", "end", ""))
                .then()
                .statusCode(422)
                .body(containsString("<title>Error: API keys"))
                .extract()
                .asString();
        assertEquals(2, shown.split(" autofocus", -1).length, shown);
        assertTrue(shown.contains("name=\"scope:groups:read\" value=\"true\" autofocus"), shown);
    }

    /** Whose account another issuer has taken over, also while its session of before goes on. */
    @Test
    void whenTheAccountIsOfAnotherIssuerThenItSaysWhereWhatIsDecided() {
        Database.execute(
                "UPDATE users SET oauth_provider = 'https://idp.example.org', oauth_id = 'x' WHERE id = ?", ada);
        browser.assertKeysAreMadeByAdministrators();
        browser.speak("de");
        browser.get("/account/keys").then().body(containsString("Sie melden sich woanders an"));
        for (String path : List.of("/account/email", "/account/provider", "/password")) {
            browser.get(path).then().statusCode(303).header("Location", "/account");
        }
        browser.submit("/account", "/account/email", Map.of("email", "x@example.com", "current_password", PASSWORD))
                .then()
                .statusCode(303)
                .header("Location", "/account");
        browser.submit(
                        "/account",
                        "/password",
                        Map.of("current_password", PASSWORD, "new_password", "another " + PASSWORD))
                .then()
                .statusCode(403)
                .body(containsString("gehören dem Anbieter, bei dem Sie sich anmelden"));
    }

    /** As many clicks at once as an account has passwords checked: those beyond have nothing to do with mails. */
    @Test
    void whenThePasswordIsCheckedTooOftenAtOnceThenTheServiceIsBusy() {
        Matcher token = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"")
                .matcher(browser.get("/account/email").asString());
        assertTrue(token.find());
        Map<String, String> form =
                Map.of("form_token", token.group(1), "email", "x@example.com", "current_password", PASSWORD);
        ExecutorService clicks = Executors.newFixedThreadPool(40);
        try {
            List<Response> answers = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> click(form), clicks))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            List<Response> busy = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .toList();
            assertFalse(busy.isEmpty());
            for (Response answer : busy) {
                answer.then()
                        .header("Retry-After", "1")
                        .body(containsString("id=\"current-error\" role=\"alert\">The service is busy. Wait a second"))
                        .body(not(containsString("email-error")));
            }
        } finally {
            clicks.shutdown();
        }
    }

    private Response click(Map<String, String> form) {
        TestBrowser tab = new TestBrowser();
        tab.cookies().putAll(browser.cookies());
        return tab.post("/account/email", form);
    }

    @Test
    void whenAnApplicationWasLetInThenItIsListedUntilItIsWithdrawn() {
        UUID wiki = TestRows.application(organization);
        TestRows.consent(organization, ada, wiki);
        browser.get("/account/applications")
                .then()
                .body(containsString("<h2>Wiki</h2>"))
                .body(containsString(
                        "<dd>See the people and service accounts of the organization <code>users:read</code></dd>"));
        browser.submit("/account/applications", "/account/applications/end", Map.of("id", wiki.toString()))
                .then()
                .statusCode(303)
                .header("Location", "/account/applications");
        browser.get("/account/applications").then().body(containsString("You have let no application in."));
        // A second click is no mistake
        browser.submit("/account", "/account/applications/end", Map.of("id", wiki.toString()))
                .then()
                .statusCode(303)
                .header("Location", "/account/applications");
        browser.submit("/account", "/account/applications/end", Map.of("id", "x"))
                .then()
                .statusCode(404)
                .contentType("text/html");
    }

    /** It comes in again without asking, so nothing else is promised. */
    @Test
    void whenAnApplicationOfTheOrganizationIsEndedThenThePageDoesNotSayThatItWillAsk() {
        UUID wiki = TestRows.application(organization);
        TestRows.consent(organization, ada, wiki);
        browser.get("/account/applications").then().body(containsString("asks you the next time"));
        Database.execute("UPDATE applications SET is_first_party = true WHERE id = ?", wiki);
        browser.get("/account/applications")
                .then()
                .body(not(containsString("asks you the next time")))
                .body(containsString("does not ask you when you open it again"));
    }

    private static int statusWith(String key, String path) {
        return given().auth().preemptive().oauth2(key).get(path).statusCode();
    }

    private void signIn() {
        signIn(browser);
    }

    private void signIn(TestBrowser browser) {
        signIn(browser, "ada");
    }

    private void signIn(TestBrowser browser, String name) {
        browser.signIn(organization.name(), name, PASSWORD).then().statusCode(303);
    }
}
