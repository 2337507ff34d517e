package dev.roster.access.password;

import static dev.roster.testing.Bearer.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.ThreadTime;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Persons who sign in with their password. */
@QuarkusTest
class SignInTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String SESSIONS = "/api/v1/users/me/sessions";
    private static final String REFUSED = "{\"detail\": \"The username or the password is wrong.\"}";

    private final TestOrganization organization = TestOrganization.create();
    private final String name = "ada-" + UUID.randomUUID();
    private final String email = name + "@example.com";
    private final UUID id = TestRows.person(organization, name, Role.MEMBER);

    @BeforeEach
    void givePassword() {
        change(id, Map.of("password", PASSWORD, "email", email));
    }

    @Test
    void whenPasswordIsRightThenToken() {
        Response answer = signIn(name, PASSWORD);
        assertAnswer(
                answer,
                200,
                "{\"access_token\": \"<text>\", \"token_type\": \"bearer\", \"expires_in\": 3600, "
                        + "\"device_id\": null, \"device_metadata\": null}");
        assertEquals("no-store", answer.header("Cache-Control"));
        as(token(answer))
                .get("/users/me")
                .then()
                .statusCode(200)
                .body("id", org.hamcrest.Matchers.equalTo(id.toString()));
    }

    @Test
    void whenNamedInAnyWayThenToken() {
        for (String typed : List.of(email, name.toUpperCase(java.util.Locale.ROOT), "A" + email.substring(1))) {
            signIn(typed, PASSWORD).then().statusCode(200);
        }
        form(name, PASSWORD)
                .formParam("grant_type", "password")
                .post("/auth/login")
                .then()
                .statusCode(200);
    }

    @Test
    void whenRefusedThenAlwaysTheSame() {
        UUID without = TestRows.person(organization, "without", Role.MEMBER);
        for (Response refused : List.of(
                signIn(name, "wrong password"),
                signIn("nobody", PASSWORD),
                signIn("without", PASSWORD),
                signIn("nobody\u0000", PASSWORD),
                given().formParam("username", name)
                        .formParam("password", PASSWORD)
                        .formParam("organization", "no-such")
                        .post("/auth/login"))) {
            assertAnswer(refused, 401, REFUSED);
            assertEquals("Bearer realm=\"roster\"", refused.header("WWW-Authenticate"));
        }
        change(without, Map.of("password", PASSWORD));
        signIn("without", PASSWORD).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'pending_sign_up'",
                "status = 'deactivated'",
                "kind = 'service'",
                "oauth_provider = 'https://issuer.example', oauth_id = 'x'"
            })
    void whenAccountMayNotSignInThenAsIfThePasswordWereWrong(String state) {
        Database.execute("UPDATE users SET " + state + " WHERE id = ?", id);
        assertAnswer(signIn(name, PASSWORD), 401, REFUSED);
    }

    @Test
    void whenPasswordHasExpiredThenItsTokenIsGoodForAChangeOnly() {
        String before = token(signIn(name, PASSWORD));
        change(id, Map.of("password_expired", true));
        assertEquals(401, as(before).get("/users/me").statusCode());
        assertAnswer(signIn(name, "wrong password"), 401, REFUSED);
        Response expired = signIn(name, PASSWORD);
        assertAnswer(
                expired,
                200,
                "{\"access_token\": \"<text>\", \"token_type\": \"bearer\", \"expires_in\": 600, "
                        + "\"device_id\": null, \"device_metadata\": null}");
        assertAnswer(as(token(expired)).get("/users/me"), 403, """
                {"detail": ["IllegalOperationError", "The password has expired and is to be changed first."]}
                """);
        change(id, Map.of("password", "another good one", "password_expired", false));
        signIn(name, "another good one").then().statusCode(200);
    }

    @Test
    void whenPasswordIsChangedThenTheFormerOneAndItsSessionsEnd() {
        String token = token(signIn(name, PASSWORD));
        change(id, Map.of("password", "another good one"));
        assertEquals(401, as(token).get("/users/me").statusCode());
        assertAnswer(signIn(name, PASSWORD), 401, REFUSED);
    }

    @Test
    void whenTwoSignInWithTheSameUserAgentThenEachHasASessionOfItsOwn() {
        String thief = token(signIn(name, PASSWORD));
        String owner = token(signIn(name, PASSWORD));
        assertEquals(2L, count("sessions"));
        assertEquals(1L, count("clients"));
        Response sessions = as(owner).get(SESSIONS);
        assertEquals(List.of("Sign-in", "Sign-in"), sessions.path("items.client_name"));
        assertEquals(List.of("127.0.0.1", "127.0.0.1"), sessions.path("items.ip_address"));
        assertEquals(List.of(true, false), sessions.path("items.current"));
        as(owner).delete(SESSIONS + "?except=current").then().statusCode(204);
        assertEquals(401, as(thief).get("/users/me").statusCode());
        assertEquals(200, as(owner).get("/users/me").statusCode());
    }

    @Test
    void whenPersonChangesThePasswordThenTheSessionItWasMadeInEndsToo() {
        String other = token(signIn(name, PASSWORD));
        String here = token(signIn(name, PASSWORD));
        as(here).body(Map.of("password", "another good one", "current_password", PASSWORD))
                .patch("/users/{id}", id)
                .then()
                .statusCode(200);
        for (String token : List.of(here, other)) {
            assertEquals(401, as(token).get("/users/me").statusCode());
        }
        signIn(name, "another good one").then().statusCode(200);
    }

    @Test
    void whenPersonHasSignedInManyTimesThenTheOldestEnds() {
        String oldest = token(signIn(name, PASSWORD));
        openBefore("2 hours", 99);
        Database.execute(
                "UPDATE sessions SET created_at = now() - interval '3 hours',"
                        + " last_seen_at = now() - interval '3 hours' WHERE user_id = ? AND device = CAST(id AS text)",
                id);
        signIn(name, PASSWORD).then().statusCode(200);
        assertEquals(100L, open());
        assertEquals(401, as(oldest).get("/users/me").statusCode());
    }

    @Test
    void whenAllSignInsAreOfThisMinuteThenTheNextWaits() {
        token(signIn(name, PASSWORD));
        openBefore("0 hours", 99);
        Response refused = signIn(name, PASSWORD);
        assertEquals(429, refused.statusCode());
        assertEquals("60", refused.header("Retry-After"));
        assertEquals(100L, open());
    }

    private void openBefore(String time, int number) {
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at,"
                        + " expires_at, token_expires_at) SELECT organization_id, gen_random_uuid(), user_id, id,"
                        + " 'before ' || number, now() - CAST(? AS interval), now() - CAST(? AS interval),"
                        + " now() + interval '1 day', now() FROM clients, generate_series(1, ?) number"
                        + " WHERE user_id = ?",
                time,
                time,
                number,
                id);
    }

    private Object open() {
        return Database.value("SELECT count(*) FROM sessions WHERE user_id = ? AND ended_at IS NULL", id);
    }

    @Test
    void whenFirstSignInsComeAtOnceThenAllSucceed() {
        assertEquals(Collections.nCopies(8, 200), AtOnce.each(8, i -> signIn(name, PASSWORD)
                .statusCode()));
        assertEquals(1L, count("clients"));
    }

    @Test
    void whenNoOrganizationIsNamedThenTheDefaultOne() {
        given().formParam("username", name)
                .formParam("password", PASSWORD)
                .post("/auth/login")
                .then()
                .statusCode(401);
        String other = "bob-" + UUID.randomUUID();
        Database.execute(
                "INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status,"
                        + " password_hash, search_text, created_at, updated_at, version)"
                        + " SELECT o.id, gen_random_uuid(), 'person', ?, ?, 'Bob', 'viewer', 'active',"
                        + " u.password_hash, '', now(), now(), 0 FROM organizations o, users u"
                        + " WHERE o.name = 'default' AND u.id = ?",
                other,
                other,
                id);
        given().formParam("username", other)
                .formParam("password", PASSWORD)
                .post("/auth/login")
                .then()
                .statusCode(200);
    }

    @Test
    void whenAnOldUsernameIsAnothersAddressThenItsOwnerSignsIn() {
        UUID shadow = TestRows.person(organization, email, Role.MEMBER);
        change(shadow, Map.of("password", "shadow of another"));
        assertAnswer(signIn(email, PASSWORD), 401, REFUSED);
        assertEquals(
                shadow.toString(),
                as(token(signIn(email, "shadow of another"))).get("/users/me").path("id"));
        signIn(name, PASSWORD).then().statusCode(200);
    }

    @Test
    void whenScopeIsAskedForThenTokenIsNarrow() {
        String token =
                token(form(name, PASSWORD).formParam("scope", "groups:read").post("/auth/login"));
        as(token).get("/api/v1/groups").then().statusCode(200);
        as(token).get("/users").then().statusCode(403);
        form(name, PASSWORD)
                .formParam("scope", "users:write")
                .post("/auth/login")
                .then()
                .statusCode(400);
    }

    @Test
    void whenSomethingIsMissingThen400() {
        assertAnswer(
                given().formParam("username", name).post("/auth/login"),
                400,
                "{\"detail\": [\"ValueError\", \"password is missing.\"]}");
        assertAnswer(
                given().formParam("grant_type", "password")
                        .formParam("password", PASSWORD)
                        .post("/auth/login"),
                400,
                "{\"detail\": [\"ValueError\", \"username is missing.\"]}");
    }

    /** By what it computes, whatever else the machine does meanwhile: nothing else takes part of the time that a hash does. */
    @Test
    void whenAccountIsUnknownThenAsMuchIsHashed() {
        signIn(name, "warming up");
        long known = 0;
        long unknown = 0;
        for (int i = 0; i < 5; i++) {
            known += hashing(name);
            unknown += hashing("nobody");
        }
        String found = unknown + " ns, and " + known + " ns where there is one";
        assertTrue(known > 0 && unknown < 2 * known && known < 2 * unknown, found);
    }

    /** The nanoseconds that the threads for passwords compute for a sign-in that is refused. */
    private long hashing(String typed) {
        long before = ThreadTime.of("passwords");
        assertAnswer(signIn(typed, "wrong password"), 401, REFUSED);
        return ThreadTime.of("passwords") - before;
    }

    private Response signIn(String typed, String password) {
        return form(typed, password).post("/auth/login");
    }

    private RequestSpecification form(String typed, String password) {
        return given().formParam("username", typed)
                .formParam("password", password)
                .formParam("organization", organization.name());
    }

    private Object count(String table) {
        return Database.value("SELECT count(*) FROM " + table + " WHERE user_id = ?", id);
    }

    private void change(UUID user, Map<String, ?> change) {
        Map<String, Object> kept = new HashMap<>(Map.of("password_expired", false));
        kept.putAll(change);
        as(organization.token(Role.ADMIN))
                .body(kept)
                .patch("/users/{id}", user)
                .then()
                .statusCode(200);
    }

    private static String token(Response answer) {
        return answer.then().statusCode(200).extract().path("access_token");
    }
}
