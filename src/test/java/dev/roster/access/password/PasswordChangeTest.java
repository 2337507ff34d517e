package dev.roster.access.password;

import static dev.roster.testing.Bearer.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Persons who change their own password: because they want to, or because it has expired. */
@QuarkusTest
class PasswordChangeTest {
    private static final String PATH = "/api/v1/users/me/password";
    private static final String ME = "/api/v1/users/me";
    private static final String PASSWORD = "correct horse battery";
    private static final String NEXT = "a staple for nine horses";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient mia = organization.add("mia", Role.MEMBER);

    @Inject
    TestClock clock;

    @BeforeEach
    void givePassword() {
        set(mia, Map.of("password", PASSWORD, "password_expired", false));
    }

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenChangedThenANewSessionTakesThePlaceOfAllOthers() {
        String elsewhere = token(organization.signIn("mia", PASSWORD));
        String bySecret = mia.token();
        String key = TestClient.key(elsewhere);
        String here = token(organization.signIn("mia", PASSWORD));
        Response changed = change(here, Map.of());
        assertAnswer(changed, 200, """
                {"access_token": "<text>", "token_type": "Bearer", "expires_in": 3600,
                 "scope": "groups:read self:write users:read"}
                """);
        assertEquals("no-store", changed.header("Cache-Control"));
        for (String ended : List.of(elsewhere, bySecret, here)) {
            assertEquals(401, as(ended).get(ME).statusCode());
        }
        assertEquals(200, as(key).get(ME).statusCode());
        String token = token(changed);
        as(token)
                .get("/api/v1/users/me/sessions?status=active")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].current", equalTo(true))
                .body("items[0].client_name", equalTo("Sign-in"));
        change(token, Map.of("current_password", NEXT, "new_password", "nine staples for a horse"))
                .then()
                .statusCode(200);
    }

    @Test
    void whenKeysAreToBeRevokedThenThoseOfTheCallerEndToo() {
        TestClient bob = organization.add("bob", Role.MEMBER);
        String others = TestClient.key(bob.token());
        String token = token(organization.signIn("mia", PASSWORD));
        List<String> keys = List.of(TestClient.key(token), TestClient.key(token));
        String early = TestClient.key(token);
        assertEquals(200, mia.grant().statusCode());
        as(token).delete("/api/v1/api-keys/" + id(early)).then().statusCode(204);
        String changed = token(change(token, Map.of("revoke_keys", true)));
        for (String key : keys) {
            assertEquals(401, as(key).get(ME).statusCode());
        }
        assertEquals(200, as(others).get(ME).statusCode());
        assertEquals(401, mia.grant().statusCode());
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'secret.revoked'"
                                + " AND target_id = ? AND details ->> 'reason' = 'password_changed'",
                        organization.id(),
                        mia.userId()));
        as(changed).get("/api/v1/api-keys").then().statusCode(200).body("items", equalTo(List.of()));
        assertEquals(
                2L,
                Database.value(
                        "SELECT count(DISTINCT details ->> 'key_id') FROM audit_events WHERE organization_id = ?"
                                + " AND type = 'api_key.revoked' AND details ->> 'reason' = 'password_changed'"
                                + " AND target_id = ? AND actor_id = target_id",
                        organization.id(),
                        mia.userId()));
    }

    @Test
    void whenAccountSignsInAtAnotherIssuerThenItHasNoPasswordHere() {
        TestClient eve = organization.add("eve", Role.MEMBER);
        Database.execute(
                "UPDATE users SET oauth_provider = 'https://issuer.example', oauth_id = 'eve' WHERE id = ?",
                eve.userId());
        change(eve.token(), Map.of()).then().statusCode(403).body("code", equalTo("federated_account"));
        as(organization.token(Role.ADMIN))
                .body(Map.of("password", PASSWORD))
                .contentType("application/json")
                .patch("/users/{id}", eve.userId())
                .then()
                .statusCode(403);
        assertNull(Database.value("SELECT password_hash FROM users WHERE id = ?", eve.userId()));
        assertEquals(200, as(eve.token()).get(ME).statusCode());
    }

    @Test
    void whenRefusedThenNothingEnds() {
        String token = token(organization.signIn("mia", PASSWORD));
        String key = TestClient.key(token);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("revoke_keys", true, "current_password", "not this one"),
                Map.of("revoke_keys", true, "new_password", "short"),
                Map.of("revoke_keys", "perhaps"))) {
            assertEquals(4, change(token, wrong).statusCode() / 100);
        }
        assertEquals(200, as(token).get(ME).statusCode());
        assertEquals(200, as(key).get(ME).statusCode());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whenExpiredThenChangedAndAllRightsAreBack(Role role) {
        TestClient account = organization.add("anew", role);
        set(account, Map.of("password", PASSWORD));
        Response expired = organization.signIn("anew", PASSWORD);
        expired.then().body("expires_in", equalTo(600));
        String token = token(expired);
        assertAnswer(as(token).get(ME), 403, """
                {"type": "urn:roster:problem:password_expired", "title": "The password has expired and is to be changed first", "status": 403,
                 "detail": "The password has expired and is to be changed first.", "code": "password_expired",
                 "request_id": "<text>"}
                """);
        Response changed = change(token, Map.of());
        changed.then()
                .statusCode(200)
                .body("expires_in", equalTo(3600))
                .body("scope", equalTo(String.join(" ", new java.util.TreeSet<>(role.scopes()))));
        assertEquals(401, as(token).get(ME).statusCode());
        assertEquals(200, as(token(changed)).get(ME).statusCode());
        assertEquals(200, as(token(organization.signIn("anew", NEXT))).get(ME).statusCode());
    }

    @Test
    void whenExpiredThenTheOldPasswordIsAskedForAndATokenLastsTenMinutes() {
        set(mia, Map.of("password_expired", true));
        String token = token(organization.signIn("mia", PASSWORD));
        Map<String, Object> without = new HashMap<>();
        without.put("current_password", null);
        change(token, without).then().statusCode(403).body("code", equalTo("current_password_required"));
        assertNull(Database.value(
                "SELECT max(id::text) FROM sessions WHERE user_id = ? AND ended_at IS NULL"
                        + " AND expires_at > now() + interval '11 minutes'",
                mia.userId()));
        clock.advance(Duration.ofMinutes(12));
        change(token, Map.of()).then().statusCode(401);
    }

    @Test
    void whenExpiredThenTheSignInIsRecordedAsSuch() {
        set(mia, Map.of("password_expired", true));
        token(organization.signIn("mia", PASSWORD));
        assertEquals(
                "true",
                Database.value(
                        "SELECT details ->> 'password_expired' FROM audit_events WHERE organization_id = ?"
                                + " AND type = 'sign_in.succeeded' AND target_id = ?",
                        organization.id(),
                        mia.userId()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password:change", "self:write password:change"})
    void whenAskedForThenTheScopeIsGivenToNobody(String scope) {
        given().formParam("organization", organization.name())
                .formParam("username", "mia")
                .formParam("password", PASSWORD)
                .formParam("scope", scope)
                .post("/auth/login")
                .then()
                .statusCode(400);
        mia.authenticated()
                .formParam("grant_type", "client_credentials")
                .formParam("scope", scope)
                .post("/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
        as(mia.token())
                .body(Map.of("name", "k", "scopes", List.of(scope.split(" ", -1))))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(400);
    }

    private void set(TestClient account, Map<String, ?> change) {
        as(organization.token(Role.ADMIN))
                .body(change)
                .patch("/users/" + account.userId())
                .then()
                .statusCode(200);
    }

    private static Response change(String token, Map<String, ?> body) {
        Map<String, Object> whole = new HashMap<>(Map.of("current_password", PASSWORD, "new_password", NEXT));
        whole.putAll(body);
        return as(token).body(whole).put(PATH);
    }

    private static String id(String key) {
        return as(key).get("/api/v1/api-keys").then().statusCode(200).extract().path("items[0].id");
    }

    private static String token(Response answer) {
        return answer.then().statusCode(200).extract().path("access_token");
    }
}
