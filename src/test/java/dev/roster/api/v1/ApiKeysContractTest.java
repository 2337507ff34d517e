package dev.roster.api.v1;

import static dev.roster.api.v1.V1.API_KEYS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys: made, listed, found and revoked. */
@QuarkusTest
@Tag("packaged")
class ApiKeysContractTest {
    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);
    private final V1 member = V1.of(organization.client(Role.MEMBER));

    @Test
    void whenMadeThenShownOnceAndOpensTheApi() {
        Response made = member.post(API_KEYS, "{'name': 'laptop'}");
        assertEquals(201, made.statusCode(), made.asString());
        assertEquals("no-store", made.header("Cache-Control"));
        assertBody(made, key("laptop", "'groups:read', 'self:write', 'users:read'", "'key': '<text>',"));
        String key = made.path("key");
        assertTrue(key.startsWith(made.path("prefix")));
        new V1(key).get(USERS + "/me").then().statusCode(200).body("name", equalTo("member"));
        Duration life =
                Duration.between(Instant.parse(made.path("created_at")), Instant.parse(made.path("expires_at")));
        assertEquals(365, life.plusSeconds(60).toDays());
        assertBody(
                member.get(API_KEYS + "/" + made.path("id")),
                key("laptop", "'groups:read', 'self:write', 'users:read'", ""));
    }

    @Test
    void whenAllFieldsThenThoseScopesAndThatEnd() {
        Instant end = in(Duration.ofDays(30));
        Response made = member.post(
                API_KEYS,
                "{'name': 'ci', 'owner': 'Member', 'scopes': ['users:read', 'users:read'],"
                        + " 'expires_at': '"
                        + end
                        + "'}");
        assertEquals(201, made.statusCode(), made.asString());
        assertBody(made, key("ci", "'users:read'", "'key': '<text>',"));
        assertEquals(end.toString(), made.path("expires_at"));
        V1 key = new V1(made.path("key"));
        key.get(USERS).then().statusCode(200);
        key.get("/api/v1/groups").then().statusCode(403);
        key.get(API_KEYS).then().statusCode(403);
    }

    @Test
    void whenTheSecretOfTheTokenHasEndedThenNoKeyIsMade() {
        member.get(API_KEYS).then().statusCode(200);
        Database.execute(
                "UPDATE clients SET expires_at = now() - interval '1 second' WHERE id = ?",
                organization.client(Role.MEMBER).id());
        assertProblem(
                member.post(API_KEYS, "{'name': 'k'}"), 401, "invalid_token", "A valid access token is required.");
        member.get(API_KEYS).then().body("items", hasSize(0));
    }

    @Test
    void whenTwoKeysThenTheirPrefixesDifferAndOneGoesOn() {
        Response first = made(member, "{'name': 'first'}");
        Response second = made(member, "{'name': 'second'}");
        assertNotEquals(first.<String>path("prefix"), second.<String>path("prefix"));
        member.delete(API_KEYS + "/" + first.path("id")).then().statusCode(204);
        new V1(first.path("key")).get(USERS + "/me").then().statusCode(401);
        new V1(second.path("key")).get(USERS + "/me").then().statusCode(200);
        member.get(API_KEYS).then().statusCode(200).body("items.name", contains("second"));
        String path = API_KEYS + "/" + first.path("id");
        assertProblem(member.get(path), 404, "api_key_not_found", "API key not found.");
        assertProblem(member.delete(path), 404, "api_key_not_found", "API key not found.");
    }

    @Test
    void whenListedThenNewestFirstInParts() {
        for (String name : List.of("one", "two", "three")) {
            made(member, "{'name': '" + name + "'}");
        }
        made(admin, "{'name': 'other'}");
        member.get(API_KEYS).then().body("items.name", contains("three", "two", "one"));
        Response part = member.get(API_KEYS + "?limit=2");
        part.then().statusCode(200).body("items.name", contains("three", "two"));
        String cursor = part.path("next_cursor");
        member.get(API_KEYS + "?limit=2&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items.name", contains("one"))
                .body("next_cursor", nullValue());
        admin.get(API_KEYS + "?limit=2&cursor=" + cursor).then().statusCode(400);
        admin.get(API_KEYS + "?owner=member").then().body("items", hasSize(3));
        admin.get(API_KEYS + "?all=true").then().body("items.name", contains("other", "three", "two", "one"));
        admin.get(API_KEYS + "?all=false").then().body("items.name", contains("other"));
        assertInvalid(admin.get(API_KEYS + "?all=true&owner=member"), "all", "must not come with owner");
        assertInvalid(admin.get(API_KEYS + "?all=yes"), "all", "must be one of true, false");
    }

    @Test
    void whenListedWithAKeyThenItIsFlagged() {
        made(member, "{'name': 'other'}");
        String key = made(member, "{'name': 'used'}").path("key");
        new V1(key).get(API_KEYS).then().statusCode(200).body("items.current", contains(true, false));
    }

    @Test
    void whenAdministratorThenKeysForUsersAndServiceAccounts() {
        admin.createServiceAccount("robot");
        Response robot = made(admin, "{'name': 'nightly', 'owner': 'robot'}");
        robot.then().body("owner", equalTo("robot")).body("created_by", equalTo("admin"));
        new V1(robot.path("key")).get(USERS + "/me").then().body("name", equalTo("robot"));
        member.get(USERS);
        Response other = made(admin, "{'name': 'hers', 'owner': 'member'}");
        other.then().body("scopes", contains("groups:read", "self:write", "users:read"));
        member.get(API_KEYS).then().body("items.created_by", contains("admin"));
        admin.delete(API_KEYS + "/" + other.path("id")).then().statusCode(204);
        new V1(other.path("key")).get(USERS + "/me").then().statusCode(401);
        // A service account looks after its own keys, too
        V1 own = new V1(robot.path("key"));
        String second = made(own, "{'name': 'second'}").path("key");
        own.delete(API_KEYS + "/" + robot.path("id")).then().statusCode(204);
        new V1(second).get(USERS + "/me").then().statusCode(200);
        admin.delete(SERVICE_ACCOUNTS + "/robot").then().statusCode(204);
        new V1(second).get(USERS + "/me").then().statusCode(401);
    }

    @Test
    void whenNotAdministratorThenOwnKeysOnly() {
        Response other = made(admin, "{'name': 'other'}");
        String path = API_KEYS + "/" + other.path("id");
        member.get(path).then().statusCode(404);
        member.delete(path).then().statusCode(404);
        member.get(API_KEYS + "?owner=admin").then().statusCode(403);
        member.get(API_KEYS + "?owner=nobody").then().statusCode(403);
        member.get(API_KEYS + "?all=true").then().statusCode(403);
        member.post(API_KEYS, "{'name': 'k', 'owner': 'admin'}").then().statusCode(403);
        member.post(API_KEYS, "{'name': 'k', 'owner': 'nobody'}").then().statusCode(403);
        new V1(other.path("key")).get(USERS + "/me").then().statusCode(200);
    }

    @Test
    void whenOfAnotherOrganizationThenNotFound() {
        Response made = made(member, "{'name': 'mine'}");
        V1 stranger = V1.admin(TestOrganization.create());
        String path = API_KEYS + "/" + made.path("id");
        assertProblem(stranger.get(path), 404, "api_key_not_found", "API key not found.");
        assertProblem(stranger.delete(path), 404, "api_key_not_found", "API key not found.");
        assertProblem(
                stranger.post(API_KEYS, "{'name': 'k', 'owner': 'member'}"), 404, "user_not_found", "User not found.");
        stranger.get(API_KEYS + "?owner=member").then().statusCode(404);
        stranger.get(API_KEYS + "?all=true").then().statusCode(200).body("items", hasSize(0));
        new V1(made.path("key")).get(USERS + "/me").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"member, users:write, forbidden", "member, system, forbidden", "admin, system, forbidden"})
    void whenScopeIsAboveTheRoleThenRefused(String role, String scope, String code) {
        V1 caller = new V1(organization.token(Role.of(role).orElseThrow()));
        caller.post(API_KEYS, "{'name': 'k', 'scopes': ['" + scope + "']}")
                .then()
                .statusCode(403)
                .body("code", equalTo(code));
    }

    @Test
    void whenScopeIsAboveTheTokenThenRefused() {
        V1 narrow = new V1(organization.token(Role.ADMIN, Scope.SELF_WRITE, Scope.USERS_READ));
        narrow.post(API_KEYS, "{'name': 'k', 'scopes': ['users:write']}")
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        made(narrow, "{'name': 'k'}").then().body("scopes", contains("self:write", "users:read"));
        V1 clients = new V1(organization.token(Role.ADMIN, Scope.CLIENTS_WRITE));
        // As wide as the account of another administrator would be
        organization.add("second", Role.ADMIN);
        clients.post(API_KEYS, "{'name': 'k', 'owner': 'second'}").then().statusCode(403);
        // Nothing that a member has is in this token
        member.get(USERS);
        clients.post(API_KEYS, "{'name': 'k', 'owner': 'member'}")
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "['users:rea']", "['']", "['users:read', 'x']"})
    void whenScopesAreUnknownThenRefused(String scopes) {
        assertInvalid(
                member.post(API_KEYS, "{'name': 'k', 'scopes': " + scopes + "}"),
                "scopes",
                "must name one or more of audit:read, clients:write, groups:read, groups:write, invites:write,"
                        + " self:write, sessions:write, system, users:read, users:write");
    }

    @Test
    void whenFieldsAreWrongThenNamed() {
        assertInvalid(member.post(API_KEYS, "{}"), "name", "is required");
        assertInvalid(
                member.post(API_KEYS, "{'name': ' '}"),
                "name",
                "must be 1 to 100 characters, not blank, without control or invisible characters");
        assertInvalid(
                member.post(API_KEYS, "{'name': 'k', 'expires_at': '2020-01-01T00:00:00Z'}"),
                "expires_at",
                "must be in the future");
        assertInvalid(
                member.post(API_KEYS, "{'name': 'k', 'expires_at': '" + in(Duration.ofDays(366)) + "'}"),
                "expires_at",
                "must be at most 365 days from now");
        assertInvalid(member.get(API_KEYS + "/1"), "id", "must be a UUID");
        member.post(API_KEYS, "{'name': 'k', 'scopes': [null]}").then().statusCode(400);
        admin.get(USERS);
        admin.patch(USERS + "/member", "{'status': 'deactivated'}");
        assertInvalid(admin.post(API_KEYS, "{'name': 'k', 'owner': 'member'}"), "owner", "must be an active account");
        admin.get(API_KEYS + "/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void whenRevokedTwiceAtOnceThenOnceOnly() {
        String token = member.token();
        for (int i = 0; i < 5; i++) {
            String path = API_KEYS + "/" + made(member, "{'name': 'k'}").path("id");
            HttpRequest revocation = Http.request(token, "DELETE", path, null);
            List<Integer> statuses = Http.statusesAtOnce(List.of(revocation, revocation));
            assertEquals(List.of(204, 404), statuses.stream().sorted().toList());
        }
    }

    @Test
    void whenSentAsUserKeyThenKubiyasContractAndBearerIsRosters() {
        String key = made(admin, "{'name': 'k'}").path("key");
        given().header("Authorization", "UserKey " + key)
                .get("/api/v1/users/current")
                .then()
                .statusCode(200)
                .body("name", equalTo("admin"))
                .body("role", equalTo("admin"))
                .body("uuid", not(nullValue()));
        given().header("Authorization", "UserKey " + key)
                .get(USERS)
                .then()
                .statusCode(200)
                .body("[0].role", equalTo("admin"));
        given().header("Authorization", "UserKey " + key)
                .get(API_KEYS)
                .then()
                .statusCode(200)
                .body("items.name", contains("k"));
        new V1(key).get(USERS).then().statusCode(200).body("items.name", contains("admin", "member"));
    }

    private Response made(V1 caller, String body) {
        Response answer = caller.post(API_KEYS, body);
        assertEquals(201, answer.statusCode(), answer.asString());
        return answer;
    }

    private static String key(String name, String scopes, String more) {
        return """
        {'id': '<uuid>', 'name': '%s', 'owner': 'member', 'created_by': 'member', 'current': false, %s
         'prefix': '<text>', 'scopes': [%s], 'created_at': '<time>', 'expires_at': '<time>'}""".formatted(name, more, scopes);
    }

    private static Instant in(Duration time) {
        // Far enough from the next day that the test may take some minutes
        return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.HOURS).plus(time);
    }
}
