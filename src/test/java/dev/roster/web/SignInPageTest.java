package dev.roster.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out, and one's own account, in a browser. */
@QuarkusTest
@Tag("packaged")
class SignInPageTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String SESSION = "roster-session";

    private final TestOrganization organization = TestOrganization.create();
    private final String name = "ada-" + UUID.randomUUID();
    private final UUID id = TestRows.person(organization, name, Role.MEMBER);
    private final TestBrowser browser = new TestBrowser();

    @BeforeEach
    void givePassword() {
        change(Map.of("password", PASSWORD));
    }

    @Test
    void whenSignedInThenTheAccountIsShownUntilSignedOut() {
        signIn(PASSWORD).then().statusCode(303).header("Location", "/account");
        browser.get("/account").then().statusCode(200).body(containsString("Signed in as " + name + " at Test."));
        browser.submit("/account", "/signout", Map.of()).then().statusCode(303).header("Location", "/signin");
        assertFalse(browser.cookies().containsKey(SESSION));
        browser.get("/account").then().statusCode(303).header("Location", "/signin?continue=%2Faccount");
    }

    @Test
    void whenSignedOutThenTheCookieIsWorthNothing() {
        signIn(PASSWORD);
        String kept = browser.cookies().get(SESSION);
        browser.submit("/account", "/signout", Map.of());
        browser.cookies().put(SESSION, kept);
        browser.get("/account").then().statusCode(303);
    }

    @Test
    void whenSignedInAgainThenAnotherCookieAndTheSessionBeforeEnds() {
        browser.cookies().put(SESSION, "chosen-by-somebody-else");
        signIn(PASSWORD);
        String first = browser.cookies().get(SESSION);
        assertNotEquals("chosen-by-somebody-else", first);
        signIn(PASSWORD);
        String second = browser.cookies().get(SESSION);
        assertNotEquals(first, second);
        browser.cookies().put(SESSION, first);
        browser.get("/account").then().statusCode(303);
        browser.cookies().put(SESSION, second);
        browser.get("/account").then().statusCode(200);
    }

    @Test
    void whenTheSessionEndsInTheApiThenThePagesToo() {
        signIn(PASSWORD);
        String listed = asAdmin()
                .get("/api/v1/users/{name}/sessions", name)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("items[0].id");
        asAdmin()
                .delete("/api/v1/users/{name}/sessions/{id}", name, listed)
                .then()
                .statusCode(204);
        browser.get("/account").then().statusCode(303);
    }

    @Test
    void whenTheAccountIsDeactivatedThenSignedOut() {
        signIn(PASSWORD);
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("is_active", false))
                .patch("/users/{id}", id)
                .then()
                .statusCode(200);
        browser.get("/account").then().statusCode(303);
    }

    @Test
    void whenIdleTooLongThenSignedOut() {
        signIn(PASSWORD);
        age("used_at", "11 hours 59 minutes");
        browser.get("/account").then().statusCode(200);
        age("used_at", "12 hours 1 minute");
        browser.get("/account").then().statusCode(303);
    }

    @Test
    void whenSignedInTooLongAgoThenSignedOut() {
        signIn(PASSWORD);
        age("authenticated_at", "7 days 1 minute");
        browser.get("/account").then().statusCode(303);
    }

    @Test
    void databaseHoldsNoCookie() {
        signIn(PASSWORD);
        String digest = (String) Database.value(
                "SELECT encode(digest, 'hex') FROM browser_sessions WHERE organization_id = ?", organization.id());
        assertTrue(digest.matches("[0-9a-f]{64}"), digest);
        assertEquals(64, browser.cookies().get(SESSION).length());
    }

    @Test
    void cookieIsForThisHostAlone() {
        String set = signIn(PASSWORD).getHeaders().getValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(SESSION))
                .findFirst()
                .orElseThrow();
        assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), set);
        assertFalse(set.contains("Domain") || set.contains("Max-Age"), set);
    }

    @Test
    void whenNoMailIsSentThenAForgottenPasswordIsForAnAdministrator() {
        browser.get("/password/forgot").then().statusCode(200).body(containsString("Ask an administrator"));
        browser.submit("/signin", "/password/forgot", Map.of("name", "ada"))
                .then()
                .statusCode(422)
                .body(containsString("This service sends no mails."));
        given().contentType("application/json")
                .body(Map.of("name", "ada"))
                .post("/api/v1/password/forgot")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void whenThePasswordIsWrongThenSaidBesideIt() {
        Response answer = signIn("wrong");
        answer.then()
                .statusCode(422)
                .body(containsString("aria-describedby=\"password-error\""))
                .body(containsString("The name or the password is wrong."))
                .body(containsString("value=\"" + name + "\""))
                .body(not(containsString("wrong\"")));
        assertFalse(browser.cookies().containsKey(SESSION));
    }

    @Test
    void whenTheNameIsMarkupThenItIsText() {
        submit("<script>x</script>\"'", "wrong")
                .then()
                .statusCode(422)
                .body(not(containsString("<script>")))
                .body(containsString("&lt;script&gt;x&lt;/script&gt;&quot;"));
    }

    @Test
    void whenTooManyAreWrongThenSaidHowLongToWait() {
        Response answer = signIn("wrong-0");
        for (int i = 1; i < 40 && answer.statusCode() == 422; i++) {
            answer = signIn("wrong-" + i);
        }
        answer.then().statusCode(429).body(containsString("Too many wrong passwords were tried. Wait "));
        assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
        waitFor("80 seconds", "Wait (80|79) seconds and");
        waitFor("841 seconds", "Wait 15 minutes and");
        waitFor("840 seconds", "Wait 14 minutes and");
    }

    private void waitFor(String time, String said) {
        String page;
        long begin;
        int tries = 0;
        do {
            // Once more where a second has passed by then
            begin = System.nanoTime();
            Database.execute(
                    "UPDATE password_failures SET retry_at = now() + CAST(? AS interval) WHERE user_id = ?", time, id);
            page = signIn("wrong").asString();
        } while (System.nanoTime() - begin >= 1_000_000_000 && ++tries < 10);
        assertTrue(Pattern.compile(said).matcher(page).find(), page);
    }

    @Test
    void whenSignedInThenThatIsSaidInPlaceOfAFormThatWouldEndIt() {
        signIn(PASSWORD);
        String session = browser.cookies().get(SESSION);
        for (String query : List.of("", "?organization=" + organization.name(), "?continue=%2Faccount%2Fkeys")) {
            browser.get("/signin" + query)
                    .then()
                    .statusCode(200)
                    .body(containsString("Signed in as " + name + " at Test."))
                    .body(containsString("href=\"/account" + (query.contains("keys") ? "/keys" : "") + "\">Go on<"))
                    .body(not(containsString("type=\"password\"")));
        }
        for (String query : List.of(
                "?max_age=0",
                "?prompt=select_account",
                "?organization=nobody-has-this",
                "?login_hint=bob",
                "?continue=" + encoded("/oauth2/authorize?client_id=a"))) {
            browser.get("/signin" + query).then().statusCode(200).body(containsString("type=\"password\""));
        }
        assertEquals(session, browser.cookies().get(SESSION));
        browser.get("/account").then().statusCode(200);
        browser.submit("/signin?organization=" + organization.name(), "/signout", Map.of("continue", "/account/keys"))
                .then()
                .statusCode(303)
                .header(
                        "Location",
                        "/signin?organization=" + organization.name()
                                + "&continue=%2Faccount%2Fkeys&prompt=select_account");
        browser.get("/account").then().statusCode(303);
        // Who has to choose a new password signs in for that
        change(Map.of("password_expired", true));
        signIn(PASSWORD);
        browser.get("/signin").then().body(containsString("type=\"password\""));
    }

    @Test
    void whenAnotherAccountIsAskedForTwiceThenTheWayIsKept() {
        String way = "/oauth2/authorize?client_id=a";
        signIn(PASSWORD);
        String session = browser.cookies().get(SESSION);
        Map<String, String> form = new HashMap<>(browser.hidden("/signin"));
        form.put("continue", way);
        String there =
                "/signin?organization=" + organization.name() + "&continue=" + encoded(way) + "&prompt=select_account";
        browser.post("/signout", form).then().statusCode(303).header("Location", there);
        // Sent before the first answer has come
        browser.cookies().put(SESSION, session);
        browser.post("/signout", form).then().statusCode(303).header("Location", there);
        // And after it
        browser.post("/signout", form).then().statusCode(303).header("Location", there);
        form.put("continue", "https://evil.example");
        browser.post("/signout", form)
                .then()
                .statusCode(303)
                .header("Location", there.replaceFirst("&continue=[^&]*", ""));
        form.remove("continue");
        browser.post("/signout", form).then().statusCode(303).header("Location", "/signin");
    }

    @Test
    void whenTheNewPasswordBreaksARuleThenThatIsSaidInTheLanguageOfThePerson() {
        signIn(PASSWORD);
        assertRefused("short", "A password has 8 to 128 characters.", "Ein Passwort hat 8 bis 128 Zeichen.");
        assertRefused(
                "password",
                "This is one of the most common passwords, which are tried first. Please choose another one.",
                "Das ist eines der häufigsten Passwörter, die zuerst versucht werden. Bitte wählen Sie ein anderes.");
        assertRefused(
                name + "-1815",
                "A password must be more than a name, an e-mail address, the organization or the service.",
                "Ein Passwort muss mehr sein als ein Name, eine E-Mail-Adresse, die Organisation oder der Dienst.");
    }

    private void assertRefused(String chosen, String english, String german) {
        browser.speak("en");
        changePassword(PASSWORD, chosen).then().statusCode(422).body(containsString(">" + english + "<"));
        browser.speak("de");
        changePassword(PASSWORD, chosen).then().statusCode(422).body(containsString(">" + german + "<"));
    }

    @Test
    void whenThePasswordHasExpiredThenANewOneIsAskedForFirst() {
        change(Map.of("password_expired", true));
        signIn(PASSWORD).then().statusCode(303).header("Location", "/password?continue=%2Faccount");
        browser.get("/account/keys").then().statusCode(303).header("Location", "/password?continue=%2Faccount%2Fkeys");
        changePassword("wrong", "another horse battery")
                .then()
                .statusCode(422)
                .body(containsString("id=\"current-error\""));
        changePassword(PASSWORD, "short").then().statusCode(422).body(containsString("id=\"new-error\""));
        changePassword(PASSWORD, "another horse battery").then().statusCode(303).header("Location", "/account");
        browser.get("/account").then().statusCode(200);
    }

    /** The session that is good for changing it ends after ten minutes. */
    @Test
    void whenItTakesLongToChangeAnExpiredPasswordThenChangedOnceAndOnToTheApplication() {
        change(Map.of("password_expired", true));
        String way = "/oauth2/authorize?client_id=a&state=b%26c";
        String changing = "/password?continue=" + encoded(way);
        browser.submit("/signin", "/signin", fields(name, PASSWORD, way))
                .then()
                .statusCode(303)
                .header("Location", changing);
        Map<String, String> form = new HashMap<>(browser.hidden(changing));
        form.putAll(Map.of("current_password", PASSWORD, "new_password", "another " + PASSWORD, "continue", way));
        Database.execute("UPDATE sessions SET ended_at = now() WHERE organization_id = ?", organization.id());
        browser.post("/password", form).then().statusCode(303).header("Location", "/signin?continue=" + encoded(way));
        browser.get(changing).then().statusCode(303).header("Location", "/signin?continue=" + encoded(changing));
        browser.submit("/signin", "/signin", fields(name, PASSWORD, changing))
                .then()
                .statusCode(303)
                .header("Location", changing);
        form.putAll(browser.hidden(changing));
        assertEquals(way, CodeFlow.onward(browser.post("/password", form)));
    }

    @Test
    void whenTheWayOnFromThePasswordIsThePasswordThenOnToWhereThatLeads() {
        signIn(PASSWORD);
        Map.of(
                        "/password",
                        "/account",
                        "/password?continue=%2Faccount%2Fkeys",
                        "/account/keys",
                        "/password?continue=" + encoded("/password?continue=%2Faccount%2Fkeys"),
                        "/account/keys",
                        "/password?continue=%2F%2Fevil.example",
                        "/account",
                        "/password?continue=a&continue=b",
                        "/account",
                        "/password?continue=%ff",
                        "/account",
                        "/passwords",
                        "/passwords")
                .forEach((wanted, shown) -> browser.get("/password?continue=" + encoded(wanted))
                        .then()
                        .statusCode(200)
                        .body(containsString("name=\"continue\" value=\"" + shown + "\"")));
    }

    @Test
    void whenSignedInThenTheOrganizationIsRememberedAndShown() {
        Response answer = signIn(PASSWORD);
        String set = answer.getHeaders().getValues("Set-Cookie").stream()
                .filter(header -> header.startsWith("roster-organization=" + organization.name() + ";"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                set.contains("HttpOnly")
                        && set.contains("SameSite=Lax")
                        && set.contains("Path=/")
                        && set.contains("Max-Age=31536000"),
                set);
        browser.get("/account")
                .then()
                .body(containsString("<dt>Organization</dt><dd>" + organization.name() + "</dd>"));
        browser.cookies().remove("roster-organization");
        browser.submit("/account", "/signout", Map.of());
        assertEquals(organization.name(), browser.cookies().get("roster-organization"));
        for (String page : List.of("/signin", "/signin?continue=%2Faccount")) {
            browser.get(page).then().body(shows(organization.name()));
        }
        browser.get("/password/forgot")
                .then()
                .body(containsString("href=\"/signin?organization=" + organization.name() + "\""));
    }

    @Test
    void whenALinkNamesAnOrganizationThenItIsRememberedWhetherOrNotThereIsOne() {
        browser.get("/signin").then().body(shows("default"));
        assertFalse(browser.cookies().containsKey("roster-organization"));
        browser.get("/signin?organization=%20Nobody-Has-This%20").then().body(shows("nobody-has-this"));
        browser.get("/signin").then().body(shows("nobody-has-this"));
        browser.get("/signin?organization=a%26b").then().body(shows("a&amp;b"));
        browser.get("/signin").then().body(shows("nobody-has-this"));
        browser.get("/password/forgot?organization=other")
                .then()
                .body(containsString("href=\"/signin?organization=other\""));
        browser.get("/signin").then().body(shows("other"));
        browser.cookies().put("roster-organization", "A<b>");
        browser.get("/signin").then().body(shows("default"));
    }

    private static Matcher<String> shows(String name) {
        return containsString("name=\"organization\" value=\"" + name + "\"");
    }

    @Test
    void whenAKeyboardAddsBlanksAndCapitalsThenTheNameIsTheSame() {
        Map<String, String> typed = Map.of(
                "organization",
                " " + organization.name().toUpperCase(Locale.ROOT) + " ",
                "name",
                " " + name + " ",
                "password",
                PASSWORD,
                "continue",
                "/account");
        browser.submit("/signin", "/signin", typed).then().statusCode(303).header("Location", "/account");
        Map<String, String> wrong = new HashMap<>(typed);
        wrong.put("password", PASSWORD + " ");
        browser.submit("/signin", "/signin", wrong)
                .then()
                .statusCode(422)
                .body(shows(organization.name()))
                .body(containsString("name=\"name\" value=\"" + name + "\""));
    }

    /** Without a cookie each gets one of its own, and the browser keeps the later. */
    @Test
    void whenTwoFirstPagesAreOpenedAtOnceThenTheEarlierFormIsShownAgain() {
        Map<String, String> form = new HashMap<>(new TestBrowser().hidden("/signin"));
        form.putAll(fields(name, PASSWORD, "/account/keys"));
        browser.get("/signin");
        Response again = given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .cookies(browser.cookies())
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(form)
                .post("/signin");
        again.then()
                .statusCode(403)
                .body(containsString("Enter your password once more"))
                .body(containsString("name=\"name\" value=\"" + name + "\""))
                .body(containsString("name=\"continue\" value=\"/account/keys\""))
                .body(containsString(
                        "name=\"form_token\" value=\"" + browser.cookies().get("roster-form") + "\""))
                .body(not(containsString(PASSWORD)));
        for (String site : List.of("none", "cross-site")) {
            given().header("Sec-Fetch-Site", site)
                    .cookies(browser.cookies())
                    .formParams(form)
                    .post("/signin")
                    .then()
                    .statusCode(403)
                    .body(containsString("This form is too old or came from elsewhere."));
        }
        // Whose browser keeps no cookies reads why
        given().header("Sec-Fetch-Site", "same-origin")
                .formParams(form)
                .post("/signin")
                .then()
                .statusCode(403)
                .body(containsString("Your browser has to keep cookies for that."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "////evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/%2f/evil.example",
                "/%5cevil.example",
                "/x/..//evil.example",
                "/\t/evil.example",
                "/x\r\nLocation: https://evil.example",
                "/.//evil.example",
                "evil",
                ""
            })
    void whenItWouldLeadElsewhereThenToTheAccount(String elsewhere) {
        browser.submit("/signin?continue=" + encoded(elsewhere), "/signin", fields(name, PASSWORD, elsewhere))
                .then()
                .statusCode(303)
                .header("Location", "/account");
    }

    @Test
    void whenItLeadsToAnApplicationThenByAPageAndNotByARedirect() {
        String authorize = "/oauth2/authorize?client_id=a&redirect_uri=https%3A%2F%2Fapp.example%2Fback";
        browser.submit("/signin", "/signin", fields(name, PASSWORD, authorize))
                .then()
                .statusCode(200)
                .header("Location", nullValue())
                .body(containsString("http-equiv=\"refresh\" content=\"0; url=" + authorize.replace("&", "&amp;")));
    }

    @Test
    void whenTheFormIsNotOursThenRefused() {
        browser.post("/signin", fields(name, PASSWORD, "/account"))
                .then()
                .statusCode(403)
                .contentType("text/html")
                .body(containsString("This form is too old or came from elsewhere."));
        browser.get("/signin");
        Map<String, String> forged = new HashMap<>(fields(name, PASSWORD, "/account"));
        forged.put("form_token", "A".repeat(43));
        browser.post("/signin", forged).then().statusCode(403);
        assertFalse(browser.cookies().containsKey(SESSION));
    }

    @Test
    void whenAnotherSiteSendsTheFormThenRefused() {
        String token = browser.get("/signin").then().extract().cookie("roster-form");
        given().cookie("roster-form", token)
                .header("Sec-Fetch-Site", "cross-site")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("form_token", token)
                .post("/signout")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin", "/account", "/password", "/signout"})
    void pagesCannotBeFramedKeptOrScripted(String path) {
        browser.get(path)
                .then()
                .header(
                        "Content-Security-Policy",
                        path.equals("/signin") || path.equals("/signout")
                                ? equalTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                                        + " base-uri 'none'; frame-ancestors 'none'")
                                : containsString("frame-ancestors 'none'"))
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .body(not(containsString("<script")))
                .body(not(containsString("style=\"")));
    }

    @Test
    void whenTheHostIsInventedThenItIsNowhereInTheAnswer() {
        given().header("Host", "evil.example")
                .redirects()
                .follow(false)
                .get("/account")
                .then()
                .statusCode(303)
                .header("Location", "/signin?continue=%2Faccount");
    }

    @Test
    void whenTheBrowserSpeaksGermanThenThePagesDo() {
        given().header("Accept-Language", "fr, de-CH;q=0.9, en;q=0.1")
                .get("/signin")
                .then()
                .header("Content-Language", "de")
                .body(containsString("<html lang=\"de\">"))
                .body(containsString("Benutzername oder E-Mail-Adresse"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {";;;", "-", "de,-", "de-", "-de", "de;q=", "de;q=2", "*", ",", "x", "i-", "de-x-", "\u00e4"})
    void whenTheLanguageIsNoneThenAPageAllTheSame(String language) {
        given().header("Accept-Language", language).get("/signin").then().statusCode(200);
        given().header("Accept-Language", language)
                .get("/account/nothing")
                .then()
                .statusCode(404);
    }

    @Test
    void whenTheLanguageIsMalformedThenEnglish() {
        given().header("Accept-Language", "de,-").get("/signin").then().header("Content-Language", "en");
    }

    @Test
    void whenAPageDoesNotExistOrHasNoSuchMethodThenSaidInAPage() {
        given().get("/account/nothing").then().statusCode(404).contentType("text/html");
        given().delete("/signin")
                .then()
                .statusCode(405)
                .contentType("text/html")
                .header("Allow", "GET, HEAD, POST");
    }

    @Test
    void whenNothingIsThereThenAPersonReadsAPageAndAProgramItsContract() {
        browser.speak("de");
        browser.get("/nothing")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("<h1>Hier ist nichts</h1>"));
        given().get("/nothing").then().statusCode(404).contentType(ContentType.JSON);
        given().accept("text/html")
                .header("Authorization", "Bearer x")
                .get("/nothing")
                .then()
                .contentType("application/json");
        given().accept("text/html").get("/api/v1/nothing").then().contentType("application/json");
        // As Java's own client asks for everything
        given().accept("text/html, image/gif, image/jpeg, */*; q=0.2")
                .get("/nothing")
                .then()
                .statusCode(404)
                .contentType("application/json");
        browser.get("/api/v1/nothing").then().statusCode(404).contentType("application/json");
    }

    @Test
    void whenAFormCannotBeReadThenNoPageMixesLanguages() {
        Map<String, String> large = Map.of("name", "x".repeat(100_000));
        browser.post("/signin", large)
                .then()
                .statusCode(413)
                .body(containsString("<p>What was sent is larger than this service takes.</p>"));
        browser.speak("de");
        browser.post("/signin", large)
                .then()
                .statusCode(413)
                .body(containsString("<h1>Das hat nicht geklappt</h1>"))
                .body(containsString("<p>Was gesendet wurde, ist größer, als dieser Dienst annimmt.</p>"));
        browser.get("/signin/with/idp/callback/x").then().statusCode(404).body(not(containsString("<p></p>")));
        browser.get("/account/sessions/end")
                .then()
                .statusCode(405)
                .body(containsString("<p>Unter dieser Adresse gibt es keine Seite, die sich so öffnen lässt."));
        browser.post("/signin", Map.of("a\u0000", "b")).then().statusCode(403).body(containsString("zu alt"));
    }

    @Test
    void whenALinkFillsInWhatNobodyTypesThenTheFieldIsEmpty() {
        for (String hint : List.of("%00", "%E2%80%AEada", "a%0Ab", "x".repeat(321))) {
            browser.get("/signin?login_hint=" + hint + "&organization=" + hint)
                    .then()
                    .statusCode(200)
                    .body(containsString("name=\"name\" value=\"\""))
                    .body(containsString("name=\"organization\" value=\"\""));
        }
        browser.get("/signin?login_hint=" + encoded("Zo\u00eb+1@example.org"))
                .then()
                .body(containsString("name=\"name\" value=\"Zo\u00eb+1@example.org\""));
    }

    @Test
    void whenANewPasswordIsAskedForThenTheSignInAfterwardsIsTheSame() {
        String authorize = "/oauth2/authorize?client_id=a&state=b%26c";
        String query = "?organization=" + organization.name() + "&login_hint=ada&continue=" + encoded(authorize)
                + "&max_age=60&prompt=select_account";
        String signIn = browser.get("/signin" + query).asString();
        String forgot = "/password/forgot" + query;
        assertTrue(signIn.contains("<a href=\"" + forgot.replace("&", "&amp;") + "\">"), signIn);
        String back = "href=\"" + ("/signin" + query).replace("&", "&amp;") + "\"";
        browser.get(forgot).then().body(containsString(back));
        // One that was begun and refused goes on as it was, too
        Map<String, String> form = new HashMap<>(fields("ada", "wrong", authorize));
        form.putAll(Map.of("max_age", "60", "prompt", "select_account"));
        browser.submit("/signin", "/signin", form)
                .then()
                .statusCode(422)
                .body(containsString("<a href=\"" + forgot.replace("&", "&amp;") + "\">"));
        browser.submit("/signin", "/password/forgot", form)
                .then()
                .statusCode(422)
                .body(containsString(back));
        browser.get("/password/forgot?continue=%2F%2Fevil.example").then().body(not(containsString("evil")));
    }

    @Test
    void startIsAPageForBrowsersOnly() {
        browser.get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("<title>Start · Roster</title>"))
                .body(containsString("href=\"/signin\""));
        given().accept("application/json").get("/").then().statusCode(404).contentType(ContentType.JSON);
        given().accept("text/html").get("/users").then().statusCode(406).contentType(ContentType.JSON);
    }

    @Test
    void styleIsThere() {
        given().get("/assets/roster.css").then().statusCode(200).contentType("text/css");
        java.util.regex.Matcher sheet = Pattern.compile(
                        "<link rel=\"stylesheet\" href=\"(/assets/roster[.]css[?]v=[0-9a-f]{12})\">")
                .matcher(browser.get("/").asString());
        assertTrue(sheet.find());
        given().get(sheet.group(1)).then().statusCode(200).contentType("text/css");
    }

    @Test
    void sessionsAreListedAndEnded() {
        signIn(PASSWORD);
        TestBrowser other = new TestBrowser();
        other.submit("/signin", "/signin", fields(name, PASSWORD, "/account"));
        other.get("/account").then().statusCode(200);
        browser.submit("/account", "/account/sessions/end", Map.of())
                .then()
                .statusCode(303)
                .header("Location", "/account");
        other.get("/account").then().statusCode(303);
        browser.get("/account").then().statusCode(200);
    }

    private Response signIn(String password) {
        return submit(name, password);
    }

    private Response submit(String username, String password) {
        return browser.submit("/signin", "/signin", fields(username, password, "/account"));
    }

    private Response changePassword(String current, String chosen) {
        return browser.submit("/password", "/password", Map.of("current_password", current, "new_password", chosen));
    }

    private Map<String, String> fields(String username, String password, String next) {
        return Map.of("organization", organization.name(), "name", username, "password", password, "continue", next);
    }

    private void change(Map<String, ?> change) {
        Map<String, Object> kept = new HashMap<>(Map.of("password_expired", false));
        kept.putAll(change);
        asAdmin()
                .contentType(ContentType.JSON)
                .body(kept)
                .patch("/users/{id}", id)
                .then()
                .statusCode(200);
    }

    private RequestSpecification asAdmin() {
        return given().auth().preemptive().oauth2(organization.token(Role.ADMIN));
    }

    private void age(String column, String age) {
        Database.execute(
                "UPDATE browser_sessions SET " + column + " = now() - CAST(? AS interval) WHERE organization_id = ?",
                age,
                organization.id());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
