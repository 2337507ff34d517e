package dev.roster.access.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.platform.persistence.Uuids;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How sessions begin and end. */
@QuarkusTest
class SessionsTest {
    private static final String MINE = "/api/v1/users/me/sessions";

    private static final String PASSWORD = "correct horse battery staple";

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenSessionsAreDeletedThenAllOfTheCallerEnd() {
        TestClient caller = organization.client(Role.VIEWER);
        TestClient other = organization.client(Role.MEMBER);
        String token = caller.token();
        organization.addClient(caller.userId(), Role.VIEWER).token();
        other.token();
        given().header("Authorization", "Bearer " + token)
                .delete("/api/v1/users/me/sessions")
                .then()
                .statusCode(204);
        assertEquals(0L, open(caller));
        assertEquals(1L, open(other));
    }

    @Test
    void whenAccountIsRemovedThenItsSessionsAndClientsToo() {
        TestClient member = organization.client(Role.MEMBER);
        member.token();
        given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .delete("/api/v1/users/member")
                .then()
                .statusCode(204);
        assertEquals(0L, Database.value("SELECT count(*) FROM client_ids WHERE client_id = ?", member.clientId()));
        member.grant().then().statusCode(401);
    }

    @Test
    void whenClientComesAgainFromTheSameHostThenItGoesOn() {
        TestClient client = organization.client(Role.VIEWER);
        client.token();
        client.token();
        assertEquals(1L, open(client));
        grant(client, "another");
        assertEquals(2L, open(client));
    }

    @Test
    void whenClientNamesManyUserAgentsThenItsSessionsAreBoundedAndNothingIsRevoked() {
        TestClient client = organization.client(Role.VIEWER);
        String first = grant(client, "program 0");
        AtOnce.each(299, i -> grant(client, "program " + (i + 1)));
        String last = grant(client, "program 300");
        long open = (Long) open(client);
        assertTrue(open >= 50 && open <= 70, open + " sessions");
        assertEquals(
                0L, Database.value("SELECT count(*) FROM revocations WHERE organization_id = ?", organization.id()));
        for (String token : List.of(first, last)) {
            given().header("Authorization", "Bearer " + token).get(MINE).then().statusCode(200);
        }
    }

    @Test
    void whenTokensAreGotAndRevokedInALoopThenPutOffAndWhoGoesOnIsNot() {
        TestClient client = organization.client(Role.MEMBER);
        grant(client, "goes on");
        endedLately(client.userId(), client.id(), 999);
        String last = grant(client, "the last");
        client.authenticated()
                .formParam("token", last)
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        for (TestClient each : List.of(client, organization.addClient(client.userId(), Role.MEMBER))) {
            String wait = each.authenticated()
                    .formParam("grant_type", "client_credentials")
                    .header("User-Agent", "another")
                    .post("/oauth2/token")
                    .then()
                    .statusCode(429)
                    .body("error", equalTo("slow_down"))
                    .extract()
                    .header("Retry-After");
            // Until the oldest of the thousand is ten minutes old
            assertTrue(Integer.parseInt(wait) > 240 && Integer.parseInt(wait) <= 300, wait);
        }
        grant(client, "goes on");
        organization.client(Role.VIEWER).token();
    }

    @Test
    void whenTokensOfASecretWereEndedInALoopThenThePersonSignsInAsEver() {
        TestClient client = organization.client(Role.MEMBER);
        given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .contentType("application/json")
                .body("{\"password\": \"" + PASSWORD + "\", \"password_expired\": false}")
                .patch("/users/" + client.userId())
                .then()
                .statusCode(200);
        assertEquals(200, signIn());
        endedLately(client.userId(), client.id(), 1_000);
        assertEquals(200, signIn());
        UUID ofSignIns =
                (UUID) Database.value("SELECT id FROM clients WHERE client_id = ?", "sign-in-" + client.userId());
        endedLately(client.userId(), ofSignIns, 1_000);
        assertEquals(429, signIn());
    }

    private int signIn() {
        return organization.signIn("member", PASSWORD).statusCode();
    }

    /** Sessions that were opened some minutes ago and are ended. */
    private void endedLately(UUID account, UUID client, int count) {
        String ids = Stream.generate(() -> Uuids.v7(Instant.now().minusSeconds(300)))
                .limit(count)
                .map(UUID::toString)
                .collect(Collectors.joining(","));
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at,"
                        + " expires_at, ended_at) SELECT ?, CAST(id AS uuid), ?, ?, 'ended ' || id, now(), now(),"
                        + " now() + interval '1 day', now() FROM unnest(string_to_array(?, ',')) AS id",
                organization.id(),
                account,
                client,
                ids);
    }

    /** Whoever comes second changes nothing, and its answer is as true as that of the first. */
    @Test
    void whenAnAccountIsSwitchedOffTwiceAtOnceThenItsTokensAreNoGoodBehindEitherAnswer() throws Exception {
        String admin = organization.token(Role.ADMIN);
        for (int round = 0; round < 5; round++) {
            String name = "member" + round;
            TestClient member = organization.add(name, Role.MEMBER);
            String token = member.token();
            assertEquals(200, status(token));
            CompletableFuture<List<Integer>> answers;
            try (TableLock lock = TableLock.ofRow("users", member.userId())) {
                answers = CompletableFuture.supplyAsync(() -> AtOnce.all(2, i -> {
                    given().header("Authorization", "Bearer " + admin)
                            .contentType("application/json")
                            .body("{\"status\":\"deactivated\"}")
                            .patch("/api/v1/users/" + name)
                            .then()
                            .statusCode(200);
                    return status(token);
                }));
                lock.awaitWaiting(2);
            }
            assertEquals(List.of(401, 401), answers.join());
        }
    }

    private static int status(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/v1/users/me")
                .statusCode();
    }

    @Test
    void whenTheIdIsEmptyThenNothingEnds() {
        TestClient admin = organization.client(Role.ADMIN);
        String token = admin.token();
        for (String path : List.of(
                MINE + "/",
                MINE + "//",
                MINE + "/;",
                MINE + "/;x=1",
                MINE + "/..;x/..;y",
                "/api/v1/users/admin/sessions/",
                "/api/v1/users/admin/;x")) {
            given().noFilters() // the document has no such path
                    .urlEncodingEnabled(false)
                    .header("Authorization", "Bearer " + token)
                    .delete(path)
                    .then()
                    .statusCode(404);
        }
        assertEquals(1L, open(admin));
    }

    private static String grant(TestClient client, String userAgent) {
        return client.authenticated()
                .formParam("grant_type", "client_credentials")
                .header("User-Agent", userAgent)
                .post("/oauth2/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static Object open(TestClient client) {
        return Database.value("SELECT count(*) FROM sessions WHERE user_id = ? AND ended_at IS NULL", client.userId());
    }
}
