package dev.roster.audit;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded of accounts: who did what to whom, and no secret. */
@QuarkusTest
class AccountEventsTest {
    private static final String USERS = "/api/v1/users";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);
    private String token;

    @BeforeEach
    void signIn() {
        token = admin.token();
    }

    @Test
    void whenUserIsCreatedThenWhoWhatAndFromWhere() {
        String id = as(token)
                .header("X-Request-Id", "create-1")
                .header("User-Agent", "console/1")
                .body("{\"name\":\"bob\",\"display_name\":\"Bob\"}")
                .post(USERS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        JsonObject event = last("user.created");
        assertEquals("account", event.getString("actor_kind"));
        assertEquals(admin.userId().toString(), event.getString("actor_id"));
        assertEquals("admin", event.getString("actor_name"));
        assertEquals(admin.clientId(), event.getString("client_id"));
        assertTrue(event.containsKey("session_id"));
        assertEquals("127.0.0.1", event.getString("ip_address"));
        assertEquals("console/1", event.getString("user_agent"));
        assertEquals("create-1", event.getString("request_id"));
        assertEquals("user", event.getString("target_kind"));
        assertEquals(id, event.getString("target_id"));
        assertEquals("bob", event.getString("target_name"));
        assertFalse(event.containsKey("before"));
        assertEquals(
                new JsonObject()
                        .put("username", "bob")
                        .put("display_name", "Bob")
                        .put("role", "member")
                        .put("status", "active")
                        .put("is_onboarded", false),
                event.getJsonObject("after"));
    }

    @Test
    void whenSeveralThingsAreChangedThenEachHasAnEventWithItsFieldsAlone() {
        organization.client(Role.MEMBER);
        int before = RecordedEvents.of(organization.id()).size();
        as(token)
                .body("{\"display_name\":\"Other\",\"role\":\"viewer\",\"status\":\"deactivated\"}")
                .patch(USERS + "/member")
                .then()
                .statusCode(200);
        List<JsonObject> events = RecordedEvents.of(organization.id());
        List<String> types = events.subList(before, events.size()).stream()
                .map(event -> event.getString("type"))
                .toList();
        assertEquals(List.of("user.role_changed", "user.deactivated", "user.changed"), types);
        JsonObject role = last("user.role_changed");
        assertEquals(new JsonObject().put("role", "member"), role.getJsonObject("before"));
        assertEquals(new JsonObject().put("role", "viewer"), role.getJsonObject("after"));
        assertEquals(
                new JsonObject().put("display_name", "Other"),
                last("user.changed").getJsonObject("after"));
    }

    @Test
    void whenNothingIsChangedThenNothingIsRecorded() {
        organization.client(Role.MEMBER);
        int before = RecordedEvents.of(organization.id()).size();
        as(token).body("{\"role\":\"member\"}").patch(USERS + "/member").then().statusCode(200);
        assertEquals(before, RecordedEvents.of(organization.id()).size());
    }

    @Test
    void whenRefusedThenNothingIsRecorded() {
        int before = RecordedEvents.of(organization.id()).size();
        as(token).body("{\"name\":\"admin\"}").post(USERS).then().statusCode(409);
        as(token).body("{\"role\":\"viewer\"}").patch(USERS + "/admin").then().statusCode(409);
        as(token).delete(USERS + "/admin").then().statusCode(409);
        assertEquals(before, RecordedEvents.of(organization.id()).size());
    }

    @Test
    void whenMetadataIsChangedThenItsKeysAreNamedAndItsValuesAreNot() {
        organization.client(Role.MEMBER);
        as(token)
                .body("{\"metadata\":{\"team\":\"core-value\",\"a\":\"b\"}}")
                .patch(USERS + "/member")
                .then()
                .statusCode(200);
        JsonObject event = last("user.changed");
        assertEquals(new JsonObject().put("metadata_keys", "a, team"), event.getJsonObject("details"));
        assertFalse(event.encode().contains("core-value"));
    }

    @Test
    void whenUserIsRemovedThenItsLastStateStays() {
        organization.client(Role.MEMBER);
        as(token).delete(USERS + "/member").then().statusCode(204);
        JsonObject event = last("user.removed");
        assertEquals("member", event.getString("target_name"));
        assertEquals("member", event.getJsonObject("before").getString("role"));
        assertFalse(event.containsKey("after"));
    }

    private JsonObject last(String type) {
        return RecordedEvents.of(organization.id()).stream()
                .filter(event -> event.getString("type").equals(type))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no " + type));
    }
}
