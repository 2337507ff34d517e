package dev.roster.web;

import static dev.roster.testing.CodeGrant.CHALLENGE;
import static dev.roster.testing.CodeGrant.URI;
import static dev.roster.web.CodeFlow.answerOf;
import static dev.roster.web.CodeFlow.location;
import static dev.roster.web.CodeFlow.onward;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person lets an application in, and nobody else gets the answer (RFC 6749 section 4.1, RFC 9700 section 4). */
@QuarkusTest
@Tag("packaged")
class AuthorizePageTest {
    private static final String PATH = "/oauth2/authorize";
    private static final String PASSWORD = "correct horse battery";
    private static final String SECRET = "secret-of-the-wiki";

    private final TestOrganization organization = TestOrganization.create();
    private final UUID person = TestRows.person(organization, "ada", Role.MEMBER);
    private final UUID application = TestRows.application(organization);
    private final CodeGrant wiki = new CodeGrant(application, SECRET);
    private final TestBrowser browser = new TestBrowser();

    @BeforeEach
    void give() {
        TestRows.applicationSecret(organization, application, SECRET);
        CodeFlow.setPassword(organization, person);
    }

    @Test
    void whenSignedInAndAgreedThenCodeStateAndIssuerAndTokens() {
        Response toSignIn = browser.get(PATH + query(Map.of("login_hint", "ada")));
        assertEquals(303, toSignIn.statusCode());
        String signIn = toSignIn.header("Location");
        assertTrue(signIn.startsWith("/signin?continue=%2Foauth2%2Fauthorize"), signIn);
        assertTrue(signIn.endsWith("&organization=" + organization.name() + "&login_hint=ada"), signIn);
        signIn();
        Response consent = browser.get(PATH + query(Map.of()));
        assertEquals(200, consent.statusCode());
        assertTrue(consent.asString().contains("<code>users:read</code>"), consent.asString());
        assertTrue(consent.asString().contains("Use another account"), consent.asString());
        Map<String, String> answer = answerOf(onward(decide("allow")));
        assertEquals("a b&c", answer.get("state"));
        assertEquals(issuer(), answer.get("iss"));
        Response tokens = wiki.exchange(answer.get("code"));
        assertEquals(200, tokens.statusCode(), tokens.asString());
        assertEquals("groups:read users:read", tokens.path("scope"));
        // Remembered for as much, and for less
        assertTrue(answerOf(location(browser.get(PATH + query(Map.of("scope", "users:read")))))
                .containsKey("code"));
        assertEquals(200, browser.get(PATH + query(Map.of("prompt", "consent"))).statusCode());
    }

    /** The application would not let anybody else in. */
    @Test
    void whenTheApplicationHasNamedThePersonThenNoOtherAccountIsOffered() {
        CodeFlow flow = CodeFlow.with("openid", "users:read").signIn();
        String hint = flow.tokens(Map.of()).path("id_token");
        Database.execute("UPDATE applications SET is_first_party = false WHERE id = ?", flow.application);
        flow.authorize(Map.of("login_hint", "ada")).then().statusCode(200).body(containsString("Use another account"));
        flow.authorize(Map.of("id_token_hint", hint))
                .then()
                .statusCode(200)
                .body(containsString("Signed in as ada at Test."))
                .body(containsString("value=\"allow\""))
                .body(not(containsString("Use another account")))
                .body(not(containsString("action=\"/signout\"")));
    }

    @Test
    void whenCodesAreAskedForInALoopThenTheApplicationIsPutOff() {
        CodeFlow flow = CodeFlow.with("users:read").signIn();
        assertTrue(flow.answer(Map.of()).containsKey("code"));
        assertEquals(
                1,
                Database.execute(
                        "UPDATE rate_limits SET free_at = free_at + interval '2 minutes'"
                                + " WHERE organization_id = ? AND name = 'authorization-code'",
                        flow.organization.id()));
        Map<String, String> refused = flow.answer(Map.of());
        assertEquals("temporarily_unavailable", refused.get("error"));
        assertEquals("a b&c", refused.get("state"));
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM authorization_codes WHERE organization_id = ?", flow.organization.id()));
        Database.execute("DELETE FROM rate_limits WHERE organization_id = ?", flow.organization.id());
        assertTrue(flow.answer(Map.of()).containsKey("code"));
    }

    @Test
    void whenRefusedThenAccessDenied() {
        signIn();
        Map<String, String> answer = answerOf(onward(decide("deny")));
        assertEquals("access_denied", answer.get("error"));
        assertEquals(issuer(), answer.get("iss"));
        assertNull(answer.get("code"));
    }

    /** A browser would not follow a redirect from the answer of a form to another site. */
    @Test
    void whenTheApplicationIsNoMoreForThePersonAtItsDecisionThenToldByAPage() {
        signIn();
        String query = query(Map.of());
        browser.get(PATH + query);
        Database.execute("UPDATE applications SET group_ids = '{}' WHERE id = ?", application);
        Map<String, String> form = Map.of("query", query.substring(1), "decision", "allow");
        Response answer = browser.submit("/account", PATH, form);
        assertEquals("access_denied", answerOf(onward(answer)).get("error"));
    }

    @Test
    void whenTheWayBackWouldBeTooLongThenTheApplicationIsTold() {
        assertEquals("invalid_request", error(Map.of("state", "s".repeat(6_000))));
    }

    @Test
    void whenTheAccountHasNoneOfTheScopesThenSaidWhereTheyAreAskedFor() {
        Database.execute("UPDATE applications SET scopes = '{users:write,clients:write}' WHERE id = ?", application);
        signIn();
        for (Map<String, String> changes :
                List.of(Map.<String, String>of(), Map.of("scope", "users:write"), Map.of("prompt", "none"))) {
            Map<String, String> answer = answerOf(location(browser.get(PATH + query(changes))));
            answer.remove("error_description");
            assertEquals(Map.of("error", "invalid_scope", "state", "a b&c", "iss", issuer()), answer);
        }
        Map<String, String> form = Map.of("query", query(Map.of()).substring(1), "decision", "allow");
        assertEquals(
                "invalid_scope",
                answerOf(onward(browser.submit("/account", PATH, form))).get("error"));
        assertEquals("0 0", kept());
    }

    @Test
    void whenTheAccountHasSomeOfTheScopesThenTheseAreShownAgreedToAndGiven() {
        Database.execute(
                "UPDATE applications SET scopes = '{users:read,users:write,openid}' WHERE id = ?", application);
        signIn();
        String query = query(Map.of());
        String page = browser.get(PATH + query).asString();
        assertTrue(page.contains("<code>users:read</code>"), page);
        assertFalse(page.contains("users:write"), page);
        String shown = "openid users:read";
        assertTrue(page.contains("name=\"scope\" value=\"" + shown + "\""), page);
        // What has become possible since was not agreed to
        Database.execute("UPDATE users SET role = 'admin' WHERE id = ?", person);
        Map<String, String> form = Map.of("query", query.substring(1), "decision", "allow", "scope", shown);
        String code = answerOf(onward(browser.submit("/account", PATH, form))).get("code");
        Response tokens = wiki.exchange(code);
        assertEquals("openid users:read", tokens.path("scope"));
        assertEquals(
                "{openid,users:read}",
                Database.value("SELECT CAST(scopes AS text) FROM consents WHERE user_id = ?", person));
        // Clients repeat what they have asked for
        Response refreshed = wiki.refresh(tokens.path("refresh_token"), "openid users:read users:write");
        assertEquals(200, refreshed.statusCode(), refreshed.asString());
        assertEquals("openid users:read", refreshed.path("scope"));
        page = browser.get(PATH + query).asString();
        assertTrue(page.contains("<code>users:write</code>"), page);
    }

    /** How many consents and codes there are. */
    private String kept() {
        return (String) Database.value(
                "SELECT concat((SELECT count(*) FROM consents WHERE organization_id = ?), ' ',"
                        + " (SELECT count(*) FROM authorization_codes WHERE organization_id = ?))",
                organization.id(),
                organization.id());
    }

    @Test
    void whenConsentIsSentFromElsewhereThenRefused() {
        signIn();
        Map<String, String> form = new HashMap<>(Map.of("query", query(Map.of()).substring(1), "decision", "allow"));
        form.put("form_token", "x".repeat(43));
        assertEquals(403, browser.post(PATH, form).statusCode());
        Object codes =
                Database.value("SELECT count(*) FROM authorization_codes WHERE organization_id = ?", organization.id());
        assertEquals(0L, codes);
    }

    /** As by another tab, in which somebody else has signed in since. */
    @Test
    void whenAnotherPersonSignsInMeanwhileThenWhatTheFirstAllowsGivesNoCodeOfTheSecond() {
        CodeFlow.setPassword(organization, TestRows.person(organization, "bob", Role.MEMBER));
        signIn();
        String query = query(Map.of());
        Map<String, String> form = new HashMap<>(browser.hidden(PATH + query));
        form.putAll(Map.of("query", query.substring(1), "decision", "allow"));
        signIn("bob");
        browser.post(PATH, form)
                .then()
                .statusCode(409)
                .header("Location", nullValue())
                .body(containsString("You are signed in as bob at Test now"))
                .body(containsString("href=\"" + PATH + query.replace("&", "&amp;") + "\""));
        for (String table : List.of("authorization_codes", "consents")) {
            assertEquals(
                    0L,
                    Database.value("SELECT count(*) FROM " + table + " WHERE organization_id = ?", organization.id()));
        }
        signIn();
        assertTrue(answerOf(onward(browser.post(PATH, form))).containsKey("code"));
    }

    @Test
    void whenFirstPartyThenNobodyIsAsked() {
        Database.execute("UPDATE applications SET is_first_party = true WHERE id = ?", application);
        signIn();
        String code = answerOf(location(browser.get(PATH + query(Map.of())))).get("code");
        assertEquals(200, wiki.exchange(code).statusCode());
    }

    @Test
    void whenNothingMayBeShownThenTheErrorSaysWhy() {
        assertEquals("login_required", error(Map.of("prompt", "none")));
        signIn();
        assertEquals("consent_required", error(Map.of("prompt", "none")));
        UUID group = TestRows.group(organization, "engines");
        Database.execute("UPDATE applications SET group_ids = ARRAY[?::uuid] WHERE id = ?", group, application);
        assertEquals("access_denied", error(Map.of("prompt", "none")));
        restrictTo("[]");
        assertEquals("access_denied", error(Map.of("prompt", "none")));
        restrictTo("null");
        assertEquals("consent_required", error(Map.of("prompt", "none")));
    }

    private void restrictTo(String groups) {
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"groups\": " + groups + "}")
                .patch("/api/v1/applications/" + application)
                .then()
                .statusCode(200);
    }

    @Test
    void whenSignInIsTooOldOrAskedForAgainThenSignIn() {
        Database.execute("UPDATE applications SET is_first_party = true WHERE id = ?", application);
        signIn();
        assertTrue(
                location(browser.get(PATH + query(Map.of("prompt", "login")))).startsWith("/signin?"));
        Database.execute(
                "UPDATE browser_sessions SET authenticated_at = "
                        + Database.earlier("authenticated_at", "interval '1 hour'") + " WHERE organization_id = ?",
                organization.id());
        assertTrue(location(browser.get(PATH + query(Map.of("max_age", "60")))).startsWith("/signin?"));
        assertTrue(
                location(browser.get(PATH + query(Map.of("max_age", "7200")))).startsWith(URI));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://wiki.example.com/cb/",
                "https://wiki.example.com/CB",
                "https://WIKI.example.com/cb",
                "https://wiki.example.com:8443/cb",
                "https://wiki.example.com/cb?x",
                "https://wiki.example.com/cb#x",
                "https://wiki.example.com/%63b",
                "https://wiki.example.com/a/../cb",
                "https://wiki.example.com@evil.example.com/cb",
                "https://evil.example.com\\@wiki.example.com/cb",
                "https://wiki.example.com.evil.example.com/cb",
                "http://wiki.example.com/cb",
                "//wiki.example.com/cb",
                ""
            })
    void whenUriIsNotRegisteredThenAPageAndNeverARedirect(String uri) {
        signIn();
        Response refused = browser.get(PATH + query(Map.of("redirect_uri", uri)));
        assertEquals(400, refused.statusCode());
        assertNull(refused.header("Location"));
        assertFalse(refused.asString().contains("evil"), refused.asString());
    }

    @Test
    void whenApplicationIsUnknownOrAParameterIsRepeatedThenAPage() {
        assertEquals(400, browser.get(PATH).statusCode());
        assertEquals(
                400, browser.get(PATH + query(Map.of("client_id", "nobody"))).statusCode());
        assertEquals(400, browser.get(PATH + query(Map.of()) + "&state=other").statusCode());
        assertEquals(
                400,
                browser.get(PATH + query(Map.of()) + "&redirect_uri=https%3A%2F%2Fevil.example.com")
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, fragment, invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "scope, users:write, invalid_scope",
        "scope, nothing, invalid_scope",
        "prompt, none login, invalid_request",
        "prompt, create, invalid_request",
        "max_age, -1, invalid_request",
        "nonce, a\u0000b, invalid_request",
        "nonce, a\u0007b, invalid_request",
        "request, eyJ, request_not_supported",
        "request_uri, https://evil.example.com, request_uri_not_supported"
    })
    void whenRequestIsWrongThenTheErrorGoesBackWithStateAndIssuer(String name, String value, String error) {
        Map<String, String> answer = answerOf(location(browser.get(PATH + query(Map.of(name, value)))));
        assertEquals(error, answer.get("error"));
        assertEquals("a b&c", answer.get("state"));
        assertEquals(issuer(), answer.get("iss"));
    }

    @Test
    void whenLoopbackThenAnyPortAndTheCodeIsForThatOne() {
        Database.execute(
                "UPDATE applications SET is_first_party = true, redirect_uris = '{http://127.0.0.1/cb}' WHERE id = ?",
                application);
        signIn();
        String uri = "http://127.0.0.1:49152/cb";
        String location = location(browser.get(PATH + query(Map.of("redirect_uri", uri))));
        assertTrue(location.startsWith(uri + "?code="), location);
        String code = answerOf(location).get("code");
        assertEquals(200, wiki.exchange(code, uri, CodeGrant.VERIFIER).statusCode());
        String another = answerOf(location(browser.get(PATH + query(Map.of("redirect_uri", uri)))))
                .get("code");
        assertEquals(
                400,
                wiki.exchange(another, "http://127.0.0.1:49153/cb", CodeGrant.VERIFIER)
                        .statusCode());
        assertEquals(400, wiki.exchange(another, uri, CodeGrant.VERIFIER).statusCode());
        assertEquals(
                400,
                browser.get(PATH + query(Map.of("redirect_uri", "http://127.0.0.1:1/other")))
                        .statusCode());
    }

    @Test
    void whenSentAsAFormThenItGoesOnAsAQuery() {
        Response posted = browser.post(PATH, parameters(Map.of()));
        assertEquals(303, posted.statusCode());
        assertTrue(posted.header("Location").startsWith(PATH + "?"), posted.header("Location"));
    }

    @Test
    void whenSignedInElsewhereThenNotSignedInHere() {
        signIn();
        TestOrganization other = TestOrganization.create();
        UUID foreign = TestRows.application(other);
        String location = location(browser.get(PATH + query(Map.of("client_id", "test-" + foreign))));
        assertTrue(location.startsWith("/signin?") && location.contains(other.name()), location);
    }

    private void signIn() {
        signIn("ada");
    }

    private void signIn(String name) {
        browser.signIn(organization.name(), name, PASSWORD).then().statusCode(303);
    }

    private Response decide(String decision) {
        String query = query(Map.of());
        return browser.submit(PATH + query, PATH, Map.of("query", query.substring(1), "decision", decision));
    }

    private String error(Map<String, String> changes) {
        return answerOf(location(browser.get(PATH + query(changes)))).get("error");
    }

    private Map<String, String> parameters(Map<String, String> changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", "test-" + application);
        parameters.put("redirect_uri", URI);
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("state", "a b&c");
        parameters.putAll(changes);
        return parameters;
    }

    private String query(Map<String, String> changes) {
        return parameters(changes).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String issuer() {
        return given().get("/.well-known/oauth-authorization-server").path("issuer");
    }
}
