package dev.roster.web;

import static dev.roster.web.CodeFlow.location;
import static dev.roster.web.CodeFlow.onward;
import static dev.roster.web.CodeFlow.query;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.TestKeys;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person is signed out at the wish of an application (OpenID Connect RP-Initiated Logout). */
@QuarkusTest
@Tag("packaged")
class LogoutPageTest {
    private static final String LOGOUT = "/oauth2/logout";
    private static final String BYE = "https://wiki.example.com/bye";

    private CodeFlow flow;
    private Response tokens;
    private String hint;

    @BeforeEach
    void signIn() {
        flow = CodeFlow.with("openid", "users:read").signIn();
        tokens = flow.tokens(Map.of());
        hint = tokens.path("id_token");
    }

    @Test
    void whenHintedThenTheBrowserAndTheApplicationAreSignedOutAndOthersGoOn() {
        Response others = flow.tokens(Map.of());
        // As if another application had got it
        Database.execute(
                "UPDATE sessions SET application_id = ? WHERE id = ?::uuid", UUID.randomUUID(), session(others));
        Response out = logout(Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE, "state", "a b"));
        assertEquals(BYE + "?state=a+b", location(out));
        assertEquals("/signin", location(flow.authorize(Map.of())).replaceFirst("\\?.*", ""));
        assertSignedOut(tokens);
        assertEquals(200, users(others));
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'session.ended'"
                                + " AND details ->> 'reason' = 'logout'",
                        flow.organization.id()));
    }

    @Test
    void whenHintHasExpiredThenTheSame() throws Exception {
        Response out = logout(Map.of("id_token_hint", expired(TestKeys.current())));
        assertTrue(out.asString().contains("You are signed out"), out.asString());
        assertSignedOut(tokens);
    }

    @Test
    void whenBrowserIsSignedOutAlreadyThenTheApplicationIsAllTheSame() {
        Response out = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .get(LOGOUT + query(Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE)));
        assertEquals(BYE, location(out));
        assertSignedOut(tokens);
        // Who has the hint is not the browser
        assertEquals(303, flow.authorize(Map.of()).statusCode());
    }

    @Test
    void whenNothingProvesTheWishThenThePersonIsAsked() throws Exception {
        Map<String, String> wish = Map.of("client_id", flow.clientId, "post_logout_redirect_uri", BYE, "state", "s");
        String page = logout(wish).asString();
        assertTrue(page.contains("Sign out?"), page);
        assertTrue(logout(Map.of(
                        "id_token_hint",
                        expired(TestKeys.newKey(TestKeys.current().getKeyId()))))
                .asString()
                .contains("Sign out?"));
        assertTrue(logout(Map.of("id_token_hint", tokens.path("access_token")))
                .asString()
                .contains("Sign out?"));
        String query = query(wish).substring(1);
        assertEquals(
                403,
                flow.browser
                        .post(LOGOUT, Map.of("query", query, "form_token", "x".repeat(43)))
                        .statusCode());
        assertEquals(200, users(tokens));
        Response out = flow.browser.submit(LOGOUT + query(wish), LOGOUT, Map.of("query", query));
        assertEquals(BYE + "?state=s", onward(out));
        assertSignedOut(tokens);
    }

    /** As an application asks for a sign-in anew, or a form of the account: the person is the same, and so is what it let in. */
    @Test
    void whenThePersonHasSignedInAgainMeanwhileThenWhatItLetInBeforeIsSignedOutToo() {
        assertEquals(303, flow.signIn("ada", "").statusCode());
        assertEquals(200, users(tokens));
        Map<String, String> wish = Map.of("client_id", flow.clientId);
        assertEquals(
                200,
                flow.browser
                        .submit(LOGOUT, LOGOUT, Map.of("query", query(wish).substring(1)))
                        .statusCode());
        assertSignedOut(tokens);
    }

    /** A code that is on its way at that moment is of the same person in the same browser. */
    @Test
    void whenThePersonSignsInAgainThenACodeThatIsOnItsWayIsGood() {
        String code = flow.answer(Map.of()).get("code");
        assertEquals(303, flow.signIn("ada", "").statusCode());
        Response later = flow.exchange(code);
        assertEquals(200, later.statusCode(), later.asString());
        Map<String, String> wish = Map.of("client_id", flow.clientId);
        flow.browser.submit(LOGOUT, LOGOUT, Map.of("query", query(wish).substring(1)));
        assertSignedOut(later);
    }

    /** As by a second click: the answer to the first, with its cookie, is lost. */
    @Test
    void whenTheFormOfASignInIsSentTwiceThenTheSecondFollowsTheFirst() {
        Map<String, String> before = Map.copyOf(flow.browser.cookies());
        assertEquals(303, flow.signIn("ada", "").statusCode());
        Map<String, String> first = Map.copyOf(flow.browser.cookies());
        // The last one with the cookie of the first answer, which may come behind the second
        for (Map<String, String> cookies : List.of(before, before, first)) {
            flow.browser.cookies().putAll(cookies);
            assertEquals(303, flow.signIn("ada", "").statusCode());
        }
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM sessions s JOIN browser_sessions b ON b.organization_id = s.organization_id"
                                + " AND b.session_id = s.id WHERE s.organization_id = ? AND s.ended_at IS NULL",
                        flow.organization.id()));
        Map<String, String> wish = Map.of("client_id", flow.clientId);
        flow.browser.submit(LOGOUT, LOGOUT, Map.of("query", query(wish).substring(1)));
        assertSignedOut(tokens);
    }

    /** As of a device that is lost: the page promises it. */
    @Test
    void whenThePersonEndsTheSessionOfABrowserThenWhatItLetInIsSignedOutToo() {
        UUID lost = (UUID) Database.value(
                "SELECT browser_session_id FROM application_grants WHERE organization_id = ?", flow.organization.id());
        TestBrowser other = new TestBrowser();
        Map<String, String> form =
                Map.of("organization", flow.organization.name(), "name", "ada", "password", CodeFlow.PASSWORD);
        assertEquals(303, other.submit("/signin", "/signin", form).statusCode());
        assertEquals(
                303,
                other.submit("/account", "/account/sessions/end", Map.of("id", lost.toString()))
                        .statusCode());
        assertSignedOut(tokens);
        assertEquals(303, flow.browser.get("/account").statusCode());
        assertEquals(200, other.get("/account").statusCode());
    }

    /** Whoever had it, with a copy of the cookie, is signed out. */
    @Test
    void whenThePasswordIsChangedThenNoCodeOfBeforeIsGoodBehindThat() {
        String code = flow.answer(Map.of()).get("code");
        Map<String, String> change = Map.of("new_password", "another good one", "current_password", CodeFlow.PASSWORD);
        assertEquals(303, flow.browser.submit("/password", "/password", change).statusCode());
        assertEquals(200, flow.browser.get("/account").statusCode());
        assertEquals(400, flow.exchange(code).statusCode());
    }

    @Test
    void whenAnotherPersonSignsInThenItSignsOutNothingOfTheOneBefore() {
        UUID bob = TestRows.person(flow.organization, "bob", Role.MEMBER);
        CodeFlow.setPassword(flow.organization, bob);
        assertEquals(303, flow.signIn("bob", "").statusCode());
        Map<String, String> wish = Map.of("client_id", flow.clientId);
        flow.browser.submit(LOGOUT, LOGOUT, Map.of("query", query(wish).substring(1)));
        assertEquals(200, users(tokens));
    }

    @Test
    void whenHintIsOfAnotherPersonThenWhoIsSignedInIsAsked() {
        UUID bob = TestRows.person(flow.organization, "bob", Role.MEMBER);
        CodeFlow.setPassword(flow.organization, bob);
        assertEquals(303, flow.signIn("bob", "").statusCode());
        String page = logout(Map.of("id_token_hint", hint)).asString();
        assertTrue(page.contains("You are signed in as bob"), page);
        assertEquals(200, users(tokens));
    }

    @Test
    void whenWhoIsAskedIsNotWhoIsSignedInAnyMoreThenNobodyIsSignedOut() {
        Map<String, String> form = new HashMap<>(flow.browser.hidden(LOGOUT));
        form.put("query", "");
        CodeFlow.setPassword(flow.organization, TestRows.person(flow.organization, "bob", Role.MEMBER));
        assertEquals(303, flow.signIn("bob", "").statusCode());
        flow.browser
                .post(LOGOUT, form)
                .then()
                .statusCode(409)
                .body(containsString("You are signed in as bob at Test now"));
        assertEquals(200, flow.browser.get("/account").statusCode());
        form.putAll(flow.browser.hidden(LOGOUT));
        assertEquals(200, flow.browser.post(LOGOUT, form).statusCode());
        assertEquals(303, flow.browser.get("/account").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://wiki.example.com/bye/",
                "https://wiki.example.com/bye?x=y",
                "https://wiki.example.com/cb",
                "https://evil.example.com/bye",
                "https://wiki.example.com@evil.example.com/bye",
                "//wiki.example.com/bye",
                "/account"
            })
    void whenAddressIsNotRegisteredThenAPageAndNobodyIsSignedOut(String uri) {
        for (Map<String, String> wish : List.of(
                Map.of("id_token_hint", hint, "post_logout_redirect_uri", uri),
                Map.of("client_id", flow.clientId, "post_logout_redirect_uri", uri),
                Map.of("post_logout_redirect_uri", BYE))) {
            Response refused = logout(wish);
            assertEquals(400, refused.statusCode());
            assertNull(refused.header("Location"));
        }
        assertEquals(200, users(tokens));
    }

    @Test
    void whenClientIsNotTheHintsOrAParameterIsRepeatedThenRefused() {
        UUID other = TestRows.application(flow.organization);
        assertEquals(
                400,
                logout(Map.of("id_token_hint", hint, "client_id", "test-" + other))
                        .statusCode());
        assertEquals(
                400,
                flow.browser
                        .get(LOGOUT + query(Map.of("id_token_hint", hint)) + "&id_token_hint=x")
                        .statusCode());
        assertEquals(200, users(tokens));
    }

    @Test
    void whenSentAsAFormThenItGoesOnAsAQuery() {
        Response posted = flow.browser.post(LOGOUT, Map.of("id_token_hint", hint));
        assertTrue(location(posted).startsWith(LOGOUT + "?id_token_hint="), location(posted));
        assertEquals(200, users(tokens));
    }

    /** What is refused on the way is worth no signatures. */
    @Test
    void whenSentWithSeveralHintsThenNoneIsSignedAnew() {
        String form = "id_token_hint=" + hint + "&id_token_hint=" + hint;
        Response posted = given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .body(form)
                .post(LOGOUT);
        assertEquals(LOGOUT + "?" + form, location(posted));
    }

    @Test
    void whenTheHintIsLongThenTheWayOnIsShortAndSaysNothingOfThePerson() throws Exception {
        Database.execute(
                "UPDATE applications SET scopes = '{openid,profile,groups,users:read}' WHERE id = ?", flow.application);
        for (int i = 0; i < 98; i++) {
            UUID group = TestRows.group(flow.organization, "g" + i + "-" + "x".repeat(55));
            Database.execute(
                    "INSERT INTO memberships (organization_id, group_id, user_id, added_at) VALUES (?, ?, ?, now())",
                    flow.organization.id(),
                    group,
                    flow.person);
        }
        tokens = flow.tokens(Map.of("scope", "openid profile groups users:read"));
        hint = tokens.path("id_token");
        assertTrue(hint.length() > 8_000, hint);
        Response posted =
                flow.browser.post(LOGOUT, Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE, "state", "s"));
        String onward = location(posted);
        assertTrue(onward.length() < 2_000, onward);
        String claims = new String(
                Base64.getUrlDecoder().decode(onward.replaceFirst(".*id_token_hint=[^.]*\\.([^.]*)\\..*", "$1")),
                StandardCharsets.UTF_8);
        assertEquals(
                Set.of("iss", "aud", "sub", "sid", "iat", "exp"),
                JwtClaims.parse(claims).getClaimsMap().keySet());
        Response out = flow.browser.get(onward);
        assertEquals(BYE + "?state=s", location(out));
        assertSignedOut(tokens);
        // The same of the authorization endpoint, and of its way back from the sign-in
        Response asked = flow.browser.post(
                CodeFlow.AUTHORIZE, flow.parameters(Map.of("id_token_hint", hint, "scope", "openid")));
        assertTrue(location(asked).length() < 2_000, location(asked));
        String toSignIn = location(flow.browser.get(location(asked)));
        assertTrue(toSignIn.startsWith("/signin?"), toSignIn);
        String back = CodeFlow.answerOf(toSignIn).get("continue");
        onward(flow.signIn("ada", back));
        assertTrue(location(flow.browser.get(back)).startsWith(CodeGrant.URI + "?code="));
        // What no query could hold is refused, and not sent where it would be
        assertEquals(
                400,
                flow.browser.post(LOGOUT, Map.of("state", "s".repeat(9_000))).statusCode());
    }

    private Response logout(Map<String, String> wish) {
        return flow.browser.get(LOGOUT + query(wish));
    }

    private void assertSignedOut(Response ended) {
        assertEquals(401, users(ended));
        assertEquals(400, flow.refresh(ended.path("refresh_token")).statusCode());
    }

    private static int users(Response tokens) {
        return given().auth()
                .oauth2(tokens.path("access_token"))
                .get("/api/v1/users")
                .statusCode();
    }

    private String session(Response of) {
        try {
            return flow.verified(of.path("id_token"), "ES256").getStringClaimValue("sid");
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** The hint as it would be a day after its end. */
    private String expired(PublicJsonWebKey key) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(CodeFlow.issuer());
        claims.setSubject(flow.person.toString());
        claims.setAudience(flow.clientId);
        claims.setIssuedAt(NumericDate.fromSeconds(1_700_000_000));
        claims.setExpirationTime(NumericDate.fromSeconds(1_700_003_600));
        claims.setStringClaim("sid", session(tokens));
        JsonWebSignature signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue("ES256");
        signed.setHeader("typ", "JWT");
        signed.setKeyIdHeaderValue(key.getKeyId());
        signed.setKey(key.getPrivateKey());
        signed.setPayload(claims.toJson());
        return signed.getCompactSerialization();
    }
}
