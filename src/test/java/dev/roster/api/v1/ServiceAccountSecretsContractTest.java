package dev.roster.api.v1;

import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The secrets of a service account: several at a time, each ended by itself. */
@QuarkusTest
@Tag("packaged")
class ServiceAccountSecretsContractTest {
    private static final String SECRETS = SERVICE_ACCOUNTS + "/robot/secrets";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);
    private Response robot;

    @BeforeEach
    void createRobot() {
        robot = admin.createServiceAccount("robot");
    }

    @Test
    void whenAddedThenShownOnceAndBothWork() {
        Response added = admin.post(SECRETS, "{'name': 'spring', 'expires_at': '2090-01-31T10:00:00Z'}");
        assertEquals(201, added.statusCode(), added.asString());
        assertEquals("no-store", added.header("Cache-Control"));
        assertBody(added, """
                {'id': '<uuid>', 'name': 'spring', 'client_id': '<text>', 'created_at': '<time>',
                 'expires_at': '2090-01-31T10:00:00Z', 'client_secret': '<text>'}""");
        token(added).then().statusCode(200);
        first().then().statusCode(200);
        Response list = admin.get(SECRETS);
        list.then().statusCode(200);
        assertBody(list, """
                {'items': [
                  {'id': '<uuid>', 'name': 'spring', 'client_id': '<text>', 'created_at': '<time>',
                   'expires_at': '2090-01-31T10:00:00Z', 'last_used_at': '<time>'},
                  {'id': '<uuid>', 'name': 'robot', 'client_id': '<text>', 'created_at': '<time>',
                   'last_used_at': '<time>'}]}""");
    }

    @Test
    void whenNeverUsedThenWithoutLastUse() {
        admin.get(SECRETS).then().body("items[0].last_used_at", nullValue());
        first();
        admin.get(SECRETS).then().body("items[0].last_used_at", notNullValue());
    }

    @Test
    void whenListedInPartsThenEachOnce() {
        admin.post(SECRETS, "{'name': 'second'}");
        Response part = admin.get(SECRETS + "?limit=1");
        part.then().statusCode(200).body("items.name", contains("second"));
        admin.get(SECRETS + "?limit=1&cursor=" + part.path("next_cursor"))
                .then()
                .statusCode(200)
                .body("items.name", contains("robot"))
                .body("next_cursor", nullValue());
        admin.get(SECRETS + "?cursor=x").then().statusCode(400);
    }

    @Test
    void whenRevokedThenItsTokensEndAndTheOthersGoOn() {
        Response added = admin.post(SECRETS, "{'name': 'spring'}");
        V1 revoked = new V1(token(added).path("access_token"));
        V1 kept = new V1(first().path("access_token"));
        revoked.get(USERS + "/me").then().statusCode(200);
        admin.delete(SECRETS + "/" + added.path("id")).then().statusCode(204);
        revoked.get(USERS + "/me").then().statusCode(401);
        kept.get(USERS + "/me").then().statusCode(200);
        token(added).then().statusCode(401).body("error", equalTo("invalid_client"));
        admin.get(SECRETS).then().body("items.name", contains("robot"));
        assertProblem(admin.delete(SECRETS + "/" + added.path("id")), 404, "secret_not_found", "Secret not found.");
    }

    @Test
    void whenRotatedWithOverlapThenTheEarlierOneShowsItsEnd() {
        admin.post(SERVICE_ACCOUNTS + "/robot/token", "{'name': 'new', 'overlap_seconds': 3600}");
        Response list = admin.get(SECRETS);
        list.then().body("items.name", contains("new", "robot"));
        list.then().body("items[0].expires_at", nullValue()).body("items[1].expires_at", notNullValue());
        admin.post(SERVICE_ACCOUNTS + "/robot/token", "{'name': 'newest'}");
        admin.get(SECRETS).then().body("items.name", contains("newest"));
    }

    @Test
    void whenExpiredThenRefusedAndStillListed() {
        Response added = admin.post(SECRETS, "{'name': 'spring'}");
        Database.execute(
                "UPDATE clients SET expires_at = now() - interval '1 second' WHERE id = ?",
                UUID.fromString(added.path("id")));
        token(added).then().statusCode(401);
        admin.get(SECRETS).then().body("items.name", contains("spring", "robot"));
    }

    @Test
    void whenItEndsBeforeATokenWouldThenTheTokenEndsWithIt() {
        Response added = admin.post(SECRETS, "{'name': 'spring'}");
        Database.execute(
                "UPDATE clients SET expires_at = now() + interval '10 minutes' WHERE id = ?",
                UUID.fromString(added.path("id")));
        int seconds = token(added).then().statusCode(200).extract().path("expires_in");
        assertTrue(seconds > 500 && seconds <= 600, seconds + " seconds");
    }

    @Test
    void whenOneThatEndsGivesAnotherThenThatEndsWithIt() {
        Response added = admin.post(SECRETS, "{'name': 'spring', 'expires_at': '2090-01-31T10:00:00Z'}");
        V1 spring = new V1(token(added).path("access_token"));
        Response own = spring.post(USERS + "/me/secrets", "{'name': 'summer'}");
        own.then().statusCode(201).body("expires_at", equalTo("2090-01-31T10:00:00Z"));
        spring.post(USERS + "/me/secrets", "{'name': 'x', 'expires_at': '2091-01-31T10:00:00Z'}")
                .then()
                .statusCode(201)
                .body("expires_at", equalTo("2090-01-31T10:00:00Z"));
        spring.post(USERS + "/me/secrets", "{'name': 'x', 'expires_at': '2089-01-31T10:00:00Z'}")
                .then()
                .statusCode(201)
                .body("expires_at", equalTo("2089-01-31T10:00:00Z"));
        // One that does not end gives others that do not
        V1 first = new V1(first().path("access_token"));
        first.post(USERS + "/me/secrets", "{'name': 'lasting'}")
                .then()
                .statusCode(201)
                .body("expires_at", nullValue());
    }

    @Test
    void whenRevokedTwiceAtOnceThenOnceOnly() {
        for (int i = 0; i < 5; i++) {
            String id = admin.post(SECRETS, "{'name': 'spring'}").path("id");
            HttpRequest revocation = Http.request(admin.token(), "DELETE", SECRETS + "/" + id, null);
            List<Integer> statuses = Http.statusesAtOnce(List.of(revocation, revocation));
            assertEquals(List.of(204, 404), statuses.stream().sorted().toList());
        }
    }

    @Test
    void whenFieldsAreWrongThenNamed() {
        assertInvalid(admin.post(SECRETS, "{}"), "name", "is required");
        assertInvalid(
                admin.post(SECRETS, "{'name': 'x', 'expires_at': '2020-01-01T00:00:00Z'}"),
                "expires_at",
                "must be in the future");
        assertInvalid(admin.delete(SECRETS + "/1"), "id", "must be a UUID");
    }

    @Test
    void whenOfAnotherAccountOrOrganizationThenNotFound() {
        Response other = admin.createServiceAccount("other");
        String id = admin.get(SECRETS).path("items[0].id");
        admin.delete(SERVICE_ACCOUNTS + "/other/secrets/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("secret_not_found"));
        admin.get(SERVICE_ACCOUNTS + "/nobody/secrets").then().statusCode(404);
        admin.post(SERVICE_ACCOUNTS + "/nobody/secrets", "{'name': 'x'}").then().statusCode(404);
        V1 stranger = V1.admin(TestOrganization.create());
        stranger.get(SECRETS).then().statusCode(404);
        stranger.delete(SECRETS + "/" + id).then().statusCode(404);
        first().then().statusCode(200);
        assertEquals("other", other.path("name"));
    }

    @Test
    void whenAccountIsWiderThanTheTokenThenNoSecretForIt() {
        admin.patch(SERVICE_ACCOUNTS + "/robot", "{'role': 'admin'}");
        V1 narrow = new V1(organization.token(Role.ADMIN, Scope.CLIENTS_WRITE));
        narrow.post(SECRETS, "{'name': 'x'}").then().statusCode(403);
    }

    private Response first() {
        return TestClient.grant(robot.path("credential.client_id"), robot.path("credential.client_secret"));
    }

    private static Response token(Response added) {
        return TestClient.grant(added.path("client_id"), added.path("client_secret"));
    }
}
