package dev.roster.session;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** How sessions end. */
@QuarkusTest
class SessionsTest {
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
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM client_ids WHERE client_id = ?", member.clientId()));
        member.grant().then().statusCode(401);
    }

    private static Object open(TestClient client) {
        return Database.value(
                "SELECT count(*) FROM sessions WHERE user_id = ? AND ended_at IS NULL",
                client.userId());
    }
}
