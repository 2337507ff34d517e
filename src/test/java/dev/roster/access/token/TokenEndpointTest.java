package dev.roster.access.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestKeys;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoint, seen by a client. */
@QuarkusTest
@Tag("packaged")
class TokenEndpointTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRANT = "grant_type=client_credentials";

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenBasicThenToken() {
        post(basic(admin()), GRANT)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .header("Content-Type", startsWith("application/json"))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(3600))
                .body("refresh_token", nullValue());
    }

    @Test
    void whenFormThenToken() {
        TestClient client = admin();
        String body = GRANT + "&client_id=" + client.clientId() + "&client_secret=" + client.secret();
        post(http(), body).then().statusCode(200).body("token_type", equalTo("Bearer"));
    }

    @Test
    void whenBasicAndSameClientIdInBodyThenToken() {
        TestClient client = admin();
        post(basic(client), GRANT + "&client_id=" + client.clientId()).then().statusCode(200);
    }

    @Test
    void whenCredentialsAreFormEncodedInBasicThenDecoded() {
        TestClient admin = admin();
        String clientId = "a:b c+" + UUID.randomUUID();
        TestClient client = organization.addClient(admin.userId(), Role.ADMIN, clientId, "s%c/r+t &=: x");
        String encoded = clientId.replace(":", "%3A").replace("+", "%2B").replace(" ", "+");
        post(basic(encoded, "s%25c%2Fr%2Bt+%26%3D%3a%20x"), GRANT).then().statusCode(200);
        assertEquals(clientId, client.clientId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b/c=16 characters", "100% of it and more", "x%41%2B%zz+", "ab%2Bcd%2Bef"})
    void whenSecretIsSentRawOrEncodedThenToken(String secret) {
        TestClient admin = admin();
        String clientId = "raw+" + UUID.randomUUID();
        organization.addClient(admin.userId(), Role.ADMIN, clientId, secret);
        String encodedId = URLEncoder.encode(clientId, StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        post(basic(clientId, secret), GRANT).then().statusCode(200);
        post(basic(encodedId, encoded), GRANT).then().statusCode(200);
        post(basic(clientId, secret), GRANT + "&client_id=" + encodedId).then().statusCode(200);
        refused(post(basic(clientId, secret + "+"), GRANT), 401, "invalid_client");
    }

    @Test
    void whenReadingsFailThenOneFailure() {
        String clientId = "guess-" + UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            refused(post(basic(clientId, "a+" + i), GRANT), 401, "invalid_client");
        }
        post(basic(clientId, "a+b"), GRANT).then().statusCode(429);
    }

    @Test
    void whenSeveralResourcesThenToken() {
        String resources = "&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example&resource=";
        post(basic(admin()), GRANT + resources).then().statusCode(200);
    }

    @Test
    void whenCharsetIsNamedThenToken() {
        http().header("Authorization", authorization(admin()))
                .header("Content-Type", FORM + "; charset=UTF-8")
                .body(GRANT.getBytes(StandardCharsets.UTF_8))
                .post("/oauth2/token")
                .then()
                .statusCode(200);
    }

    @Test
    void whenTokenThenRfc9068() throws Exception {
        TestClient client = organization.client(Role.MEMBER);
        JsonWebSignature token = new JsonWebSignature();
        token.setCompactSerialization(client.token());
        token.setKey(TestKeys.current().getPublicKey());
        assertTrue(token.verifySignature());
        assertEquals("at+jwt", token.getHeader("typ"));
        assertEquals("ES256", token.getAlgorithmHeaderValue());
        assertEquals(TestKeys.current().getKeyId(), token.getKeyIdHeaderValue());

        JwtClaims claims = JwtClaims.parse(token.getPayload());
        assertEquals(List.of("roster"), claims.getAudience());
        assertEquals(client.userId().toString(), claims.getSubject());
        assertEquals(client.clientId(), claims.getStringClaimValue("client_id"));
        assertEquals(organization.id().toString(), claims.getStringClaimValue("org"));
        assertEquals(organization.name(), claims.getStringClaimValue("org_name"));
        assertEquals("groups:read self:write users:read", claims.getStringClaimValue("scope"));
        assertEquals(List.of("member"), claims.getStringListClaimValue("groups"));
        assertEquals(7, UUID.fromString(claims.getJwtId()).version());
        assertEquals(
                3600,
                claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
    }

    @Test
    void whenTokenThenSessionAndLastUseRecorded() {
        TestClient client = organization.client(Role.VIEWER);
        client.token();
        assertEquals(1L, sessions(client));
        assertEquals(
                true,
                Database.value(
                        "SELECT last_login_at IS NOT NULL AND last_seen_at IS NOT NULL AND version = 0"
                                + " FROM users WHERE id = ?",
                        client.userId()));
        assertEquals(true, Database.value("SELECT last_used_at IS NOT NULL FROM clients WHERE id = ?", client.id()));
    }

    @Test
    void whenGrantedAgainWithinAMinuteThenNothingIsWritten() {
        TestClient client = organization.client(Role.VIEWER);
        String first = session(post(basic(client), GRANT));
        String written = versions(client);
        assertEquals(first, session(post(basic(client), GRANT)));
        assertEquals(written, versions(client));
        Database.execute(
                "UPDATE clients SET last_used_at = " + Database.earlier("last_used_at", "interval '1 minute'")
                        + " WHERE id = ?",
                client.id());
        String earlier = versions(client);
        assertEquals(first, session(post(basic(client), GRANT)));
        assertNotEquals(earlier, versions(client));
    }

    @Test
    void whenGrantedAgainThenOnlyWithWhatIsStillThere() {
        TestClient client = organization.client(Role.VIEWER);
        String first = session(post(basic(client), GRANT));
        Database.execute("UPDATE users SET role = 'member' WHERE id = ?", client.userId());
        assertEquals(first, session(post(basic(client), GRANT)));
        Database.execute("UPDATE sessions SET ended_at = now() WHERE user_id = ?", client.userId());
        assertNotEquals(first, session(post(basic(client), GRANT)));
        Database.execute("UPDATE clients SET revoked_at = now() WHERE id = ?", client.id());
        post(basic(client), GRANT).then().statusCode(401);
    }

    /** The transactions that wrote the rows which a grant touches. */
    private static String versions(TestClient client) {
        return Database.value(
                        "SELECT concat_ws(' ', u.xmin, c.xmin, s.xmin) FROM users u"
                                + " JOIN clients c ON c.organization_id = u.organization_id AND c.user_id = u.id JOIN sessions s ON s.organization_id = c.organization_id AND s.client_id = c.id"
                                + " WHERE c.id = ?",
                        client.id())
                .toString();
    }

    @Test
    void whenSameDeviceThenSameSession() {
        TestClient client = admin();
        String first = session(post(basic(client).header("User-Agent", "a"), GRANT));
        String second = session(post(basic(client).header("User-Agent", "a"), GRANT));
        String other = session(post(basic(client).header("User-Agent", "b"), GRANT));
        assertEquals(first, second);
        assertNotEquals(first, other);
        assertEquals(2L, sessions(client));
    }

    @Test
    void whenSessionEndedThenNewSession() {
        TestClient client = admin();
        String first = session(post(basic(client), GRANT));
        Database.execute("UPDATE sessions SET ended_at = now() WHERE user_id = ?", client.userId());
        assertNotEquals(first, session(post(basic(client), GRANT)));
    }

    @Test
    void whenUserAgentIsHugeThenToken() {
        post(basic(admin()).header("User-Agent", "x".repeat(4_000)), GRANT)
                .then()
                .statusCode(200);
    }

    @Test
    void whenScopeThenNarrowed() {
        post(basic(admin()), GRANT + "&scope=users:read+groups%3Aread")
                .then()
                .statusCode(200)
                .body("scope", equalTo("groups:read users:read"));
    }

    @Test
    void whenScopeIsEmptyThenAllOfTheRole() {
        post(basic(organization.client(Role.VIEWER)), GRANT + "&scope=")
                .then()
                .statusCode(200)
                .body("scope", equalTo("groups:read self:write users:read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users:write",
                "users:read+users:write",
                "system",
                "no:such",
                "USERS:READ",
                "users:read++groups:read",
                "+users:read",
                "%00",
                "users:read%0a"
            })
    void whenScopeIsUnknownOrAboveTheRoleThenInvalidScope(String scope) {
        refused(post(basic(organization.client(Role.MEMBER)), GRANT + "&scope=" + scope), 400, "invalid_scope");
    }

    @Test
    void whenSystemClientAsksForSystemThenGranted() {
        TestClient client = admin();
        client.becomeSystem();
        post(basic(client), GRANT + "&scope=system").then().statusCode(200).body("scope", equalTo("system"));
        assertTrue(!post(basic(client), GRANT).path("scope").toString().contains("system"));
    }

    @Test
    void whenAccountOfTheSystemIsDemotedThenTheScopeIsGone() {
        TestClient client = organization.add("operator-" + UUID.randomUUID(), Role.ADMIN);
        client.becomeSystem();
        post(basic(client), GRANT + "&scope=system").then().statusCode(200);
        Database.execute("UPDATE users SET role = 'member' WHERE id = ?", client.userId());
        post(basic(client), GRANT + "&scope=system").then().statusCode(400).body("error", equalTo("invalid_scope"));
        post(basic(client), GRANT).then().statusCode(200);
    }

    @Test
    void whenWrongSecretOrUnknownClientThenIdenticalAnswers() {
        TestClient client = admin();
        Response wrong = post(basic(client.clientId(), "wrong"), GRANT);
        Response unknown = post(basic("no-such-client", "wrong"), GRANT);
        refused(wrong, 401, "invalid_client").header("WWW-Authenticate", startsWith("Basic "));
        assertEquals(wrong.asString(), unknown.asString());
        assertEquals(wrong.statusCode(), unknown.statusCode());
        assertEquals(names(wrong), names(unknown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE clients SET revoked_at = now() WHERE id = ?",
                "UPDATE clients SET expires_at = now() - interval '1 second' WHERE id = ?",
                "UPDATE users SET status = 'deactivated' WHERE id = (SELECT user_id FROM clients WHERE id = ?)",
                "UPDATE users SET status = 'pending_sign_up' WHERE id = (SELECT user_id FROM clients WHERE id = ?)"
            })
    void whenClientIsNotUsableThenInvalidClient(String change) {
        TestClient client = admin();
        Database.execute(change, client.id());
        refused(post(basic(client), GRANT), 401, "invalid_client");
    }

    @Test
    void whenNoCredentialsThenInvalidClient() {
        refused(post(http(), GRANT), 401, "invalid_client");
    }

    @Test
    void whenClientIdOnlyThenInvalidClient() {
        refused(post(http(), GRANT + "&client_id=a"), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YQ==",
                "Bearer abc",
                "Basic Og==",
                "Basic YSUwMDpi",
                "Basic JXp6OmI=",
                "Basic /////w=="
            })
    void whenAuthorizationIsMalformedThenInvalidClient(String authorization) {
        refused(post(http().header("Authorization", authorization), GRANT), 401, "invalid_client");
    }

    @Test
    void whenNulInCredentialsThenInvalidClient() {
        refused(post(http(), GRANT + "&client_id=a%00b&client_secret=c%00"), 401, "invalid_client");
    }

    @Test
    void whenBasicAndFormCredentialsThenInvalidRequest() {
        TestClient client = admin();
        refused(post(basic(client), GRANT + "&client_secret=" + client.secret()), 400, "invalid_request");
    }

    @Test
    void whenBasicAndOtherClientIdThenInvalidRequest() {
        refused(post(basic(admin()), GRANT + "&client_id=other"), 400, "invalid_request");
    }

    @Test
    void whenSeveralAuthorizationHeadersThenInvalidRequest() {
        TestClient client = admin();
        refused(post(basic(client).header("Authorization", authorization(client)), GRANT), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=",
                "scope=users:read",
                GRANT + "&" + GRANT,
                GRANT + "&scope=users:read&scope=groups:read",
                GRANT + "&x=1&x=2",
                GRANT + "&x=%",
                GRANT + "&x=%4",
                GRANT + "&x=%zz",
                GRANT + "&x=%ff",
                GRANT + "&%c3=1"
            })
    void whenBodyIsMalformedThenInvalidRequest(String body) {
        refused(post(basic(admin()), body), 400, "invalid_request");
    }

    @Test
    void whenBodyIsNotUtf8ThenInvalidRequest() {
        refused(
                http().header("Authorization", authorization(admin()))
                        .header("Content-Type", FORM)
                        .body(new byte[] {'x', '=', (byte) 0xC3, (byte) 0x28})
                        .post("/oauth2/token"),
                400,
                "invalid_request");
    }

    @Test
    void whenBodyIsHugeThenTooLarge() {
        post(basic(admin()), GRANT + "&x=" + "x".repeat(20_000))
                .then()
                .statusCode(413)
                .body("error", equalTo("invalid_request"))
                .body("error_description", equalTo("The body is too large."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "implicit", "AUTHORIZATION_CODE", "%00", "CLIENT_CREDENTIALS"})
    void whenOtherGrantTypeThenUnsupported(String grantType) {
        refused(post(basic(admin()), "grant_type=" + grantType), 400, "unsupported_grant_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?grant_type=client_credentials", "?client_id=a&client_secret=b", "?x"})
    void whenParametersInUrlThenInvalidRequest(String query) {
        TestClient client = admin();
        refused(
                http().header("Authorization", authorization(client))
                        .urlEncodingEnabled(false)
                        .header("Content-Type", FORM)
                        .body(GRANT.getBytes(StandardCharsets.UTF_8))
                        .post("/oauth2/token" + query),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
    void whenWrongContentTypeThenInvalidRequest(String type) {
        refused(
                http().header("Authorization", authorization(admin()))
                        .header("Content-Type", type)
                        .body(GRANT.getBytes(StandardCharsets.UTF_8))
                        .post("/oauth2/token"),
                400,
                "invalid_request");
    }

    @Test
    void whenContentTypeIsNoneThenBadRequest() {
        http().header("Authorization", authorization(admin()))
                .header("Content-Type", "x")
                .body(GRANT.getBytes(StandardCharsets.UTF_8))
                .post("/oauth2/token")
                .then()
                .statusCode(400);
    }

    @Test
    void whenNoBodyThenInvalidRequest() {
        refused(http().header("Authorization", authorization(admin())).post("/oauth2/token"), 400, "invalid_request");
    }

    @Test
    void whenManyGrantsAtOnceThenOneSession() {
        TestClient client = admin();
        assertEquals(Collections.nCopies(32, 200), AtOnce.each(32, i -> post(basic(client), GRANT)
                .statusCode()));
        assertEquals(1L, sessions(client));
    }

    @Test
    void whenGetThenMethodNotAllowed() {
        http().get("/oauth2/token").then().statusCode(405);
    }

    private TestClient admin() {
        return organization.client(Role.ADMIN);
    }

    private static Response post(RequestSpecification request, String body) {
        return request.header("Content-Type", FORM)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/oauth2/token");
    }

    /** Sends bodies as they are written here, where REST Assured would encode them anew. */
    private static RequestSpecification http() {
        return given().config(RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(FORM, ContentType.BINARY)
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)));
    }

    private static RequestSpecification basic(TestClient client) {
        return http().header("Authorization", authorization(client));
    }

    private static RequestSpecification basic(String clientId, String secret) {
        return http().header("Authorization", authorization(clientId, secret));
    }

    private static String authorization(TestClient client) {
        return authorization(client.clientId(), client.secret());
    }

    private static String authorization(String clientId, String secret) {
        byte[] pair = (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static ValidatableResponse refused(Response response, int status, String error) {
        return response.then()
                .statusCode(status)
                .header("Content-Type", startsWith("application/json"))
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .body("error", equalTo(error));
    }

    private static List<String> names(Response response) {
        return response.headers().asList().stream()
                .map(header -> header.getName())
                .toList();
    }

    private static String session(Response response) {
        return (String) TokenClaims.of(response.path("access_token")).getClaimValue("sid");
    }

    private static Object sessions(TestClient client) {
        return Database.value("SELECT count(*) FROM sessions WHERE user_id = ?", client.userId());
    }
}
