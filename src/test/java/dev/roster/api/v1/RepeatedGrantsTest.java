package dev.roster.api.v1;

import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that asks for one token after the other, and what ends or changes its access in between. */
@QuarkusTest
@Tag("packaged")
class RepeatedGrantsTest {
    private static final String ROBOT = SERVICE_ACCOUNTS + "/robot";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);
    private Response robot;
    private String session;

    /** From the third on within a minute the database is not asked. */
    @BeforeEach
    void remember() throws Exception {
        robot = admin.createServiceAccount("robot");
        session = session(grant());
        assertEquals(session, session(grant()));
    }

    @Test
    void whenAskedAgainThenAnotherTokenWithoutTheDatabase() throws Exception {
        Response third = grant();
        Database.execute("UPDATE sessions SET ended_at = now() WHERE id = ?", UUID.fromString(session));
        Response fourth = grant();
        assertEquals(session, session(fourth));
        assertNotEquals(claim(third, "jti"), claim(fourth, "jti"));
        new V1(fourth.path("access_token")).get(V1.USERS + "/me").then().statusCode(200);
    }

    @Test
    void whenScopeIsAskedForThenNarrowedOrRefused() {
        request("ua")
                .formParam("scope", "users:read")
                .post("/oauth2/token")
                .then()
                .body("scope", equalTo("users:read"));
        request("ua")
                .formParam("scope", "clients:write")
                .post("/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void whenAnotherHostAsksThenASessionOfItsOwn() throws Exception {
        assertNotEquals(session, session(request("other").post("/oauth2/token")));
    }

    @Test
    void whenSecretIsWrongThenRefused() {
        String secret = robot.path("credential.client_secret");
        char last = secret.charAt(secret.length() - 1);
        String wrong = secret.substring(0, secret.length() - 1) + (last == 'A' ? 'B' : 'A');
        TestClient.grant(robot.path("credential.client_id"), wrong).then().statusCode(401);
        TestClient.grant("another", secret).then().statusCode(401);
    }

    @Test
    void whenRotatedThenOldSecretIsDead() {
        admin.post(ROBOT + "/token", "{}").then().statusCode(200);
        refused();
    }

    @Test
    void whenOverlapOfRotationIsOverThenOldSecretIsDead() {
        admin.post(ROBOT + "/token", "{'overlap_seconds': 1}").then().statusCode(200);
        Eventually.holds(() -> {
            Response answer = grant();
            boolean granted = answer.statusCode() == 200;
            assertTrue(!granted || answer.<Integer>path("expires_in") >= 0, answer.asString());
            return !granted;
        });
        assertEquals(1L, Database.value("SELECT count(*) FROM sessions WHERE user_id = ?", account()));
    }

    /** The rotation comes between the proof of the secret and the session. */
    @Test
    void whenARotationSetsTheEndOfTheSecretMeanwhileThenNoTokenOutlivesIt() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Response> granted;
            try (TableLock account = TableLock.ofRow("users", account())) {
                granted = thread.submit(() -> request("other").post("/oauth2/token"));
                account.awaitWaiting();
                Database.execute(
                        "UPDATE clients SET expires_at = now() + interval '10 minutes' WHERE user_id = ?", account());
            }
            int left = granted.get().then().statusCode(200).extract().path("expires_in");
            assertTrue(left > 500 && left <= 600, String.valueOf(left));
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void whenDeactivatedThenRefusedAndBackWithASessionOfItsOwn() throws Exception {
        admin.patch(ROBOT, "{'status': 'deactivated'}").then().statusCode(200);
        refused();
        admin.patch(ROBOT, "{'status': 'active'}").then().statusCode(200);
        assertNotEquals(session, session(grant()));
    }

    @Test
    void whenDeletedThenRefused() {
        admin.delete(ROBOT).then().statusCode(204);
        refused();
    }

    @Test
    void whenRoleChangesThenTokensSayIt() {
        admin.patch(ROBOT, "{'role': 'viewer'}").then().statusCode(200);
        assertEquals(granted(Role.VIEWER), grant().path("scope"));
        grant();
        admin.patch(ROBOT, "{'role': 'member'}").then().statusCode(200);
        assertEquals(granted(Role.MEMBER), grant().path("scope"));
        grant();
        admin.patch(ROBOT, "{'role': 'admin'}").then().statusCode(200);
        assertEquals(granted(Role.ADMIN), grant().path("scope"));
    }

    @Test
    void whenTokenIsRevokedThenASessionOfItsOwn() throws Exception {
        String token = grant().path("access_token");
        request("ua").formParam("token", token).post("/oauth2/revoke").then().statusCode(200);
        assertNotEquals(session, session(grant()));
    }

    private static String granted(Role role) {
        TestOrganization other = TestOrganization.create();
        return other.client(role).grant().path("scope");
    }

    private void refused() {
        grant().then().statusCode(401).body("error", equalTo("invalid_client"));
    }

    private UUID account() {
        return UUID.fromString(robot.path("id"));
    }

    private Response grant() {
        return request("ua").post("/oauth2/token");
    }

    private RequestSpecification request(String userAgent) {
        return TestClient.authenticated(robot.path("credential.client_id"), robot.path("credential.client_secret"))
                .header("User-Agent", userAgent)
                .formParam("grant_type", "client_credentials");
    }

    private static String session(Response answer) throws Exception {
        answer.then().statusCode(200);
        return claim(answer, "sid");
    }

    private static String claim(Response answer, String name) throws Exception {
        return TokenClaims.of(answer.path("access_token")).getStringClaimValue(name);
    }
}
