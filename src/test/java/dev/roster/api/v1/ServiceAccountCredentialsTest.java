package dev.roster.api.v1;

import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The credential of a service account: shown once, used at the token endpoint, rotated. */
@QuarkusTest
@Tag("packaged")
class ServiceAccountCredentialsTest {
    private static final String TOKEN = SERVICE_ACCOUNTS + "/robot/token";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @Test
    void whenCredentialIsUsedThenTokenOpensMe() {
        Response token = token(admin.createServiceAccount("robot"));
        token.then().statusCode(200);
        Response me = new V1(token.path("access_token")).get(USERS + "/me");
        me.then().statusCode(200);
        assertBody(me, """
                {'id': '<uuid>', 'lrn': 'lrn:roster:%s:service-account:robot', 'name': 'robot',
                 'display_name': 'robot', 'created_at': '<time>', 'last_seen_at': '<time>', 'groups': [],
                 'profile': {}, 'is_admin': false, 'role': 'member', 'status': 'active', 'metadata': {},
                 'uuid': '<uuid>', 'email': '', 'org': '%s', 'org_name': '%s'}""".formatted(organization.name(), organization.id(), organization.name()));
    }

    @Test
    void whenRotatedThenNewCredentialAndOldOneDies() {
        Response old = admin.createServiceAccount("robot");
        Response rotated = admin.post(TOKEN, "{}");
        rotated.then().statusCode(200).header("Cache-Control", "no-store");
        assertEquals("application/json", rotated.contentType());
        assertBody(rotated, account("'client_id': '<text>', 'client_secret': '<text>'", ""));
        assertDead(token(old));
        token(rotated).then().statusCode(200);
    }

    /** As with any other secret that an account makes for itself. */
    @Test
    void whenRotatedByItselfThenByWhoHasJustSignedInAndNoLongerThanItsSecret() {
        Response bot = admin.post(SERVICE_ACCOUNTS, "{'name': 'robot', 'role': 'admin'}");
        V1 signedIn = new V1(token(bot).path("access_token"));
        V1 key = new V1(signedIn.post("/api/v1/api-keys", "{'name': 'laptop'}").path("key"));
        for (String body : List.of("{}", "{'overlap_seconds': 60}")) {
            key.post(TOKEN, body).then().statusCode(403).body("code", equalTo("sign_in_again"));
        }
        String clientId = bot.path("credential.client_id");
        Response narrow = TestClient.authenticated(clientId, bot.path("credential.client_secret"))
                .formParam("grant_type", "client_credentials")
                .formParam("scope", Scope.CLIENTS_WRITE)
                .post("/oauth2/token");
        new V1(narrow.path("access_token"))
                .post(TOKEN, "{}")
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        Database.execute(
                "UPDATE clients SET expires_at = date_trunc('second', now()) + interval '1 hour' WHERE client_id = ?",
                clientId);
        Object end = Database.value("SELECT expires_at FROM clients WHERE client_id = ?", clientId);
        Response rotated = signedIn.post(TOKEN, "{'overlap_seconds': 60}");
        rotated.then().statusCode(200);
        assertEquals(
                end,
                Database.value(
                        "SELECT expires_at FROM clients WHERE client_id = ?",
                        rotated.<String>path("credential.client_id")));
        // As where the answer was lost
        assertProblem(
                signedIn.post(TOKEN, "{'overlap_seconds': 60}"),
                409,
                "conflict",
                "The new credential would end with the earlier ones: sign in with a newer one.");
        Database.execute("UPDATE clients SET expires_at = now() - interval '1 second' WHERE client_id = ?", clientId);
        assertProblem(signedIn.post(TOKEN, "{}"), 401, "invalid_token", "A valid access token is required.");
        token(rotated).then().statusCode(200);
    }

    @Test
    void whenRotatedWithoutBodyThenAsWithEmptyOne() {
        Response old = admin.createServiceAccount("robot");
        Response rotated = admin.request().contentType("application/json").post(TOKEN);
        rotated.then().statusCode(200);
        assertDead(token(old));
        token(rotated).then().statusCode(200);
    }

    @Test
    void whenRotatedWithOverlapThenBothUntilItEnds() {
        Response old = admin.createServiceAccount("robot");
        Response rotated = admin.post(TOKEN, "{'overlap_seconds': 3600}");
        token(old).then().statusCode(200);
        token(rotated).then().statusCode(200);
        Database.execute(
                "UPDATE clients SET expires_at = now() - interval '1 second' WHERE client_id = ?",
                old.<String>path("credential.client_id"));
        assertDead(token(old));
        token(rotated).then().statusCode(200);
    }

    @Test
    void whenAsManyGoOnAsThereMayBeThenNoMoreWithOverlap() {
        admin.createServiceAccount("robot");
        for (int made = 1; made < 20; made++) {
            admin.post(TOKEN, "{'overlap_seconds': 3600}").then().statusCode(200);
        }
        assertProblem(
                admin.post(TOKEN, "{'overlap_seconds': 3600}"),
                409,
                "secret_limit_reached",
                "There are 20 usable secrets already.");
        admin.post(TOKEN, "{}").then().statusCode(200);
    }

    @Test
    void whenAllFieldsThenNamedAndExpiring() {
        admin.createServiceAccount("robot");
        Response rotated = admin.post(
                TOKEN, "{'name': 'spring', 'token_expires_at': '2090-01-31T10:00:00Z', 'overlap_seconds': 0}");
        rotated.then().statusCode(200);
        assertBody(
                rotated,
                account(
                        "'client_id': '<text>', 'client_secret': '<text>', 'expires_at': '2090-01-31T10:00:00Z'",
                        "'token_expires_at': '2090-01-31T10:00:00Z',"));
        assertEquals(
                "spring",
                Database.value(
                        "SELECT name FROM clients WHERE client_id = ?", rotated.<String>path("credential.client_id")));
    }

    @Test
    void whenLastCredentialHasExpiredThenTold() {
        Response created = admin.createServiceAccount("robot");
        Database.execute(
                "UPDATE clients SET expires_at = '2021-01-01T00:00:00Z' WHERE client_id = ?",
                created.<String>path("credential.client_id"));
        admin.get(SERVICE_ACCOUNTS + "/robot")
                .then()
                .body("token_expired", equalTo(true))
                .body("token_expires_at", equalTo("2021-01-01T00:00:00Z"));
        assertDead(token(created));
    }

    @Test
    void whenDeactivatedOrDeletedThenCredentialDies() {
        Response created = admin.createServiceAccount("robot");
        admin.patch(SERVICE_ACCOUNTS + "/robot", "{'status': 'deactivated'}");
        assertDead(token(created));
        admin.patch(SERVICE_ACCOUNTS + "/robot", "{'status': 'active'}");
        token(created).then().statusCode(200);
        admin.delete(SERVICE_ACCOUNTS + "/robot").then().statusCode(204);
        assertDead(token(created));
        assertEquals(
                0L,
                Database.value("SELECT count(*) FROM sessions WHERE user_id = ?", UUID.fromString(created.path("id"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2592001", "99999999999", "1.5", "'60'", "true", "[]"})
    void whenOverlapIsWrongThenRefusedAndOldOneStays(String overlap) {
        Response created = admin.createServiceAccount("robot");
        Response answer = admin.post(TOKEN, "{'overlap_seconds': " + overlap + "}");
        boolean number = overlap.matches("-?\\d{1,9}");
        assertInvalid(answer, "overlap_seconds", number ? "must be 0 to 2592000" : "must be a whole number");
        token(created).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "1893456000000",
                "'soon'",
                "''",
                "'2090-01-31'",
                "'2090-01-31T10:00:00'",
                "'+12090-01-31T10:00:00Z'",
                "'2090-02-31T10:00:00Z'",
                "[]",
                "{}"
            })
    void whenExpiryIsNoTimeThenRefused(String time) {
        admin.createServiceAccount("robot");
        assertInvalid(
                admin.post(TOKEN, "{'token_expires_at': " + time + "}"),
                "token_expires_at",
                "must be a time such as 2030-01-31T12:00:00Z");
    }

    @Test
    void whenExpiryIsPastThenRefused() {
        Response created = admin.createServiceAccount("robot");
        assertInvalid(
                admin.post(TOKEN, "{'token_expires_at': '2020-01-01T00:00:00Z'}"),
                "token_expires_at",
                "must be in the future");
        token(created).then().statusCode(200);
    }

    private String account(String credential, String more) {
        return """
        {'id': '<uuid>', 'lrn': 'lrn:roster:%s:service-account:robot', 'name': 'robot', 'display_name': 'robot',
         'created_at': '<time>', 'groups': [], 'status': 'active', 'description': '', 'role': 'member', %s
         'is_admin': false, 'metadata': {}, 'token_expired': false, 'credential': {%s}}""".formatted(organization.name(), more, credential);
    }

    private static void assertDead(Response answer) {
        answer.then().statusCode(401).body("error", equalTo("invalid_client"));
    }

    private static Response token(Response created) {
        return TestClient.grant(created.path("credential.client_id"), created.path("credential.client_secret"));
    }
}
