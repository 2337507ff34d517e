package dev.roster.web;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application may ask and do about its own tokens (RFC 7662, RFC 7009), and from pages of which origin (CORS). */
@QuarkusTest
@Tag("packaged")
class OwnTokensTest {
    private static final String INTROSPECT = "/oauth2/introspect";
    private static final String REVOKE = "/oauth2/revoke";
    private static final String ORIGIN = "https://wiki.example.com";
    private static final String ALLOW = "Access-Control-Allow-Origin";

    private CodeFlow flow;
    private Response tokens;

    @BeforeEach
    void signIn() {
        flow = CodeFlow.with("openid", "email", "users:read").signIn();
        tokens = flow.tokens(Map.of());
    }

    @Test
    void whenRefreshTokenIsIntrospectedThenWhatItIsGoodForUntilItIsUsedOrEnded() {
        String token = tokens.path("refresh_token");
        String session = Database.value(
                        "SELECT id FROM sessions WHERE organization_id = ? AND application_id IS NOT NULL",
                        flow.organization.id())
                .toString();
        Response said = form(token).post(INTROSPECT);
        long issued = ((Number) said.path("iat")).longValue();
        long ends = ((Number) said.path("exp")).longValue();
        assertAnswer(said, 200, """
                {'active': true, 'scope': 'email openid users:read', 'client_id': '%s', 'username': 'ada', 'exp': %d,
                 'iat': %d, 'sub': '%s', 'iss': '%s', 'sid': '%s'}
                """.formatted(flow.clientId, ends, issued, flow.person, CodeFlow.issuer(), session));
        Response next = flow.refresh(token);
        assertInactive(form(token));
        assertInactive(form("rsr_unknown"));
        form(next.path("refresh_token")).post(REVOKE).then().statusCode(200);
        assertInactive(form(next.path("refresh_token")));
    }

    @Test
    void whenARefreshTokenWouldGiveNothingThenItIsNotActive() {
        String token = tokens.path("refresh_token");
        UUID group = TestRows.group(flow.organization, "engines");
        Database.execute("UPDATE applications SET group_ids = ARRAY[?::uuid] WHERE id = ?", group, flow.application);
        assertInactive(form(token));
        assertEquals("invalid_grant", flow.refresh(token).path("error"));
        Database.execute(
                "UPDATE applications SET group_ids = NULL, scopes = '{groups:read}' WHERE id = ?", flow.application);
        assertInactive(form(token));
        assertEquals("invalid_scope", flow.refresh(token).path("error"));
        Database.execute("UPDATE applications SET scopes = '{openid}' WHERE id = ?", flow.application);
        assertEquals("openid", form(token).post(INTROSPECT).path("scope"));
        assertEquals("openid", flow.refresh(token).path("scope"));
    }

    @Test
    void whenAccessTokenIsTheApplicationsThenItIntrospectsAndRevokesIt() {
        String token = tokens.path("access_token");
        Response said = form(token).post(INTROSPECT);
        assertEquals(200, said.statusCode());
        assertEquals("email openid users:read", said.path("scope"));
        form(token).post(REVOKE).then().statusCode(200);
        assertInactive(form(token));
        assertEquals(401, users(token));
        assertEquals(400, flow.refresh(tokens.path("refresh_token")).statusCode());
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'token.revoked'",
                        flow.organization.id()));
    }

    /** Whoever comes second has nothing to end, and its answer is as true as that of the first. */
    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token"})
    void whenATokenIsRevokedTwiceAtOnceThenItIsNoGoodBehindEitherAnswer(String revoked) throws Exception {
        for (int round = 0; round < 5; round++) {
            Response given = flow.tokens(Map.of());
            String access = given.path("access_token");
            CompletableFuture<List<Integer>> answers;
            try (TableLock lock = TableLock.ofRow("sessions", session())) {
                answers = CompletableFuture.supplyAsync(() -> AtOnce.all(2, i -> {
                    form(given.path(revoked)).post(REVOKE).then().statusCode(200);
                    return users(access);
                }));
                lock.awaitWaiting();
            }
            assertEquals(List.of(401, 401), answers.join());
        }
    }

    private UUID session() {
        return (UUID) Database.value(
                "SELECT id FROM sessions WHERE organization_id = ? AND application_id IS NOT NULL AND ended_at IS NULL"
                        + " ORDER BY created_at DESC LIMIT 1",
                flow.organization.id());
    }

    /** No token leads around what each of them is asked for. */
    @Test
    void whenTheApplicationOrThePersonHasLostSomethingThenNoFurtherTokenIsGotWithOne() {
        String token = tokens.path("access_token");
        UUID group = TestRows.group(flow.organization, "engines");
        assertEquals(200, derived(token));
        Database.execute("UPDATE applications SET group_ids = ARRAY[?::uuid] WHERE id = ?", group, flow.application);
        assertEquals(401, derived(token));
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at) VALUES (?, ?, ?, now())",
                flow.organization.id(),
                group,
                flow.person);
        assertEquals(200, derived(token));
        Database.execute(
                "UPDATE applications SET group_ids = NULL, scopes = '{openid,email}' WHERE id = ?", flow.application);
        assertEquals(401, derived(token));
        Database.execute(
                "UPDATE applications SET scopes = '{openid,email,users:read,groups:read}' WHERE id = ?",
                flow.application);
        assertEquals(200, derived(token));
        Database.execute("UPDATE applications SET removed_at = now() WHERE id = ?", flow.application);
        assertEquals(401, derived(token));
    }

    private static int derived(String token) {
        return given().auth().preemptive().oauth2(token).get("/auth/api_token").statusCode();
    }

    @Test
    void whenTokenIsAnothersThenItDoesNotExist() {
        UUID other = TestRows.application(flow.organization);
        TestRows.applicationSecret(flow.organization, other, "other");
        TestClient mia = flow.organization.add("mia", Role.MEMBER);
        for (String token : new String[] {tokens.path("access_token"), tokens.path("refresh_token"), mia.token()}) {
            RequestSpecification form = given().formParam("client_id", "test-" + other)
                    .formParam("client_secret", "other")
                    .formParam("token", token);
            assertInactive(form);
            form.post(REVOKE).then().statusCode(200);
        }
        assertEquals(200, users(tokens.path("access_token")));
        assertEquals(200, users(mia.token()));
        assertEquals(200, flow.refresh(tokens.path("refresh_token")).statusCode());
    }

    @Test
    void whenClientIsOfAnAccountThenAsBefore() {
        TestClient admin = flow.organization.client(Role.ADMIN);
        RequestSpecification form = given().auth()
                .preemptive()
                .basic(admin.clientId(), admin.secret())
                .formParam("token", tokens.<String>path("access_token"));
        assertEquals(true, form.post(INTROSPECT).path("active"));
        form.post(REVOKE).then().statusCode(200);
        assertEquals(401, users(tokens.path("access_token")));
    }

    @Test
    void whenApplicationIsPublicThenItRevokesButDoesNotIntrospect() {
        Database.execute("UPDATE applications SET is_public = true WHERE id = ?", flow.application);
        RequestSpecification form =
                given().formParam("client_id", flow.clientId).formParam("token", tokens.<String>path("access_token"));
        assertEquals(401, form.post(INTROSPECT).statusCode());
        form.post(REVOKE).then().statusCode(200);
        assertEquals(401, users(tokens.path("access_token")));
    }

    @Test
    void whenSecretIsWrongThenRefused() {
        for (String path : new String[] {INTROSPECT, REVOKE}) {
            Response refused = given().formParam("client_id", flow.clientId)
                    .formParam("client_secret", "wrong")
                    .formParam("token", tokens.<String>path("access_token"))
                    .post(path);
            assertEquals(401, refused.statusCode());
            assertEquals("invalid_client", refused.path("error"));
        }
        assertEquals(200, users(tokens.path("access_token")));
    }

    @Test
    void whenPageIsOfTheApplicationsOriginThenItReadsAnswersAndErrors() {
        Response refreshed = flow.form()
                .header("Origin", ORIGIN)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.<String>path("refresh_token"))
                .post("/oauth2/token");
        assertEquals(200, refreshed.statusCode());
        assertReadable(refreshed);
        assertReadable(flow.form()
                .header("Origin", ORIGIN)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", "rsr_unknown")
                .post("/oauth2/token"));
        assertReadable(userinfo(refreshed.path("access_token"), ORIGIN));
        Response posted = given().auth()
                .preemptive()
                .oauth2(refreshed.path("access_token"))
                .header("Origin", ORIGIN)
                .post("/oauth2/userinfo");
        assertEquals(200, posted.statusCode(), posted.asString());
        assertReadable(posted);
        assertReadable(
                form(refreshed.path("access_token")).header("Origin", ORIGIN).post(REVOKE));
        Response ended = userinfo(refreshed.path("access_token"), ORIGIN);
        assertEquals(401, ended.statusCode());
        assertReadable(ended);
    }

    @Test
    void whenPageIsOfAnotherOriginThenItReadsNothing() {
        for (String origin : new String[] {
            "https://evil.example.com",
            "https://wiki.example.com.evil.example.com",
            "http://wiki.example.com",
            "https://wiki.example.com:8443",
            "https://WIKI.example.com",
            "null",
            "",
            "https://"
        }) {
            Response refreshed = flow.form()
                    .header("Origin", origin)
                    .formParam("grant_type", "refresh_token")
                    .formParam("refresh_token", "rsr_unknown")
                    .post("/oauth2/token");
            assertNull(refreshed.header(ALLOW), origin);
            assertNull(userinfo(tokens.path("access_token"), origin).header(ALLOW), origin);
        }
        for (String path : new String[] {"/oauth2/authorize", "/oauth2/logout", "/signin", "/api/v1/users/me"}) {
            assertNull(given().header("Origin", ORIGIN)
                    .redirects()
                    .follow(false)
                    .get(path)
                    .header(ALLOW));
        }
        assertNull(form(tokens.path("access_token"))
                .header("Origin", ORIGIN)
                .post(INTROSPECT)
                .header(ALLOW));
    }

    @Test
    void whenBrowserAsksBeforeThenWhatMayBeSent() {
        Response asked = preflight("/oauth2/token", "POST");
        assertEquals(200, asked.statusCode());
        assertEquals(ORIGIN, asked.header(ALLOW));
        assertEquals("POST", asked.header("Access-Control-Allow-Methods"));
        assertEquals("Authorization, Content-Type", asked.header("Access-Control-Allow-Headers"));
        assertEquals("Origin", asked.header("Vary"));
        assertNull(asked.header("Access-Control-Allow-Credentials"));
        // A last slash leads to the same
        for (String path : new String[] {"/oauth2/userinfo", "/oauth2/userinfo/"}) {
            Response userinfo = preflight(path, "POST");
            assertEquals(ORIGIN, userinfo.header(ALLOW));
            assertEquals("GET, POST", userinfo.header("Access-Control-Allow-Methods"));
        }
        assertEquals("*", given().header("Origin", ORIGIN).get("/oauth2/jwks/").header(ALLOW));
        for (String path : new String[] {"/oauth2/authorize", INTROSPECT, "/api/v1/users", "/oauth2/keys/rotate"}) {
            assertNull(preflight(path, "POST").header(ALLOW), path);
        }
    }

    @Test
    void whenPublicThenForEveryPage() {
        for (String path : new String[] {
            "/oauth2/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"
        }) {
            String vary = path.equals("/oauth2/jwks") ? "Accept" : null;
            // A cache gives to pages what it has got from programs, which send no origin
            for (Response answer : new Response[] {
                given().get(path),
                given().header("Origin", "https://any.example.com").get(path)
            }) {
                assertEquals(200, answer.statusCode());
                assertEquals("*", answer.header(ALLOW), path);
                assertEquals(vary, answer.header("Vary"), path);
                assertTrue(answer.header("Cache-Control").startsWith("public, max-age="), path);
            }
            Response asked = preflight(path, "GET");
            assertEquals("*", asked.header(ALLOW), path);
            assertEquals("GET", asked.header("Access-Control-Allow-Methods"), path);
            assertNull(asked.header("Vary"), path);
        }
    }

    private RequestSpecification form(String token) {
        return flow.form().formParam("token", token);
    }

    private static void assertInactive(RequestSpecification form) {
        assertAnswer(form.post(INTROSPECT), 200, "{'active': false}");
    }

    private static int users(String token) {
        return given().auth().oauth2(token).get("/api/v1/users").statusCode();
    }

    private static Response userinfo(String token, String origin) {
        return given().auth()
                .preemptive()
                .oauth2(token)
                .header("Origin", origin)
                .get("/oauth2/userinfo");
    }

    private static Response preflight(String path, String method) {
        return given().header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type")
                .options(path);
    }

    private static void assertReadable(Response answer) {
        assertEquals(ORIGIN, answer.header(ALLOW), answer.asString());
        assertEquals("Origin", answer.header("Vary"));
        assertNull(answer.header("Access-Control-Allow-Credentials"));
    }
}
