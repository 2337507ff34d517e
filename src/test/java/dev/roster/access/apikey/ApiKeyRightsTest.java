package dev.roster.access.apikey;

import static dev.roster.testing.Bearer.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.access.session.LastSeen;
import dev.roster.access.session.TestSightings;
import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an API key may do while its account changes, and when it ends. */
@QuarkusTest
class ApiKeyRightsTest {
    private static final String KEYS = "/api/v1/api-keys";
    private static final String ME = "/api/v1/users/me";

    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @Inject
    LastSeen lastSeen;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenExpiredThenRefusedAndListedForAWhile() {
        TestClient member = organization.client(Role.MEMBER);
        String key = key(member.token(), "usual").path("key");
        accepted(key);
        clock.advance(Duration.ofDays(364));
        accepted(key);
        clock.advance(Duration.ofDays(2));
        refused(key);
        as(member.token()).get(KEYS).then().body("items.name", contains("usual"));
        introspected(key).body("active", equalTo(false));
    }

    @Test
    void whenMadeWithAKeyThenItDoesNotOutliveThat() {
        Instant end = clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        String token = organization.client(Role.MEMBER).token();
        String key = as(token)
                .body(Map.of("name", "short", "expires_at", end.toString()))
                .post(KEYS)
                .path("key");
        assertEquals(end.toString(), key(key, "by key").path("expires_at"));
        assertEquals(
                end.minusSeconds(60).toString(),
                as(key).body(Map.of(
                                "name", "x", "expires_at", end.minusSeconds(60).toString()))
                        .post(KEYS)
                        .path("expires_at"));
    }

    @Test
    void whenMadeWithASecretThatEndsThenItDoesNotOutliveThat() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        Instant end = clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        // As a rotation does, whose overlap has begun behind the back of the token
        Database.execute(
                "UPDATE clients SET expires_at = ? WHERE id = ?",
                end.plusMillis(500).atOffset(ZoneOffset.UTC),
                member.id());
        assertEquals(end.toString(), key(token, "by secret").path("expires_at"));
        assertEquals(
                end.minusSeconds(60).toString(),
                as(token)
                        .body(Map.of(
                                "name", "x", "expires_at", end.minusSeconds(60).toString()))
                        .post(KEYS)
                        .path("expires_at"));
    }

    @Test
    void whenOwnerIsDemotedThenFewerRightsAndWhenPromotedMoreAtOnce() {
        TestClient owner = organization.add("owner", Role.ADMIN);
        String key = key(owner.token(), "k").path("key");
        createUser(key, "before").then().statusCode(201);
        patch("owner", Map.of("role", "member"));
        createUser(key, "while").then().statusCode(403);
        accepted(key);
        introspected(key)
                .body("active", equalTo(true))
                .body("groups", contains("member"))
                .body("scope", equalTo("groups:read self:write users:read"));
        patch("owner", Map.of("role", "admin"));
        createUser(key, "after").then().statusCode(201);
        introspected(key).body("groups", contains("admin"));
    }

    @Test
    void whenOwnerIsPromotedThenNoMoreThanTheScopesOfTheKey() {
        TestClient owner = organization.add("owner", Role.MEMBER);
        String key = key(owner.token(), "k").path("key");
        createUser(key, "before").then().statusCode(403);
        patch("owner", Map.of("role", "admin"));
        createUser(key, "after").then().statusCode(403);
        // The role counts where scopes are the same
        as(key).get(ME).then().statusCode(200).body("is_admin", equalTo(true));
        as(key).body(Map.of("name", "robot"))
                .post("/api/v1/service-accounts")
                .then()
                .statusCode(403);
    }

    @Test
    void whenOwnerIsDemotedToViewerThenItsOwnAccountStays() {
        TestClient owner = organization.add("owner", Role.MEMBER);
        String key = key(owner.token(), "k").path("key");
        rename(key).then().statusCode(200);
        patch("owner", Map.of("role", "viewer"));
        rename(key).then().statusCode(403);
        patch("owner", Map.of("role", "member"));
        rename(key).then().statusCode(200);
    }

    @Test
    void whenOwnerIsDeactivatedThenItsKeysEndForGood() {
        TestClient owner = organization.add("owner", Role.MEMBER);
        String used = key(owner.token(), "used").path("key");
        String unused = key(owner.token(), "unused").path("key");
        accepted(used);
        patch("owner", Map.of("status", "deactivated"));
        refused(used);
        patch("owner", Map.of("status", "active"));
        refused(used);
        refused(unused);
        as(owner.token()).get(KEYS).then().statusCode(200).body("items", empty());
        introspected(unused).body("active", equalTo(false));
    }

    @Test
    void whenOwnerIsRemovedThenItsKeysAreGone() {
        TestClient owner = organization.add("owner", Role.MEMBER);
        String used = key(owner.token(), "used").path("key");
        String unused = key(owner.token(), "unused").path("key");
        accepted(used);
        as(admin()).delete("/api/v1/users/owner").then().statusCode(204);
        refused(used);
        refused(unused);
        assertEquals(0L, Database.value("SELECT count(*) FROM api_keys WHERE user_id = ?", owner.userId()));
    }

    @Test
    void whenMakerIsRemovedThenTheKeyGoesOn() {
        organization.client(Role.MEMBER);
        String maker = organization.add("maker", Role.ADMIN).token();
        Response made = as(maker).body(Map.of("name", "k", "owner", "member")).post(KEYS);
        as(admin()).delete("/api/v1/users/maker").then().statusCode(204);
        accepted(made.path("key"));
        as(admin()).get(KEYS + "/" + made.path("id")).then().body("created_by", nullValue());
    }

    @Test
    void whenSignedOutEverywhereOrPasswordChangedThenKeysGoOn() {
        TestClient owner = organization.client(Role.MEMBER);
        String token = owner.token();
        String key = key(token, "k").path("key");
        as(token).get(ME + "/sessions").then().body("items", hasSize(1));
        as(token).delete(ME + "/sessions").then().statusCode(204);
        refused(token);
        accepted(key);
        as(admin())
                .body(Map.of("password", "correct horse battery staple"))
                .patch("/users/" + owner.userId())
                .then()
                .statusCode(200);
        accepted(key);
        as(admin()).delete("/api/v1/users/member/sessions").then().statusCode(204);
        accepted(key);
    }

    @Test
    void whenKeyThenNoSession() {
        TestClient owner = organization.client(Role.MEMBER);
        String token = owner.token();
        Response made = key(token, "k");
        String path = ME + "/sessions/" + made.path("id");
        as(token).delete(path).then().statusCode(404);
        as(made.path("key")).get(ME + "/sessions").then().statusCode(200).body("items", hasSize(1));
        accepted(made.path("key"));
    }

    @Test
    void whenCalledThenLastUse() {
        Response made = key(organization.token(Role.MEMBER), "k");
        String path = KEYS + "/" + made.path("id");
        as(admin()).get(path).then().statusCode(200).body("last_used_at", nullValue());
        accepted(made.path("key"));
        clock.advance(Duration.ofMinutes(5));
        accepted(made.path("key"));
        TestSightings.write(lastSeen);
        // The service may just be writing it by itself
        Eventually.holds(() -> as(admin()).get(path).path("last_used_at") != null);
    }

    @Test
    void whenRevokedLongBeforeThisReplicaStartedThenRefused() {
        Response made = key(organization.token(Role.MEMBER), "k");
        // Nothing is announced, as nothing would be left of an announcement after days
        endBehindTheBack(made);
        refused(made.path("key"));
        refused(made.path("key"));
    }

    @Test
    void whenSeenBeforeThenNotReadAgainWithinTheHour() {
        Response made = key(organization.token(Role.MEMBER), "k");
        accepted(made.path("key"));
        endBehindTheBack(made);
        accepted(made.path("key"));
        clock.advance(Duration.ofMinutes(59));
        accepted(made.path("key"));
        clock.advance(Duration.ofMinutes(2));
        refused(made.path("key"));
        refused(made.path("key"));
    }

    @Test
    void whenAccountWasChangedBehindTheBackThenSeenWithinTheHour() {
        TestClient owner = organization.add("owner", Role.ADMIN);
        String key = key(owner.token(), "k").path("key");
        accepted(key);
        Database.execute("UPDATE users SET role = 'viewer' WHERE id = ?", owner.userId());
        clock.advance(Duration.ofMinutes(61));
        createUser(key, "late").then().statusCode(403);
        accepted(key);
    }

    @Test
    void whenRevokedAsATokenThenTheKeyIsRevoked() {
        TestClient owner = organization.client(Role.MEMBER);
        Response made = key(owner.token(), "k");
        accepted(made.path("key"));
        introspected(made.path("key"))
                .body("active", equalTo(true))
                .body("sid", equalTo(made.path("id")))
                .body("username", equalTo("member"));
        owner.authenticated()
                .formParam("token", made.<String>path("key"))
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        refused(made.path("key"));
        as(owner.token()).get(KEYS).then().body("items", empty());
    }

    @Test
    void whenSecretIsRotatedThenKeysOfTheServiceAccountGoOn() {
        Map<String, String> robot = Map.of("name", "robot");
        as(admin()).body(robot).post("/api/v1/service-accounts").then().statusCode(201);
        String key = as(admin())
                .body(Map.of("name", "k", "owner", "robot"))
                .post(KEYS)
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        accepted(key);
        as(admin())
                .body(Map.of())
                .post("/api/v1/service-accounts/robot/token")
                .then()
                .statusCode(200);
        accepted(key);
    }

    @Test
    void whenInviteIsAcceptedThenAKeyGivesLastingAccess() {
        String email = "ada-" + UUID.randomUUID() + "@example.org";
        String link = as(admin())
                .body(Map.of("email", email, "role", "viewer"))
                .post("/api/v1/invites")
                .then()
                .statusCode(201)
                .extract()
                .path("invite_link");
        String signedIn = as(link.replaceFirst(".*#token=", ""))
                .body(Map.of("name", "Ada", "password", "correct horse battery staple"))
                .post("/api/v1/invites/accept")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        String key = key(signedIn, "hers").path("key");
        clock.advance(Duration.ofHours(2));
        refused(signedIn);
        as(key).get(ME).then().statusCode(200).body("profile.email_address", equalTo(email));
        String next = key(key, "the next").path("key");
        as(next).get(KEYS).then().body("items.name", hasItem("hers"));
    }

    @Test
    void whenVeryManyKeysThenNoMore() {
        TestClient owner = organization.client(Role.MEMBER);
        String token = owner.token();
        String id = key(token, "first").path("id");
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, device, created_at, last_seen_at, expires_at)"
                        + " SELECT organization_id, gen_random_uuid(), user_id, 'api key', now(), now(),"
                        + " now() + interval '1 day' FROM sessions, generate_series(1, 99) WHERE id = ?",
                UUID.fromString(id));
        as(token)
                .body(Map.of("name", "one more"))
                .post(KEYS)
                .then()
                .statusCode(409)
                .body("detail", equalTo("The account has 100 keys already."));
        as(token).delete(KEYS + "/" + id).then().statusCode(204);
        key(token, "instead");
    }

    @Test
    void whenMadeAndRevokedInALoopThenPutOffAfterAHundred() {
        String token = organization.client(Role.MEMBER).token();
        clock.stop();
        for (int i = 0; i < 100; i++) {
            String id = key(token, "job").path("id");
            as(token).delete(KEYS + "/" + id).then().statusCode(204);
        }
        as(token)
                .body(Map.of("name", "one more"))
                .post(KEYS)
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("1"))
                .body("code", equalTo("rate_limited"));
        key(organization.add("other", Role.MEMBER).token(), "of another");
        clock.advance(Duration.ofMinutes(1));
        key(token, "later");
    }

    @Test
    void whenRevokedThenRememberedForTwoHours() {
        TestClient owner = organization.client(Role.MEMBER);
        String token = owner.token();
        Response first = key(token, "first");
        as(token).delete(KEYS + "/" + first.path("id")).then().statusCode(204);
        Response second = key(token, "second");
        owner.authenticated()
                .formParam("token", second.<String>path("key"))
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        for (Response made : List.of(first, second)) {
            assertEquals(
                    true,
                    Database.value(
                            "SELECT expires_at - revoked_at = interval '2 hours 5 minutes' FROM revocations"
                                    + " WHERE organization_id = ? AND subject = ?",
                            organization.id(),
                            made.path("id")));
        }
    }

    /** Whoever comes second finds none, and only when the key is none here either. */
    @Test
    void whenAKeyIsEndedTwiceAtOnceThenItIsNoGoodBehindEitherAnswer() throws Exception {
        String token = organization.client(Role.MEMBER).token();
        for (int round = 0; round < 5; round++) {
            Response made = key(token, "key " + round);
            String id = made.path("id");
            String key = made.path("key");
            accepted(key);
            CompletableFuture<List<Integer>> ended;
            try (TableLock lock = TableLock.ofRow("sessions", UUID.fromString(id))) {
                ended = CompletableFuture.supplyAsync(() -> AtOnce.all(2, i -> {
                    int status = as(token).delete(KEYS + "/" + id).statusCode();
                    refused(key);
                    return status;
                }));
                lock.awaitWaiting(2);
            }
            assertEquals(List.of(204, 404), ended.join().stream().sorted().toList());
        }
    }

    private static void endBehindTheBack(Response made) {
        Database.execute("UPDATE sessions SET ended_at = now() WHERE id = ?", UUID.fromString(made.path("id")));
    }

    private io.restassured.response.ValidatableResponse introspected(String key) {
        TestClient asking = organization.client(Role.ADMIN);
        return asking.authenticated()
                .formParam("token", key)
                .post("/oauth2/introspect")
                .then()
                .statusCode(200);
    }

    private String admin() {
        return organization.token(Role.ADMIN);
    }

    private static Response key(String token, String name) {
        Response made = as(token).body(Map.of("name", name)).post(KEYS);
        assertEquals(201, made.statusCode(), made.asString());
        return made;
    }

    private static Response createUser(String key, String name) {
        return as(key).body(Map.of("name", name)).post("/api/v1/users");
    }

    private static Response rename(String key) {
        return as(key).body(Map.of("display_name", "Another")).patch("/api/v1/users/owner");
    }

    private void patch(String name, Map<String, String> change) {
        as(admin()).body(change).patch("/api/v1/users/" + name).then().statusCode(200);
    }

    private static void accepted(String token) {
        as(token).get("/users/me").then().statusCode(200);
    }

    private static void refused(String token) {
        as(token).get("/users/me").then().statusCode(401);
    }
}
