package dev.roster.access.federation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.federation.StandInIssuer.Mood;
import dev.roster.caller.Role;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.TokenClaims;
import dev.roster.web.TestBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in through another issuer, in a browser (OpenID Connect Core section 3.1, RFC 9700 section 4). */
@QuarkusTest
@Tag("packaged")
@TestProfile(FederationTest.WithIssuers.class)
class FederatedSignInTest {
    private static final Pattern ONWARD = Pattern.compile("content=\"0; url=([^\"]+)\"");
    private static final String PASSWORD = "correct horse battery";
    private static final String SESSION = "roster-session";
    private static final PublicJsonWebKey KEY = rsa();

    private static StandInIssuer server;
    private static StandInProvider idp;
    private static StandInProvider post;
    private static StandInProvider strict;
    private static boolean reached;

    private final TestOrganization organization = TestOrganization.shared(
            UUID.fromString("00000000-0000-7000-8000-000000000002"), StandInProvider.ORGANIZATION);
    private final TestOrganization other = TestOrganization.shared(
            UUID.fromString("00000000-0000-7000-8000-000000000003"), StandInProvider.OTHER_ORGANIZATION);
    private final TestBrowser browser = new TestBrowser();
    private final String subject = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        reached = false;
        int port = Integer.getInteger(FederationTest.PORT);
        String base = "http://127.0.0.1:" + port;
        server = new StandInIssuer(port);
        idp = new StandInProvider(server, base, "idp", KEY, false);
        post = new StandInProvider(server, base, "post", KEY, true);
        strict = new StandInProvider(server, base, "strict", KEY, false);
        server.turn("/away/.well-known/openid-configuration", Mood.FAILING);
        server.serve(
                "/liar/.well-known/openid-configuration",
                exchange -> StandInIssuer.send(
                        exchange,
                        200,
                        ("{'issuer':'" + base + "/idp','authorization_endpoint':'" + base + "/idp/authorize',"
                                        + "'token_endpoint':'" + base + "/token','jwks_uri':'" + base + "/keys'}")
                                .replace('\'', '"')));
        server.serve(
                "/lost/.well-known/openid-configuration",
                exchange -> StandInIssuer.send(
                        exchange,
                        200,
                        ("{'issuer':'" + base + "/lost','authorization_endpoint':'" + base + "/lost/authorize',"
                                        + "'token_endpoint':'http://internal.example/token','jwks_uri':'" + base
                                        + "/keys'}")
                                .replace('\'', '"')));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    /** What a busy machine did not read of them in time is asked for again some seconds later. */
    @BeforeEach
    void awaitIssuers() {
        if (!reached) {
            Eventually.holds(() -> isReached("idp", idp) && isReached("post", post) && isReached("strict", strict));
            reached = true;
        }
    }

    /** Whether somebody comes through whom nothing else is about. */
    private static boolean isReached(String issuer, StandInProvider provider) {
        TestBrowser somebody = new TestBrowser();
        Response page = somebody.submit("/signin", "/signin/with/" + issuer, Map.of());
        if (page.statusCode() != 200) {
            return false;
        }
        Map<String, String> asked = asked(page.asString());
        ForgedToken token = provider.token(asked, UUID.randomUUID().toString(), "member");
        String code = provider.agree(asked, token.claim("acr", "gold").sign());
        int status = callback(somebody, issuer, asked.get("state"), code).statusCode();
        // There no account is made
        return status == (issuer.equals("post") ? 403 : 303);
    }

    @Test
    void issuersOfTheOrganizationAreOffered() {
        browser.get("/signin?organization=" + StandInProvider.ORGANIZATION)
                .then()
                .statusCode(200)
                .body(containsString("action=\"/signin/with/idp\""))
                .body(containsString("Continue with Stand-in &lt;idp&gt;"))
                .body(not(containsString("/signin/with/post")));
        new TestBrowser().get("/signin").then().body(not(containsString("/signin/with/")));
        browser.get("/signin").then().body(containsString("action=\"/signin/with/idp\""));
        browser.get("/signin?organization=nobody-has-this").then().body(not(containsString("/signin/with/")));
    }

    @Test
    void whatIsAskedIsForThisBrowserAndThisServiceAlone() {
        Map<String, String> asked = begin("idp", Map.of());
        assertTrue(location("idp", Map.of()).startsWith(url("idp") + "/authorize?tenant=a&response_type=code&"));
        assertEquals("code", asked.get("response_type"));
        assertEquals(StandInProvider.CLIENT, asked.get("client_id"));
        assertEquals("openid profile email", asked.get("scope"));
        assertEquals(own() + "/signin/with/idp/callback", asked.get("redirect_uri"));
        assertEquals("S256", asked.get("code_challenge_method"));
        assertTrue(asked.get("code_challenge").matches("[\\w-]{43}"), asked.toString());
        assertTrue(asked.get("nonce").matches("[\\w-]{43}"), asked.toString());
        assertTrue(asked.get("state").matches("[\\w-]{64}"), asked.toString());
        assertNull(asked.get("max_age"));
        assertNull(asked.get("acr_values"));
        Map<String, String> next = begin("idp", Map.of());
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals(asked.get(name), next.get(name));
        }
        Map<String, String> ofStrict = begin("strict", Map.of("max_age", "0"));
        assertEquals("openid email", ofStrict.get("scope"));
        assertEquals("gold platinum", ofStrict.get("acr_values"));
        assertEquals("0", ofStrict.get("max_age"));
        assertEquals("login", ofStrict.get("prompt"));
    }

    /** A choice is no proof, so that none has to be told. */
    @ParameterizedTest
    @CsvSource({
        "idp, select_account, , select_account",
        "idp, select_account, 600, select_account",
        "idp, select_account, 0, login",
        "idp, create, , ",
        "idp, , 600, ",
        "post, select_account, , login"
    })
    void whenAnAccountIsToBeChosenThenThereAsFarAsTheIssuerKnowsThat(
            String issuer, String prompt, String maxAge, String asked) {
        Map<String, String> fields = new HashMap<>();
        fields.put("prompt", prompt == null ? "" : prompt);
        fields.put("max_age", maxAge == null ? "" : maxAge);
        Map<String, String> query = begin(issuer, fields);
        assertEquals(asked, query.get("prompt"));
        assertEquals(maxAge, query.get("max_age"));
    }

    @Test
    void whenTheHostIsInventedThenTheRedirectUriIsStillOurs() {
        browser.get("/signin");
        String page = given().header("Host", "evil.example")
                .cookies(browser.cookies())
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("form_token", browser.cookies().get("roster-form"))
                .post("/signin/with/idp")
                .then()
                .statusCode(200)
                .body(not(containsString("evil.example")))
                .extract()
                .asString();
        assertEquals(own() + "/signin/with/idp/callback", asked(page).get("redirect_uri"));
    }

    @Test
    void whenAnUnknownPersonThenAnAccountIsMadeAndSignedIn() {
        browser.cookies().put(SESSION, "chosen-by-somebody-else");
        Map<String, String> asked = begin("idp", Map.of("continue", "/account?x=1"));
        String code = idp.agree(
                asked,
                idp.token(asked, subject, "member")
                        .claim("preferred_username", "ada-" + subject)
                        .claim("name", "Ada Lovelace")
                        .sign());
        back("idp", asked, code).then().statusCode(303).header("Location", "/account?x=1");
        assertNotEquals("chosen-by-somebody-else", browser.cookies().get(SESSION));
        browser.get("/account").then().statusCode(200).body(containsString("Signed in as Ada Lovelace at Test."));
        assertEquals(1L, accounts());
        assertEquals(
                "user.created user.signed_up sign_in.succeeded",
                Database.value(
                        "SELECT string_agg(type, ' ' ORDER BY occurred_at, id) FROM audit_events"
                                + " WHERE organization_id = ? AND target_id = (SELECT id FROM users WHERE oauth_id = ?)",
                        organization.id(),
                        subject));
        assertEquals(
                url("idp"),
                Database.value(
                        "SELECT details->>'issuer' FROM audit_events WHERE type = 'sign_in.succeeded'"
                                + " AND target_id = (SELECT id FROM users WHERE oauth_id = ?)",
                        subject));
    }

    @Test
    void whenSignedInAgainThenTheSameAccountAndTheSessionBeforeEnds() {
        signIn("idp", idp, UnaryOperator.identity());
        String first = browser.cookies().get(SESSION);
        signIn("idp", idp, UnaryOperator.identity());
        String second = browser.cookies().get(SESSION);
        assertNotEquals(first, second);
        assertEquals(1L, accounts());
        browser.cookies().put(SESSION, first);
        browser.get("/account").then().statusCode(303);
        browser.cookies().put(SESSION, second);
        browser.get("/account").then().statusCode(200);
    }

    @Test
    void whenSignedInByAnotherIssuerThenKeysAreSaidToBeMadeByAdministrators() {
        signIn("idp", idp, UnaryOperator.identity());
        browser.assertKeysAreMadeByAdministrators();
    }

    /** Where there is none to change, the page that changes it would lead back for ever. */
    @Test
    void whenTheAccountIsSaidToHaveAnExpiredPasswordThenItGoesOnWithoutOne() {
        signIn("idp", idp, UnaryOperator.identity());
        Database.execute("UPDATE users SET password_expired = true WHERE oauth_id = ?", subject);
        browser.get("/account").then().statusCode(200);
    }

    @Test
    void whenTwoTabsThenBothGoOn() {
        Map<String, String> one = begin("idp", Map.of("continue", "/account?tab=1"));
        Map<String, String> two = begin("idp", Map.of("continue", "/account?tab=2"));
        back("idp", one, idp.agree(one, idp.token(one, subject, "member").sign()))
                .then()
                .header("Location", "/account?tab=1");
        back("idp", two, idp.agree(two, idp.token(two, subject, "member").sign()))
                .then()
                .header("Location", "/account?tab=2");
    }

    @Test
    void whenTheSecretBelongsInTheFormThenThere() {
        Map<String, String> asked = begin("post", Map.of());
        String token = post.token(asked, subject, "x").sign();
        know("post", Role.MEMBER);
        back("post", asked, post.agree(asked, token)).then().statusCode(303);
    }

    @Test
    void whenTheStateIsWrongThenNobodyIsSignedIn() {
        Map<String, String> asked = begin("idp", Map.of());
        String code = idp.agree(asked, idp.token(asked, subject, "member").sign());
        for (String state : List.of("", "x", "A".repeat(64), asked.get("state") + "A")) {
            refused(callback(browser, "idp", state, code), 400, "begun in another browser");
        }
        assertEquals(0L, accounts());
    }

    @Test
    void whenTheStateIsOfAnotherBrowserThenOnlyThatOneGoesOn() {
        Map<String, String> asked = begin("idp", Map.of());
        String code = idp.agree(asked, idp.token(asked, subject, "member").sign());
        TestBrowser stranger = new TestBrowser();
        refused(callback(stranger, "idp", asked.get("state"), code), 400, "begun in another browser");
        stranger.get("/signin");
        refused(callback(stranger, "idp", asked.get("state"), code), 400, "begun in another browser");
        back("idp", asked, code).then().statusCode(303);
    }

    @Test
    void whenTheStateComesAgainThenRefused() {
        Map<String, String> asked = begin("idp", Map.of());
        back("idp", asked, idp.agree(asked, idp.token(asked, subject, "member").sign()))
                .then()
                .statusCode(303);
        String again = idp.agree(asked, idp.token(asked, subject, "member").sign());
        // Who is signed in by now is told so
        refused(back("idp", asked, again), 400, "<h1>You are signed in.</h1>");
        refused(back("idp", asked, again), 400, "href=\"/account\"");
        browser.cookies().remove(SESSION);
        refused(back("idp", asked, again), 400, "was done already");
    }

    @Test
    void whenItTookTooLongThenRefusedAndForgotten() {
        refused(late(begin("idp", Map.of())), 400, "longer than ten minutes");
    }

    @Test
    void whenItTookTooLongThenSaidWhatHasNotHappened() {
        String page = invite("ada-" + subject + "@example.org");
        Response invited = late(asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                .asString()));
        refused(invited, 400, "To accept the invite, open the link of the mail again.");
        assertFalse(invited.asString().contains("href=\"/signin"), invited.asString());
        UUID id = withPassword(organization, Role.MEMBER);
        assertEquals(303, byPassword(browser, organization).statusCode());
        Response kept = late(asked(goOver("idp", PASSWORD).asString()));
        refused(kept, 400, "<h1>Nothing was done</h1>");
        refused(kept, 400, "longer than ten minutes");
        refused(kept, 400, "<a class=\"button\" href=\"/account\">Your account</a>");
        assertNull(Database.value("SELECT oauth_id FROM users WHERE id = ?", id));
        Response signedIn = late(asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                .asString()));
        refused(signedIn, 400, "<h1>Nothing was done</h1>");
        refused(signedIn, 400, "To accept the invite, open the link of the mail again.");
    }

    /** Comes back when the ten minutes are over. */
    private Response late(Map<String, String> asked) {
        Database.execute(
                "UPDATE federated_sign_ins SET expires_at = now() - interval '1 second' WHERE digest = sha256(?)",
                (Object) asked.get("state").getBytes(StandardCharsets.UTF_8));
        return back(
                "idp",
                asked,
                idp.agree(asked, idp.token(asked, subject, "member").sign()));
    }

    @Test
    void databaseHoldsNothingThatCompletesASignIn() {
        Map<String, String> asked = begin("idp", Map.of());
        String row = (String) Database.value(
                "SELECT string_agg(s::text, ' ') FROM federated_sign_ins s WHERE organization_id = ?",
                organization.id());
        for (String secret : List.of(
                asked.get("state"), asked.get("nonce"), browser.cookies().get("roster-form"))) {
            assertFalse(row.contains(secret), row);
        }
    }

    @Test
    void whenAnotherIssuerAnswersThenRefused() {
        Map<String, String> asked = begin("idp", Map.of());
        String code = idp.agree(asked, idp.token(asked, subject, "member").sign());
        refused(callback(browser, "strict", asked.get("state"), code), 400, "Begin again");
        for (String iss : List.of("", "&iss=" + encoded(url("strict")), "&iss=" + encoded(url("idp") + "/"))) {
            Map<String, String> next = begin("idp", Map.of());
            String ofNext = idp.agree(next, idp.token(next, subject, "member").sign());
            String path = "/signin/with/idp/callback?code=" + ofNext + "&state=" + next.get("state") + iss;
            refused(browser.get(path), 502, "does not prove who you are");
        }
        Map<String, String> silent = begin("post", Map.of());
        String path = "/signin/with/post/callback?code=x&state=" + silent.get("state") + "&iss=" + encoded(url("idp"));
        refused(browser.get(path), 502, "does not prove who you are");
        assertEquals(0L, accounts());
    }

    static Stream<Arguments> wrongTokens() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                wrong("nonce of another attempt", token -> token.claim("nonce", "A".repeat(43))),
                wrong("no nonce", token -> token.claim("nonce", null)),
                wrong("audience", token -> token.claim("aud", "another")),
                wrong("no audience", token -> token.claim("aud", null)),
                wrong("two audiences", token -> token.claim("aud", List.of(StandInProvider.CLIENT, "another"))),
                wrong("party", token -> token.claim("azp", "another")),
                wrong("issuer", token -> token.claim("iss", url("strict"))),
                wrong("expired", token -> token.claim("exp", now - 60)),
                wrong("no end", token -> token.claim("exp", null)),
                wrong("not yet", token -> token.claim("nbf", now + 600)),
                wrong("old", token -> token.claim("iat", now - 3_600)),
                wrong("from the future", token -> token.claim("iat", now + 600)),
                wrong("no time", token -> token.claim("iat", null)),
                wrong("no subject", token -> token.claim("sub", null)),
                wrong("subject too long", token -> token.claim("sub", "x".repeat(256))),
                wrong("another kind", token -> token.claim("typ", "Bearer")),
                wrong("an access token", token -> token.header("typ", "at+jwt")),
                wrong("a logout token", token -> token.header("typ", "logout+jwt")),
                wrong("bound to a key", token -> token.claim("cnf", Map.of("jkt", "x"))),
                wrong("unknown key", token -> token.header("kid", "other")),
                wrong("another key", token -> token.key(rsa().getPrivateKey())),
                wrong("a public key as a secret", token -> token.header("alg", "HS256")
                        .key(new HmacKey(KEY.getPublicKey().getEncoded()))),
                wrong("another algorithm", token -> token.header("alg", "PS256")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTokens")
    void whenTheTokenIsWrongThenNobodyIsSignedIn(String what, UnaryOperator<ForgedToken> spoiled) {
        Map<String, String> asked = begin("idp", Map.of());
        String token = spoiled.apply(idp.token(asked, subject, "member")).sign();
        refused(back("idp", asked, idp.agree(asked, token)), 502, "does not prove who you are");
        assertEquals(0L, accounts());
    }

    @Test
    void whenTheTokenIsNotSignedThenNobodyIsSignedIn() {
        Map<String, String> asked = begin("idp", Map.of());
        String[] parts = idp.token(asked, subject, "member").sign().split("\\.", -1);
        String none = "eyJhbGciOiJub25lIiwia2lkIjoia2V5In0." + parts[1] + ".";
        refused(back("idp", asked, idp.agree(asked, none)), 502, "does not prove who you are");
        for (String suffix : List.of("=", "!", "A", ".", " ")) {
            Map<String, String> next = begin("idp", Map.of());
            String spelled = idp.token(next, subject, "member").sign() + suffix;
            refused(back("idp", next, idp.agree(next, spelled)), 502, "does not prove who you are");
        }
    }

    @Test
    void whenThePersonIsThePartyOfSeveralAudiencesThenSignedIn() {
        signIn("idp", idp, token -> token.claim("aud", List.of("another", StandInProvider.CLIENT))
                .claim("azp", StandInProvider.CLIENT)
                .claim("typ", "ID"));
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, 403, was not completed",
        "login_required, 403, was not completed",
        "account_selection_required, 403, was not completed",
        "server_error, 503, does not answer",
        "temporarily_unavailable, 503, does not answer",
        "invalid_scope, 502, does not prove",
        "%3Cscript%3E, 502, does not prove"
    })
    void whenTheIssuerAnswersWithAnErrorThenSaidWhatToDo(String error, int status, String said) {
        Map<String, String> asked = begin("idp", Map.of("continue", "/account?x=1"));
        String path = "/signin/with/idp/callback?error=" + error + "&error_description=Internals&state="
                + asked.get("state") + "&iss=" + encoded(url("idp"));
        Response page = browser.get(path);
        refused(page, status, said);
        page.then()
                .body(not(containsString("Internals")))
                .body(not(containsString("script")))
                .body(containsString("href=\"/signin?organization=" + StandInProvider.ORGANIZATION
                        + "&amp;continue=%2Faccount%3Fx%3D1\""));
        refused(browser.get(path), 400, "Begin again");
    }

    @Test
    void whenTheTokenEndpointIsBadThenSaid() {
        Map<String, Integer> answers = new HashMap<>();
        answers.put(idp.agreeBadly(500, "{\"error\":\"server_error\",\"error_description\":\"Internals\"}"), 503);
        answers.put(idp.agreeBadly(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Internals\"}"), 502);
        answers.put(idp.agreeBadly(200, "<html>Internals"), 502);
        answers.put(idp.agreeBadly(200, "{\"access_token\":\"Internals\"}"), 502);
        answers.put(idp.agreeBadly(200, "{\"id_token\":[\"Internals\"]}"), 502);
        answers.put(idp.agreeBadly(302, ""), 502);
        answers.put(idp.agreeWithoutEnd(), 503);
        answers.put(idp.agreeInSilence(), 503);
        answers.put("a code that it has not given", 502);
        answers.forEach((code, status) -> {
            Response page = back("idp", begin("idp", Map.of()), encoded(code));
            refused(page, status, status == 503 ? "does not answer" : "does not prove");
            page.then().body(not(containsString("Internals")));
        });
    }

    @Test
    void whenTheCodeIsOfAnotherAttemptThenTheIssuerRefusesIt() {
        Map<String, String> stolen = begin("idp", Map.of());
        String code = idp.agree(stolen, idp.token(stolen, subject, "member").sign());
        TestBrowser thief = new TestBrowser();
        Map<String, String> asked =
                asked(thief.submit("/signin", "/signin/with/idp", Map.of()).asString());
        refused(callback(thief, "idp", asked.get("state"), code), 502, "does not prove who you are");
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "liar", "lost"})
    void whenTheMetadataIsBadThenNobodyIsSentThere(String issuer) {
        Response page = browser.submit("/signin", "/signin/with/" + issuer, Map.of());
        refused(page, 503, "does not answer");
        page.then().body(not(containsString("http-equiv")));
    }

    @Test
    void whenNobodyIsSentThereThenItIsKeptWhatForAndWhereto() {
        Response page = browser.submit("/signin", "/signin/with/away", Map.of("continue", "/account/keys"));
        refused(page, 503, "&amp;continue=%2Faccount%2Fkeys\">");
        String invite = invite("ada-" + subject + "@example.org");
        Response invited = browser.submit(invite, "/signin/with/away", Map.of("code", code(invite)));
        refused(invited, 503, "To accept the invite, open the link of the mail again.");
        assertFalse(invited.asString().contains("href=\"/signin"), invited.asString());
        withPassword(organization, Role.MEMBER);
        assertEquals(303, byPassword(browser, organization).statusCode());
        refused(goOver("away", PASSWORD), 503, "href=\"/account\">Your account<");
        Response signedIn = browser.submit("/account", "/signin/with/away", Map.of("continue", "/account/keys"));
        refused(signedIn, 503, "href=\"/account/keys\">Go on<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "main", "IDP"})
    void whenNobodySignsInThroughItThenNotFound(String issuer) {
        browser.submit("/signin", "/signin/with/" + issuer, Map.of()).then().statusCode(404);
        browser.get("/signin/with/" + issuer + "/callback?state=x&code=y")
                .then()
                .statusCode(404)
                .contentType("text/html");
    }

    @Test
    void whenTheFormIsNotOursThenRefused() {
        browser.post("/signin/with/idp", Map.of("continue", "/account"))
                .then()
                .statusCode(403)
                .body(containsString("This form is too old or came from elsewhere."));
        browser.get("/signin");
        browser.post("/signin/with/idp", Map.of("form_token", "A".repeat(43)))
                .then()
                .statusCode(403);
        browser.get("/signin/with/idp").then().statusCode(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""})
    void whenItWouldLeadElsewhereThenToTheAccount(String elsewhere) {
        Map<String, String> asked = begin("idp", Map.of("continue", elsewhere));
        back("idp", asked, idp.agree(asked, idp.token(asked, subject, "member").sign()))
                .then()
                .statusCode(303)
                .header("Location", "/account");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenAnAddressIsThatOfAnAccountThenItIsStillNotTheirs(boolean verified) {
        String email = "eve-" + subject + "@example.org";
        UUID victim = TestRows.person(organization, "eve-" + subject, email, Role.ADMIN);
        signIn("idp", idp, token -> token.claim("email", email)
                .claim("email_verified", verified)
                .claim("preferred_username", "eve-" + subject));
        assertEquals(
                "t null member",
                Database.value(
                        "SELECT concat_ws(' ', id <> ?, coalesce(email, 'null'), role) FROM users WHERE oauth_id = ?",
                        victim,
                        subject));
        assertNull(Database.value("SELECT oauth_id FROM users WHERE id = ?", victim));
    }

    @Test
    void whenAccountsAreNotMadeThenOnlyKnownSubjects() {
        Map<String, String> asked = begin("post", Map.of());
        String code = post.agree(asked, post.token(asked, subject, "x").sign());
        refused(back("post", asked, code), 403, "no active account here");
        assertEquals(0L, accounts());
        assertEquals(
                "no_account " + url("post"),
                Database.value(
                        "SELECT concat_ws(' ', details->>'reason', details->>'issuer') FROM audit_events"
                                + " WHERE organization_id = ? AND type = 'sign_in.failed' ORDER BY id DESC LIMIT 1",
                        other.id()));
        know("post", Role.MEMBER);
        signIn("post", post, UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({"deactivated", "pending_sign_up"})
    void whenTheAccountIsNotActiveThenRefused(String status) {
        UUID id = know("idp", Role.MEMBER);
        Database.execute("UPDATE users SET status = ? WHERE id = ?", status, id);
        Map<String, String> asked = begin("idp", Map.of());
        refused(
                back(
                        "idp",
                        asked,
                        idp.agree(asked, idp.token(asked, subject, "member").sign())),
                403,
                "no active account here");
        assertEquals(
                "no_account",
                Database.value(
                        "SELECT details->>'reason' FROM audit_events WHERE target_id = ? AND type = 'sign_in.failed'",
                        id));
    }

    @Test
    void whenTheAccountWasDeletedThenNotMadeAnew() {
        signIn("idp", idp, token -> token.claim("preferred_username", "gone-" + subject));
        given().auth()
                .oauth2(admin())
                .delete("/api/v1/users/gone-" + subject)
                .then()
                .statusCode(204);
        Map<String, String> asked = begin("idp", Map.of());
        refused(
                back(
                        "idp",
                        asked,
                        idp.agree(asked, idp.token(asked, subject, "member").sign())),
                403,
                "no active account here");
        assertEquals(0L, accounts());
    }

    @Test
    void whenTheIssuerGivesNoRoleThenRefused() {
        Map<String, String> asked = begin("idp", Map.of());
        String code = idp.agree(asked, idp.token(asked, subject, "owner").sign());
        refused(back("idp", asked, code), 403, "no active account here");
        assertEquals(0L, accounts());
    }

    @Test
    void whenTheIssuerGivesLessThanTheDirectoryThenNeitherBrowserNorApplicationGetsMore() {
        UUID application = TestRows.application(organization);
        Database.execute(
                "UPDATE applications SET is_first_party = true, scopes = '{users:read,users:write}' WHERE id = ?",
                application);
        know("idp", Role.ADMIN);
        signIn("idp", idp, UnaryOperator.identity(), "member");
        assertEquals("{users:read}", granted(application));
        signIn("idp", idp, UnaryOperator.identity(), "admin");
        assertEquals("{users:read,users:write}", granted(application));
        Database.execute("UPDATE users SET role = 'member' WHERE oauth_id = ?", subject);
        signIn("idp", idp, UnaryOperator.identity(), "admin");
        browser.get("/account").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, viewer, 403", "ADMIN, viewer, 403", "ADMIN, member, 200", "MEMBER, admin, 200"})
    void whenTheIssuerGivesAnotherRoleThenTokensOfApplicationsHaveTheLowerOne(Role inDirectory, String said, int status)
            throws Exception {
        UUID application = application("{openid,self:write,users:read,users:write}");
        UUID id = know("idp", inDirectory);
        signIn("idp", idp, UnaryOperator.identity(), said);
        String lower = inDirectory == Role.MEMBER && said.equals("admin") ? "member" : said;
        Response tokens = exchange(application, codeOf(browser.get(authorize(application))));
        assertEquals("openid self:write users:read", tokens.path("scope"));
        // As a replica of an earlier version would keep it, which withholds nothing
        Database.execute(
                "UPDATE application_grants SET scopes = '{openid,self:write,users:read,users:write}'"
                        + " WHERE application_id = ?",
                application);
        assertEquals(
                "openid self:write users:read",
                introspect(application, tokens.path("refresh_token")).path("scope"));
        Response refreshed = wiki(application).refresh(tokens.path("refresh_token"));
        assertEquals("openid self:write users:read", refreshed.path("scope"));
        String derived = given().auth()
                .oauth2(refreshed.path("access_token"))
                .get("/auth/api_token")
                .asString()
                .replace("\"", "");
        for (String token :
                List.of(tokens.<String>path("access_token"), refreshed.<String>path("access_token"), derived)) {
            assertEquals(List.of(lower), TokenClaims.of(token).getStringListClaimValue("groups"));
            assertEquals(List.of(lower), introspect(application, token).path("groups"));
            given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body(Map.of("display_name", "Ada " + UUID.randomUUID()))
                    .patch("/api/v1/users/known-" + subject)
                    .then()
                    .statusCode(status);
        }
        // And where the directory says less by now
        Database.execute("UPDATE users SET role = 'viewer' WHERE id = ?", id);
        Response last = wiki(application).refresh(refreshed.path("refresh_token"));
        assertEquals(
                List.of("viewer"), TokenClaims.of(last.path("access_token")).getStringListClaimValue("groups"));
    }

    /** Many clients take 0 for no time (OpenID Connect Core section 2: optional where no max_age was sent). */
    @Test
    void whenTheIssuerNamesNoTimeThenTokensOfApplicationsNameNone() throws Exception {
        UUID application = application("{openid,self:write}");
        know("idp", Role.MEMBER);
        signIn("idp", idp, token -> token.claim("auth_time", null));
        Response tokens = exchange(application, codeOf(browser.get(authorize(application))));
        Response refreshed = wiki(application).refresh(tokens.path("refresh_token"));
        for (Response one : List.of(tokens, refreshed)) {
            assertEquals(
                    Set.of("iss", "aud", "iat", "exp", "sid", "at_hash", "sub"),
                    TokenClaims.of(one.path("id_token")).getClaimsMap().keySet());
            assertFalse(TokenClaims.of(one.path("access_token")).hasClaim("auth_time"));
        }
        // It counts as long ago
        assertTrue(browser.get(authorize(application) + "&max_age=999999999")
                .header("Location")
                .startsWith("/signin?"));
        signIn("idp", idp, UnaryOperator.identity());
        assertTrue(TokenClaims.of(exchange(application, codeOf(browser.get(authorize(application))))
                        .path("id_token"))
                .hasClaim("auth_time"));
    }

    @Test
    void whenAnAccountIsToBeChosenThenASignInByAnOldProofDoes() {
        UUID application = application("{openid}");
        know("idp", Role.MEMBER);
        UnaryOperator<ForgedToken> silent = token -> token.claim("auth_time", null);
        signIn("idp", idp, silent);
        String signIn =
                browser.get(authorize(application) + "&prompt=select_account").header("Location");
        Map<String, String> there = StandInProvider.fields(signIn.split("\\?", 2)[1]);
        assertEquals(Set.of("continue", "organization", "prompt"), there.keySet());
        assertEquals("select_account", there.get("prompt"));
        browser.get(signIn).then().body(containsString("name=\"prompt\" value=\"select_account\""));
        String back = there.get("continue");
        // Coming back alone chooses nothing
        assertTrue(browser.get(back).header("Location").startsWith("/signin?"));
        Map<String, String> asked = begin("idp", Map.of("continue", back, "prompt", "select_account"));
        String token = silent.apply(idp.token(asked, subject, "member")).sign();
        back("idp", asked, idp.agree(asked, token)).then().statusCode(200);
        codeOf(browser.get(back));
        // Who has to prove who it is has not
        String login = browser.get(authorize(application) + "&prompt=login").header("Location");
        String anew = StandInProvider.fields(login.split("\\?", 2)[1]).get("continue");
        signIn("idp", idp, silent);
        assertTrue(browser.get(anew).header("Location").startsWith("/signin?"));
    }

    /** A first-party one with a secret. */
    private UUID application(String scopes) {
        UUID application = TestRows.application(organization);
        TestRows.applicationSecret(organization, application, "secret-" + application);
        Database.execute(
                "UPDATE applications SET is_first_party = true, scopes = CAST(? AS text[]) WHERE id = ?",
                scopes,
                application);
        return application;
    }

    private static String codeOf(Response answer) {
        String location = answer.header("Location");
        assertTrue(location.startsWith("https://wiki.example.com/cb?code="), location);
        return StandInProvider.fields(location.split("\\?", 2)[1]).get("code");
    }

    private static Response exchange(UUID application, String code) {
        Response tokens = wiki(application).exchange(code);
        assertEquals(200, tokens.statusCode(), tokens.asString());
        return tokens;
    }

    private static Response introspect(UUID application, String token) {
        return wiki(application).form().formParam("token", token).post("/oauth2/introspect");
    }

    private static CodeGrant wiki(UUID application) {
        return new CodeGrant(application, "secret-" + application);
    }

    @Test
    void whenTheApplicationWantsARecentSignInThenTheIssuerIsAskedForOne() {
        UUID application = TestRows.application(organization);
        Database.execute("UPDATE applications SET is_first_party = true WHERE id = ?", application);
        long now = Instant.now().getEpochSecond();
        String authorize = authorize(application) + "&max_age=60";
        signIn("idp", idp, token -> token.claim("auth_time", now - 3_600));
        String signIn = browser.get(authorize).then().statusCode(303).extract().header("Location");
        assertTrue(signIn.contains("&max_age=60"), signIn);
        Map<String, String> fields = Map.of("continue", authorize, "max_age", "60");
        for (Long time : new Long[] {null, now - 3_600}) {
            Map<String, String> asked = begin("idp", fields);
            assertEquals("60", asked.get("max_age"));
            String code = idp.agree(
                    asked,
                    idp.token(asked, subject, "member").claim("auth_time", time).sign());
            refused(back("idp", asked, code), 502, "does not prove");
        }
        Map<String, String> asked = begin("idp", fields);
        String code = idp.agree(asked, idp.token(asked, subject, "member").sign());
        back("idp", asked, code).then().statusCode(200).body(containsString("http-equiv=\"refresh\""));
        assertTrue(browser.get(authorize).header("Location").startsWith("https://wiki.example.com/cb?code="));
        String again = browser.get(authorize(application) + "&prompt=login").header("Location");
        assertTrue(again.startsWith("/signin?") && again.contains("&max_age=0"), again);
    }

    @ParameterizedTest
    @CsvSource({"gold, 303", "platinum, 303", "bronze, 502", ", 502"})
    void whenAWayOfProofIsAskedForThenItHasToBeSaid(String acr, int status) {
        Map<String, String> asked = begin("strict", Map.of());
        String token = strict.token(asked, subject, "x").claim("acr", acr).sign();
        back("strict", asked, strict.agree(asked, token)).then().statusCode(status);
    }

    @Test
    void whenANetworkBeginsTooManyThenItWaits() {
        begin("post", Map.of());
        Database.execute(
                "UPDATE rate_limits SET free_at = now() + interval '11 minutes'"
                        + " WHERE organization_id = ? AND name = 'federated-sign-in'",
                other.id());
        browser.submit("/signin", "/signin/with/post", Map.of()).then().statusCode(429);
        Database.execute(
                "DELETE FROM rate_limits WHERE organization_id = ? AND name = 'federated-sign-in'", other.id());
        begin("post", Map.of());
    }

    @Test
    void whenTheOrganizationIsDeactivatedThenNobodyIsSignedIn() {
        know("post", Role.MEMBER);
        Map<String, String> asked = begin("post", Map.of("continue", "/account/keys"));
        Database.execute("UPDATE organizations SET status = 'deactivated' WHERE id = ?", other.id());
        try {
            String code = post.agree(asked, post.token(asked, subject, "x").sign());
            Response page = back("post", asked, code);
            refused(page, 403, "no active account here");
            refused(page, 403, "&amp;continue=%2Faccount%2Fkeys\">");
            browser.submit("/signin", "/signin/with/post", Map.of()).then().statusCode(404);
        } finally {
            Database.execute("UPDATE organizations SET status = 'active' WHERE id = ?", other.id());
        }
    }

    @Test
    void whenTheBrowserSpeaksGermanThenThePagesDo() {
        given().header("Accept-Language", "de")
                .get("/signin/with/idp/callback?state=x")
                .then()
                .statusCode(400)
                .body(containsString("Sie sind nicht angemeldet"));
    }

    @Test
    void whenAnIdentityTokenIsSentToTheApiThenRefused() {
        Map<String, String> asked = begin("idp", Map.of());
        given().auth()
                .oauth2(idp.token(asked, subject, "admin").sign())
                .get("/api/v1/users/me")
                .then()
                .statusCode(401);
    }

    @Test
    void whenInvitedThenTheIssuerAcceptsIt() {
        String email = "ada-" + subject + "@example.org";
        String page = invite(email);
        browser.get(page).then().statusCode(200).body(containsString("action=\"/signin/with/idp\""));
        Map<String, String> asked = asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                .asString());
        String token = idp.token(asked, subject, "admin")
                .claim("email", "ADA-" + subject + "@Example.org")
                .claim("email_verified", true)
                .claim("name", "Ada Lovelace")
                .sign();
        back("idp", asked, idp.agree(asked, token)).then().statusCode(303).header("Location", "/account");
        browser.get("/account").then().statusCode(200).body(containsString("Signed in as Ada Lovelace at Test."));
        assertEquals(
                email + " active member t " + url("idp"),
                Database.value(
                        "SELECT concat_ws(' ', email, status, role, password_hash IS NULL, oauth_provider) FROM users"
                                + " WHERE oauth_id = ?",
                        subject));
        new TestBrowser().get(page).then().statusCode(409).body(containsString("accepted already"));
        signIn("idp", idp, UnaryOperator.identity());
        assertEquals(1L, accounts());
    }

    @Test
    void whenTheInvitedAddressIsNotProvenThenNotAccepted() {
        String email = "ada-" + subject + "@example.org";
        String page = invite(email);
        for (UnaryOperator<ForgedToken> other : List.<UnaryOperator<ForgedToken>>of(
                token -> token.claim("email", email),
                token -> token.claim("email", email).claim("email_verified", false),
                token -> token.claim("email", email).claim("email_verified", "true"),
                token -> token.claim("email", "x" + email).claim("email_verified", true),
                token -> token.claim("email_verified", true))) {
            Map<String, String> asked = asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                    .asString());
            String token = other.apply(idp.token(asked, subject, "member")).sign();
            refused(back("idp", asked, idp.agree(asked, token)), 403, "does not confirm the address");
        }
        assertEquals(0L, accounts());
        browser.get(page).then().statusCode(200);
    }

    @Test
    void whenThePersonHasAnAccountThenItKeepsThat() {
        String email = "ada-" + subject + "@example.org";
        signIn("idp", idp, UnaryOperator.identity());
        String page = invite(email);
        Map<String, String> asked = asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                .asString());
        String token = idp.token(asked, subject, "member")
                .claim("email", email)
                .claim("email_verified", true)
                .sign();
        refused(back("idp", asked, idp.agree(asked, token)), 403, "have an account here already");
        assertEquals(1L, accounts());
    }

    @Test
    void whenThePersonDoesNotAgreeThereThenSaidHowToGoOnHere() {
        String page = invite("ada-" + subject + "@example.org");
        Map<String, String> ofInvite = asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                .asString());
        Response invited = cancelled(ofInvite);
        refused(invited, 403, "To accept the invite, open the link of the mail again.");
        assertFalse(invited.asString().contains("href=\"/signin"), invited.asString());
        refused(cancelled(begin("idp", Map.of("continue", "/account/keys"))), 403, "continue=%2Faccount%2Fkeys");
        // Whoever is signed in stays so
        withPassword(organization, Role.MEMBER);
        assertEquals(303, byPassword(browser, organization).statusCode());
        Response changed = cancelled(asked(goOver("idp", PASSWORD).asString()));
        refused(changed, 403, "<h1>Nothing was done</h1>");
        refused(changed, 403, "<a class=\"button\" href=\"/account\">Your account</a>");
        refused(cancelled(begin("idp", Map.of("continue", "/account/keys"))), 403, "href=\"/account/keys\">Go on<");
        browser.get("/account").then().statusCode(200);
    }

    private Response cancelled(Map<String, String> asked) {
        return browser.get("/signin/with/idp/callback?error=access_denied&state=" + asked.get("state") + "&iss="
                + encoded(url("idp")));
    }

    @Test
    void whenTheInviteEndsMeanwhileThenSaid() {
        String email = "ada-" + subject + "@example.org";
        String page = invite(email);
        Map<String, String> asked = asked(browser.submit(page, "/signin/with/idp", Map.of("code", code(page)))
                .asString());
        Database.execute("UPDATE invites SET expires_at = now() - interval '1 second' WHERE email = ?", email);
        String token = idp.token(asked, subject, "member")
                .claim("email", email)
                .claim("email_verified", true)
                .sign();
        back("idp", asked, idp.agree(asked, token)).then().statusCode(410).body(containsString("has expired"));
        browser.submit("/signin", "/signin/with/idp", Map.of("code", code(page)))
                .then()
                .statusCode(410)
                .body(containsString("has expired"));
        assertEquals(0L, accounts());
    }

    @Test
    void whenAPersonGoesOverWithItsPasswordThenItSignsInThereAlone() {
        UUID id = withPassword(organization, Role.MEMBER);
        TestBrowser elsewhere = new TestBrowser();
        assertEquals(303, byPassword(elsewhere, organization).statusCode());
        assertEquals(303, byPassword(browser, organization).statusCode());
        browser.get("/account").then().body(containsString("href=\"/account/provider\""));
        browser.get("/account/provider")
                .then()
                .statusCode(200)
                .body(containsString("<a class=\"brand\" href=\"/account\">"))
                // Of several none is chosen by the key Enter
                .body(containsString("<input type=\"radio\" name=\"issuer\" value=\"idp\" required>"))
                .body(containsString("<input type=\"radio\" name=\"issuer\" value=\"strict\" required>"))
                .body(containsString("<button>Go on</button>"))
                .body(not(containsString("<button name=")));
        goOver("idp", "wrong").then().statusCode(422).body(containsString("id=\"current-error\""));
        Map<String, String> asked = asked(goOver("idp", PASSWORD).asString());
        // Whoever is not signed in any more does not make the account somebody's
        String kept = browser.cookies().remove(SESSION);
        String token = idp.token(asked, subject, "member").sign();
        refused(back("idp", asked, idp.agree(asked, token)), 400, "Begin again");
        browser.cookies().put(SESSION, kept);
        Map<String, String> again = asked(goOver("idp", PASSWORD).asString());
        String good = idp.token(again, subject, "member").sign();
        back("idp", again, idp.agree(again, good)).then().statusCode(303).header("Location", "/account");
        browser.get("/account").then().statusCode(200).body(not(containsString("/account/provider")));
        elsewhere.get("/account").then().statusCode(303);
        assertEquals(422, byPassword(new TestBrowser(), organization).statusCode());
        assertEquals(id, Database.value("SELECT id FROM users WHERE oauth_id = ?", subject));
        signIn("idp", idp, UnaryOperator.identity());
        assertEquals(1L, accounts());
        assertEquals(
                url("idp"),
                Database.value(
                        "SELECT after->>'oauth_provider' FROM audit_events WHERE target_id = ? AND type = 'user.changed'"
                                + " AND after->>'oauth_provider' IS NOT NULL",
                        id));
        goOver("idp", PASSWORD).then().statusCode(403);
    }

    @Test
    void whenThePersonThereHasAnAccountThenThePasswordStays() {
        withPassword(organization, Role.MEMBER);
        signIn("idp", idp, UnaryOperator.identity());
        assertEquals(303, byPassword(browser, organization).statusCode());
        Map<String, String> asked = asked(goOver("idp", PASSWORD).asString());
        String token = idp.token(asked, subject, "member").sign();
        Response kept = back("idp", asked, idp.agree(asked, token));
        refused(kept, 403, "belongs to another account here");
        refused(kept, 403, "<h1>Nothing was done</h1>");
        assertFalse(kept.asString().contains("You are not signed in"), kept.asString());
        assertEquals(303, byPassword(new TestBrowser(), organization).statusCode());
    }

    @Test
    void whenNoProviderIsChosenThenThatIsSaidBesideThem() {
        withPassword(organization, Role.MEMBER);
        byPassword(browser, organization);
        for (String issuer : List.of("", "x", "post")) {
            String shown = goOver(issuer, PASSWORD)
                    .then()
                    .statusCode(422)
                    .body(containsString("<title>Error: Sign in elsewhere"))
                    .body(containsString("<fieldset aria-describedby=\"issuer-error\">"))
                    .body(containsString("id=\"issuer-error\" role=\"alert\">Enter a value.</p>"))
                    .extract()
                    .asString();
            assertEquals(2, shown.split(" autofocus", -1).length, shown);
        }
    }

    /** As where another browser ends it while this one comes back. */
    @Test
    void whenTheSessionEndsBehindALockThenNothingIsLinked() throws Exception {
        UUID id = withPassword(organization, Role.MEMBER);
        byPassword(browser, organization);
        Map<String, String> asked = asked(goOver("idp", PASSWORD).asString());
        String code = idp.agree(asked, idp.token(asked, subject, "member").sign());
        try (TableLock lock = TableLock.ofRow("users", id)) {
            CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> back("idp", asked, code));
            lock.awaitWaiting();
            Database.execute("UPDATE sessions SET ended_at = now() WHERE user_id = ?", id);
            lock.commit();
            answer.get(1, TimeUnit.MINUTES)
                    .then()
                    .statusCode(303)
                    .header("Location", "/signin?continue=%2Faccount%2Fprovider");
        }
        assertNull(Database.value("SELECT oauth_id FROM users WHERE id = ?", id));
    }

    @Test
    void whenTheSignInIsOldThenSignInAgainFirst() {
        UUID id = withPassword(organization, Role.MEMBER);
        byPassword(browser, organization);
        Database.execute(
                "UPDATE browser_sessions SET authenticated_at = now() - interval '1 day' WHERE session_id IN"
                        + " (SELECT id FROM sessions WHERE user_id = ?)",
                id);
        String signIn = "/signin?continue=%2Faccount%2Fprovider&max_age=0&organization=" + organization.name()
                + "&login_hint=person-" + subject;
        browser.get("/account/provider").then().statusCode(303).header("Location", signIn);
        browser.submit("/account", "/account/provider", Map.of("issuer", "idp", "current_password", PASSWORD))
                .then()
                .statusCode(303)
                .header("Location", signIn);
    }

    @Test
    void whenTheLastAdministratorWouldGoOverThenItsPasswordStays() {
        withPassword(other, Role.ADMIN);
        byPassword(browser, other);
        browser.get("/account/provider")
                .then()
                .body(containsString("<input type=\"hidden\" name=\"issuer\" value=\"post\">"))
                .body(not(containsString("type=\"radio\"")));
        Map<String, String> asked = asked(goOver("post", PASSWORD).asString());
        String token = post.token(asked, subject, "x").sign();
        back("post", asked, post.agree(asked, token))
                .then()
                .statusCode(409)
                .body(containsString("You keep your password"))
                .body(containsString("href=\"/account\""));
        assertEquals(303, byPassword(new TestBrowser(), other).statusCode());
        goOver("idp", PASSWORD).then().statusCode(422).body(containsString("id=\"issuer-error\""));
    }

    private UUID withPassword(TestOrganization where, Role role) {
        UUID id = TestRows.person(where, "person-" + subject, role);
        Database.execute(
                "UPDATE users SET password_hash = ? WHERE id = ?",
                Database.value("SELECT password_hash FROM users WHERE id = ?", hashed()),
                id);
        return id;
    }

    /** An account with the password, which an administrator of an organization of its own has set. */
    private static UUID hashed() {
        TestOrganization third = TestOrganization.create();
        UUID id = TestRows.person(third, "hashed", Role.MEMBER);
        given().auth()
                .oauth2(third.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("password", PASSWORD, "password_expired", false))
                .patch("/users/" + id)
                .then()
                .statusCode(200);
        return id;
    }

    private Response byPassword(TestBrowser one, TestOrganization where) {
        return one.signIn(where.name(), "person-" + subject, PASSWORD);
    }

    private Response goOver(String issuer, String password) {
        return browser.submit(
                "/account/provider", "/account/provider", Map.of("issuer", issuer, "current_password", password));
    }

    @Test
    void whenTheInviteIsOfAnotherOrganizationThenNotFound() {
        TestOrganization third = TestOrganization.create();
        Response invite = given().auth()
                .oauth2(third.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("email", "ada-" + subject + "@example.org", "role", "admin"))
                .post("/api/v1/invites");
        browser.submit("/signin", "/signin/with/idp", Map.of("code", code(invite.path("invite_link"))))
                .then()
                .statusCode(404);
    }

    private Map<String, String> begin(String issuer, Map<String, String> fields) {
        return StandInProvider.fields(location(issuer, fields).split("\\?", 2)[1]);
    }

    private String location(String issuer, Map<String, String> fields) {
        Response page = browser.submit(
                "/signin?organization=" + StandInProvider.ORGANIZATION, "/signin/with/" + issuer, fields);
        assertEquals(200, page.statusCode(), page.asString());
        return target(page.asString());
    }

    private static Map<String, String> asked(String page) {
        return StandInProvider.fields(target(page).split("\\?", 2)[1]);
    }

    private static String target(String page) {
        Matcher target = ONWARD.matcher(page);
        assertTrue(target.find(), page);
        return target.group(1).replace("&amp;", "&");
    }

    private Response back(String issuer, Map<String, String> asked, String code) {
        return callback(browser, issuer, asked.get("state"), code);
    }

    private static Response callback(TestBrowser browser, String issuer, String state, String code) {
        String iss = issuer.equals("post") ? "" : "&iss=" + encoded(url(issuer));
        return browser.get("/signin/with/" + issuer + "/callback?code=" + code + "&state=" + state + iss);
    }

    private void signIn(String issuer, StandInProvider provider, UnaryOperator<ForgedToken> change) {
        signIn(issuer, provider, change, "member");
    }

    private void signIn(String issuer, StandInProvider provider, UnaryOperator<ForgedToken> change, String role) {
        Map<String, String> asked = begin(issuer, Map.of());
        String token = change.apply(provider.token(asked, subject, role)).sign();
        back(issuer, asked, provider.agree(asked, token)).then().statusCode(303).header("Location", "/account");
    }

    private void refused(Response page, int status, String said) {
        page.then()
                .statusCode(status)
                .contentType("text/html")
                .body(containsString(said))
                .header("Cache-Control", equalTo("no-store"));
        assertFalse(page.getDetailedCookies().asList().stream()
                .anyMatch(cookie -> cookie.getName().equals(SESSION)));
    }

    /** An account of the test's person, which the issuer knows. */
    private UUID know(String issuer, Role role) {
        TestOrganization where = issuer.equals("post") ? other : organization;
        UUID id = TestRows.person(where, "known-" + subject, role);
        Database.execute("UPDATE users SET oauth_provider = ?, oauth_id = ? WHERE id = ?", url(issuer), subject, id);
        return id;
    }

    private long accounts() {
        return (Long) Database.value("SELECT count(*) FROM users WHERE oauth_id = ?", subject);
    }

    private String admin() {
        return organization.add("admin-" + subject, Role.ADMIN).token();
    }

    private String invite(String email) {
        Response invite = given().auth()
                .oauth2(admin())
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "role", "member"))
                .post("/api/v1/invites");
        invite.then().statusCode(201);
        String link = invite.path("invite_link");
        return link.substring(link.indexOf("/invite?"), link.indexOf('#'));
    }

    private static String code(String link) {
        Matcher code = Pattern.compile("code=([\\w-]{64})").matcher(link);
        assertTrue(code.find(), link);
        return code.group(1);
    }

    private static String authorize(UUID application) {
        return "/oauth2/authorize?response_type=code&client_id=test-" + application
                + "&redirect_uri=https%3A%2F%2Fwiki.example.com%2Fcb&code_challenge_method=S256&code_challenge="
                + CodeGrant.CHALLENGE;
    }

    private String granted(UUID application) {
        String location = browser.get(authorize(application)).header("Location");
        assertTrue(location.startsWith("https://wiki.example.com/cb?code="), location);
        return String.valueOf(Database.value(
                "SELECT CAST(scopes AS text) FROM authorization_codes WHERE application_id = ? ORDER BY id DESC LIMIT 1",
                application));
    }

    private static String own() {
        return RestAssured.get("/.well-known/oauth-authorization-server").path("issuer");
    }

    private static String url(String issuer) {
        return "http://127.0.0.1:" + Integer.getInteger(FederationTest.PORT) + "/" + issuer;
    }

    private static Arguments wrong(String what, UnaryOperator<ForgedToken> spoiled) {
        return Arguments.of(what, spoiled);
    }

    private static PublicJsonWebKey rsa() {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("key");
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
