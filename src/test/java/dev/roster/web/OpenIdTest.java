package dev.roster.web;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestRows;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a person is, as an application learns it (OpenID Connect Core). */
@QuarkusTest
@Tag("packaged")
class OpenIdTest {
    private static final String USERINFO = "/oauth2/userinfo";
    private static final String ALL = "openid profile email groups";

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256"})
    void whenOpenIdThenAnIdTokenThatSaysWhoWhenAndForWhat(String algorithm) throws Exception {
        CodeFlow flow = CodeFlow.with("openid", "profile", "email", "groups").signIn();
        Response changed = given().auth()
                .oauth2(flow.organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("id_token_signed_response_alg", algorithm))
                .patch("/api/v1/applications/" + flow.application);
        assertEquals(algorithm, changed.path("id_token_signed_response_alg"));
        join(flow, "engines");
        join(flow, "poets");
        Response tokens = flow.tokens(Map.of("scope", ALL, "nonce", "n-0S6_WzA2Mj"));
        assertAnswer(tokens, 200, """
                {'access_token': '<text>', 'token_type': 'Bearer', 'expires_in': 3600, 'refresh_token': '<text>',
                 'id_token': '<text>', 'scope': 'email groups openid profile'}
                """);
        JwtClaims claims = flow.verified(tokens.path("id_token"), algorithm);
        assertEquals(flow.person.toString(), claims.getSubject());
        assertEquals("n-0S6_WzA2Mj", claims.getStringClaimValue("nonce"));
        assertEquals(half(tokens.path("access_token")), claims.getStringClaimValue("at_hash"));
        assertEquals(List.of("engines", "poets"), claims.getStringListClaimValue("groups"));
        assertEquals("ada", claims.getStringClaimValue("preferred_username"));
        assertEquals("ada@example.com", claims.getStringClaimValue("email"));
        assertEquals(false, claims.getClaimValue("email_verified"));
        Object signedIn = Database.value(
                "SELECT CAST(extract(epoch FROM authenticated_at) AS bigint) FROM browser_sessions"
                        + " WHERE organization_id = ?",
                flow.organization.id());
        assertEquals(signedIn, claims.getClaimValue("auth_time"));
        Response again = flow.refresh(tokens.path("refresh_token"));
        JwtClaims later = flow.verified(again.path("id_token"), algorithm);
        assertEquals(claims.getSubject(), later.getSubject());
        assertEquals(claims.getClaimValue("auth_time"), later.getClaimValue("auth_time"));
        assertEquals(half(again.path("access_token")), later.getStringClaimValue("at_hash"));
        assertNull(later.getClaimValue("nonce"));
    }

    @Test
    void whenTheSessionEndsBeforeThenTheTokensEndWithIt() throws Exception {
        CodeFlow flow = CodeFlow.with("openid").signIn();
        String refresh = flow.tokens(Map.of()).path("refresh_token");
        Database.execute(
                "UPDATE sessions SET created_at = "
                        + Database.earlier("created_at", "interval '89 days 23 hours 40 minutes'")
                        + ", token_expires_at = now() WHERE organization_id = ? AND application_id IS NOT NULL",
                flow.organization.id());
        Response tokens = flow.refresh(refresh);
        assertAnswer(tokens, 200, """
                {'access_token': '<text>', 'token_type': 'Bearer', 'expires_in': %d, 'refresh_token': '<text>',
                 'id_token': '<text>', 'scope': 'openid'}
                """.formatted(tokens.<Integer>path("expires_in")));
        Object end = Database.value(
                "SELECT CAST(floor(extract(epoch FROM expires_at)) AS bigint) FROM sessions"
                        + " WHERE organization_id = ? AND application_id IS NOT NULL"
                        + " AND token_expires_at = date_trunc('second', expires_at)",
                flow.organization.id());
        for (String token : List.of(tokens.<String>path("access_token"), tokens.<String>path("id_token"))) {
            JwtClaims claims = TokenClaims.of(token);
            assertEquals(end, claims.getExpirationTime().getValue());
            assertEquals(
                    tokens.<Integer>path("expires_in").longValue(),
                    claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
        }
    }

    @Test
    void whenRs256IsAskedForThenItsKeyIsAmongThePublishedBesideTheOthers() {
        CodeFlow flow = CodeFlow.with("openid").signIn();
        Database.execute(
                "UPDATE applications SET id_token_signed_response_alg = 'RS256' WHERE id = ?", flow.application);
        flow.tokens(Map.of("scope", "openid"));
        List<String> algorithms = given().get("/oauth2/jwks").path("keys.alg");
        assertEquals(Set.of("ES256", "RS256"), new TreeSet<>(algorithms));
    }

    @Test
    void whenScopeIsNotAskedForOrNotTheApplicationsThenNothingIsTold() {
        CodeFlow flow = CodeFlow.with("openid", "email", "users:read").signIn();
        assertEquals(
                "invalid_scope", flow.answer(Map.of("scope", "openid profile")).get("error"));
        Response plain = flow.tokens(Map.of("scope", "users:read"));
        assertNull(plain.path("id_token"));
        assertEquals(403, userinfo(plain).statusCode());
        Response known = flow.tokens(Map.of("scope", "openid"));
        assertAnswer(userinfo(known), 200, "{'sub': '%s'}".formatted(flow.person));
        assertEquals(
                403,
                given().auth()
                        .oauth2(known.path("access_token"))
                        .get("/api/v1/users")
                        .statusCode());
    }

    @Test
    void whenOfflineAccessIsAskedForThenItIsNothingMore() {
        CodeFlow flow = CodeFlow.with("openid").signIn();
        Response tokens = flow.tokens(Map.of("scope", "openid offline_access"));
        assertEquals("openid", tokens.path("scope"));
        Response again = flow.form()
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.<String>path("refresh_token"))
                .formParam("scope", "openid offline_access")
                .post("/oauth2/token");
        assertEquals(200, again.statusCode(), again.asString());
        assertEquals(
                "invalid_scope", flow.answer(Map.of("scope", "offline_access")).get("error"));
    }

    @Test
    void whenUserInfoThenWhatTheScopesTellAtPresent() {
        CodeFlow flow = CodeFlow.with("openid", "profile", "email", "groups").signIn();
        join(flow, "engines");
        Response tokens = flow.tokens(Map.of("scope", ALL));
        Database.execute("UPDATE users SET updated_at = '2026-01-31T12:00:00Z' WHERE id = ?", flow.person);
        String whole = """
                {'sub': '%s', 'name': 'ada', 'preferred_username': 'ada', 'updated_at': 1769860800,
                 'email': 'ada@example.com', 'email_verified': %s, 'groups': ['engines']}
                """;
        Response found = userinfo(tokens);
        assertEquals("no-store", found.header("Cache-Control"));
        assertUserInfo(found, whole.formatted(flow.person, false));
        Database.execute("UPDATE users SET proven_email = email WHERE id = ?", flow.person);
        assertUserInfo(userinfo(tokens), whole.formatted(flow.person, true));
        assertUserInfo(
                given().auth().oauth2(tokens.path("access_token")).post(USERINFO), whole.formatted(flow.person, true));
        // Another address is proven anew
        TestRows.email(flow.person, "other@example.com");
        assertEquals(false, userinfo(tokens).path("email_verified"));
        TestRows.email(flow.person, "ada@example.com");
        assertEquals(true, userinfo(tokens).path("email_verified"));
    }

    @Test
    void whenTokenIsMissingWrongOrEndedThenRfc6750() {
        Response missing = given().get(USERINFO);
        assertEquals(401, missing.statusCode());
        assertEquals("Bearer realm=\"roster\"", missing.header("WWW-Authenticate"));
        CodeFlow flow = CodeFlow.with("openid").signIn();
        Response tokens = flow.tokens(Map.of("scope", "openid"));
        // What proves who signed in opens nothing
        assertInvalid(given().auth().oauth2(tokens.path("id_token")).get(USERINFO));
        assertInvalid(given().auth().oauth2(tokens.path("id_token")).get("/api/v1/users"));
        flow.form()
                .formParam("token", tokens.<String>path("refresh_token"))
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        assertInvalid(userinfo(tokens));
        Response narrow =
                given().auth().oauth2(flow.organization.token(Role.ADMIN)).get(USERINFO);
        assertAnswer(narrow, 403, """
                {'error': 'insufficient_scope',
                 'error_description': 'The token does not carry the scope this needs.'}
                """);
        assertTrue(narrow.header("WWW-Authenticate").contains("scope=\"openid\""), narrow.header("WWW-Authenticate"));
    }

    @Test
    void whenRefreshIsNarrowedThenSoIsWhatIsTold() {
        CodeFlow flow = CodeFlow.with("openid", "email", "users:read").signIn();
        Response tokens = flow.tokens(Map.of());
        assertEquals("email openid users:read", tokens.path("scope"));
        Response narrow = flow.form()
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.<String>path("refresh_token"))
                .formParam("scope", "users:read")
                .post("/oauth2/token");
        assertNull(narrow.path("id_token"));
        assertEquals(403, userinfo(narrow).statusCode());
    }

    @Test
    void whenConfigurationThenWhatItSaysIsServed() {
        Response found = given().get("/.well-known/openid-configuration");
        assertEquals(200, found.statusCode());
        // One source for both
        assertEquals(given().get("/.well-known/oauth-authorization-server").asString(), found.asString());
        assertEquals(List.of("ES256", "RS256"), found.path("id_token_signing_alg_values_supported"));
        assertEquals(List.of("public"), found.path("subject_types_supported"));
        assertEquals(false, found.path("request_uri_parameter_supported"));
        List<String> scopes = found.path("scopes_supported");
        assertTrue(scopes.containsAll(List.of("openid", "profile", "email", "groups", "offline_access")));
        String issuer = found.path("issuer");
        for (String name : List.of("userinfo_endpoint", "jwks_uri", "authorization_endpoint", "token_endpoint")) {
            String url = found.path(name);
            assertTrue(url.startsWith(issuer + "/oauth2/"), url);
            assertFalse(given().get(url.substring(issuer.length())).statusCode() == 404, url);
        }
    }

    @Test
    void whenConsentIsAskedForThenInWords() {
        CodeFlow flow = CodeFlow.with("openid", "email", "groups").signIn();
        Database.execute("UPDATE applications SET is_first_party = false WHERE id = ?", flow.application);
        String page = flow.authorize(Map.of("scope", "openid email")).asString();
        assertTrue(page.contains("See your e-mail address"), page);
        assertFalse(page.contains("See which groups"), page);
    }

    private static void join(CodeFlow flow, String name) {
        UUID group = TestRows.group(flow.organization, name);
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at) VALUES (?, ?, ?, now())",
                flow.organization.id(),
                group,
                flow.person);
    }

    private static Response userinfo(Response tokens) {
        return given().auth().oauth2(tokens.path("access_token")).get(USERINFO);
    }

    private static void assertUserInfo(Response answer, String expected) {
        assertAnswer(answer, 200, expected);
    }

    private static void assertInvalid(Response answer) {
        assertEquals(401, answer.statusCode(), answer.asString());
        assertTrue(answer.header("WWW-Authenticate").contains("error=\"invalid_token\""));
    }

    /** As OpenID Connect Core section 3.1.3.6 has it, for both algorithms. */
    private static String half(String token) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }
}
