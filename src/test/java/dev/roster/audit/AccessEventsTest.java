package dev.roster.audit;

import static dev.roster.testing.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is recorded of those who come in without a token, and of the end of access. */
@QuarkusTest
class AccessEventsTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);

    @Test
    void whenClientGetsTokensThenItsSessionIsRecordedOnce() {
        admin.token();
        admin.token();
        List<JsonObject> events = RecordedEvents.of(organization.id());
        assertEquals(List.of("session.opened"), RecordedEvents.types(organization.id()));
        JsonObject event = events.get(0);
        assertEquals("account", event.getString("actor_kind"));
        assertEquals(admin.userId().toString(), event.getString("actor_id"));
        assertEquals(admin.clientId(), event.getString("client_id"));
        assertEquals(admin.userId().toString(), event.getString("target_id"));
        assertEquals("user", event.getString("target_kind"));
        assertEquals("admin", event.getString("target_name"));
        assertTrue(event.containsKey("session_id"));
        assertFalse(event.encode().contains(admin.secret()));
    }

    @Test
    void whenPersonSignsInThenOnceAndNotAsASessionToo() {
        TestClient member = organization.client(Role.MEMBER);
        as(admin.token())
                .body(Map.of("password", AuditedRoutesTest.PASSWORD, "password_expired", false))
                .patch("/users/" + member.userId())
                .then()
                .statusCode(200);
        organization.signIn("member", AuditedRoutesTest.PASSWORD).then().statusCode(200);
        JsonObject event = last("sign_in.succeeded");
        assertEquals(member.userId().toString(), event.getString("actor_id"));
        assertEquals("sign-in-" + member.userId(), event.getString("client_id"));
        assertTrue(event.containsKey("session_id"));
        assertEquals(
                List.of("session.opened", "user.password_changed", "sign_in.succeeded"),
                RecordedEvents.types(organization.id()));
        assertFalse(RecordedEvents.of(organization.id()).toString().contains(AuditedRoutesTest.PASSWORD));
    }

    @Test
    void whenTokenIsGotWithAnotherThenOnItsAccountInItsSession() {
        String token = admin.token();
        String derived = as(token)
                .get("/auth/api_token")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replace("\"", "");
        JsonObject event = last("token.derived");
        assertEquals(admin.userId().toString(), event.getString("actor_id"));
        assertEquals(admin.userId().toString(), event.getString("target_id"));
        assertEquals(admin.clientId(), event.getString("client_id"));
        assertEquals(last("session.opened").getString("session_id"), event.getString("session_id"));
        String key = TestClient.key(token);
        given().formParam("password", key).post("/auth/login").then().statusCode(200);
        assertEquals(
                2,
                RecordedEvents.types(organization.id()).stream()
                        .filter("token.derived"::equals)
                        .count());
        for (String secret : List.of(token, derived, key)) {
            assertFalse(RecordedEvents.of(organization.id()).toString().contains(secret));
        }
    }

    @Test
    void whenTokenIsRevokedThenWhoAskedForIt() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        admin.authenticated()
                .formParam("token", token)
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        JsonObject event = last("token.revoked");
        assertEquals(admin.userId().toString(), event.getString("actor_id"));
        assertEquals(admin.clientId(), event.getString("client_id"));
        assertEquals(member.userId().toString(), event.getString("target_id"));
        assertEquals(1, event.getJsonObject("details").getInteger("sessions"));
        assertFalse(RecordedEvents.of(organization.id()).toString().contains(token));
    }

    @Test
    void whenInviteIsAcceptedThenByThePersonItWasFor() {
        Response invited = as(admin.token())
                .body("{\"email\":\"eve@example.org\",\"role\":\"member\"}")
                .post("/api/v1/invites");
        String link = invited.path("invite_link");
        String token = link.substring(link.indexOf("#token=") + "#token=".length());
        Response accepted = as(token)
                .body(Map.of("name", "Eve", "password", AuditedRoutesTest.PASSWORD))
                .post("/api/v1/invites/accept");
        String account = accepted.then().statusCode(200).extract().path("user.id");
        JsonObject event = last("invite.accepted");
        assertEquals(account, event.getString("actor_id"));
        assertEquals("eve@example.org", event.getString("target_name"));
        assertEquals(account, last("session.opened").getString("target_id"));
        AuditedRoutesTest.assertNoSecret(RecordedEvents.of(organization.id()).toString(), accepted.asString(), token);
    }

    @Test
    void whenAccountWithManySessionsIsDeactivatedThenOneEventCountsThem() {
        TestClient member = organization.client(Role.MEMBER);
        member.token();
        organization.addClient(member.userId(), Role.MEMBER).token();
        as(admin.token())
                .body("{\"status\":\"deactivated\"}")
                .patch("/api/v1/users/member")
                .then()
                .statusCode(200);
        JsonObject event = last("session.ended");
        assertEquals(2, event.getJsonObject("details").getInteger("sessions"));
        assertEquals("deactivated", event.getJsonObject("details").getString("reason"));
        assertEquals(
                1,
                RecordedEvents.types(organization.id()).stream()
                        .filter("session.ended"::equals)
                        .count());
    }

    private JsonObject last(String type) {
        List<JsonObject> events = RecordedEvents.of(organization.id());
        return events.stream()
                .filter(event -> event.getString("type").equals(type))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(type + " not in " + events));
    }
}
