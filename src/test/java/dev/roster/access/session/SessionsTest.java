package dev.roster.access.session;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How sessions begin and end. */
@QuarkusTest
class SessionsTest {
    private static final String MINE = "/api/v1/users/me/sessions";

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
