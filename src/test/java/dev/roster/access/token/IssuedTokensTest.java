package dev.roster.access.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Introspection and revocation of tokens, seen by clients. */
@QuarkusTest
class IssuedTokensTest {
    private static final String INTROSPECT = "/oauth2/introspect";
    private static final String REVOKE = "/oauth2/revoke";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);
    private final TestClient viewer = organization.client(Role.VIEWER);

    @Test
    void whenTokenOfTheOrganizationThenDescribed() {
        String token = admin.token("users:write", "users:read");
        JsonPath described = post(viewer, INTROSPECT, token)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("Content-Type", startsWith("application/json"))
                .body("active", equalTo(true))
                .body("scope", equalTo("users:read users:write"))
                .body("client_id", equalTo(admin.clientId()))
                .body("username", equalTo("admin"))
                .body("token_type", equalTo("Bearer"))
                .body("sub", equalTo(admin.userId().toString()))
                .body("aud", contains("roster"))
                .body("iss", equalTo("http://localhost:8080"))
                .body("org", equalTo(organization.id().toString()))
                .body("org_name", equalTo(organization.name()))
                .body("groups", contains("admin"))
                .body("jti", notNullValue())
                .body("sid", notNullValue())
                .extract()
                .jsonPath();
        assertEquals(3600, described.getLong("exp") - described.getLong("iat"));
    }

    @Test
    void whenTokenOfAnotherOrganizationThenInactive() {
        TestClient stranger = TestOrganization.create().client(Role.ADMIN);
        inactive(post(stranger, INTROSPECT, admin.token()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "null", " "})
    void whenNotATokenThenInactive(String token) {
        inactive(post(viewer, INTROSPECT, token));
        revoked(post(viewer, REVOKE, token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "====", "!", "!!!!", "."})
    void whenATokenIsSpelledOtherwiseThenItIsNone(String suffix) {
        String token = admin.token();
        inactive(post(viewer, INTROSPECT, token + suffix));
        revoked(post(admin, REVOKE, token + suffix));
        active(post(viewer, INTROSPECT, token));
    }

    @Test
    void whenExpiredThenInactiveEvenWithinTheSkew() {
        long now = System.currentTimeMillis() / 1_000;
        String expired = new ForgedToken(Role.ADMIN)
                .claim("org", organization.id().toString())
                .claim("iat", now - 600)
                .claim("exp", now - 5)
                .sign();
        inactive(post(viewer, INTROSPECT, expired));
    }

    @Test
    void whenSessionDoesNotExistThenInactive() {
        String forged = new ForgedToken(Role.ADMIN)
                .claim("org", organization.id().toString())
                .sign();
        inactive(post(viewer, INTROSPECT, forged));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE sessions SET ended_at = now() WHERE user_id = ?",
                "UPDATE clients SET revoked_at = now() WHERE user_id = ?",
                "UPDATE users SET status = 'deactivated' WHERE id = ?"
            })
    void whenAccessIsEndedThenInactive(String change) {
        String token = admin.token();
        active(post(viewer, INTROSPECT, token));
        Database.execute(change, admin.userId());
        inactive(post(viewer, INTROSPECT, token));
    }

    // As at the API: the end of an overlap is not known when a token is given out
    @Test
    void whenSecretIsReplacedThenItsTokensGoOnUntilTheirEnd() {
        String token = admin.token();
        Database.execute(
                "UPDATE clients SET expires_at = now() - interval '1 second' WHERE user_id = ?", admin.userId());
        active(post(viewer, INTROSPECT, token));
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/users/me")
                .then()
                .statusCode(200);
    }

    @Test
    void whenOwnTokenIsRevokedThenSessionEnds() {
        String token = viewer.token();
        String other = organization.token(Role.MEMBER);
        revoked(post(viewer, REVOKE, token));
        inactive(post(viewer, INTROSPECT, token));
        active(post(viewer, INTROSPECT, other));
        assertEquals(0L, openSessions(viewer));
        revoked(post(viewer, REVOKE, token));
    }

    @Test
    void whenRevokedThenNextGrantOpensAnotherSession() {
        revoked(post(viewer, REVOKE, viewer.token()));
        active(post(viewer, INTROSPECT, viewer.token()));
        assertEquals(1L, openSessions(viewer));
    }

    @Test
    void whenAdminThenRevokesTokensOfTheOrganization() {
        String token = viewer.token();
        revoked(post(admin, REVOKE, token));
        inactive(post(admin, INTROSPECT, token));
    }

    @Test
    void whenTokenOfAnotherAccountThenRefused() {
        String token = admin.token();
        refused(post(viewer, REVOKE, token), 400, "unauthorized_client");
        active(post(viewer, INTROSPECT, token));
    }

    @Test
    void whenTokenOfAnotherOrganizationThenNotRevokedNorTold() {
        TestClient stranger = TestOrganization.create().client(Role.ADMIN);
        String token = admin.token();
        revoked(post(stranger, REVOKE, token));
        active(post(viewer, INTROSPECT, token));
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void whenClientIsWrongThenRefused(String path) {
        String token = admin.token();
        refused(post(viewer.clientId(), "wrong", path, token), 401, "invalid_client")
                .header("WWW-Authenticate", "Basic realm=\"roster\"");
        given().formParam("token", token).post(path).then().statusCode(401).body("error", equalTo("invalid_client"));
        given().header("Authorization", "Bearer " + token)
                .formParam("token", token)
                .post(path)
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void whenRequestIsMalformedThenRefused(String path) {
        refused(
                viewer.authenticated()
                        .formParam("token_type_hint", "access_token")
                        .post(path),
                400,
                "invalid_request");
        refused(viewer.authenticated().formParam("token", "a", "b").post(path), 400, "invalid_request");
        refused(
                viewer.authenticated()
                        .contentType("application/json")
                        .body("{\"token\":\"a\"}")
                        .post(path),
                400,
                "invalid_request");
        given().get(path).then().statusCode(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void whenSecretIsGuessedThenPutOff(String path) {
        String clientId = "guess-" + UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            post(clientId, "wrong " + i, path, "x").then().statusCode(401);
        }
        refused(post(clientId, "wrong again", path, "x"), 429, "slow_down").header("Retry-After", notNullValue());
    }

    private static Response post(TestClient client, String path, String token) {
        return post(client.clientId(), client.secret(), path, token);
    }

    private static Response post(String clientId, String secret, String path, String token) {
        return TestClient.authenticated(clientId, secret)
                .formParam("token", token)
                .formParam("token_type_hint", "refresh_token")
                .post(path);
    }

    private static void active(Response response) {
        response.then().statusCode(200).body("active", equalTo(true));
    }

    private static void inactive(Response response) {
        response.then().statusCode(200).body("", aMapWithSize(1)).body("active", equalTo(false));
    }

    private static void revoked(Response response) {
        response.then().statusCode(200).header("Cache-Control", "no-store").body(emptyString());
    }

    private static ValidatableResponse refused(Response response, int status, String error) {
        return response.then().statusCode(status).body("error", equalTo(error));
    }

    private static Object openSessions(TestClient client) {
        return Database.value("SELECT count(*) FROM sessions WHERE user_id = ? AND ended_at IS NULL", client.userId());
    }
}
