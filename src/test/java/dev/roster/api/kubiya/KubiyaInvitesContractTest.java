package dev.roster.api.kubiya;

import static dev.roster.api.kubiya.Kubiya.USERS;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasLength;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors of inviting that are not about the fields of the body, in both ways to invite. */
@QuarkusTest
@Tag("packaged")
class KubiyaInvitesContractTest {

    private final TestOrganization organization = TestOrganization.create();
    private final Kubiya kubiya = new Kubiya(organization);
    private final String email = "ada-" + UUID.randomUUID() + "@example.com";

    @ParameterizedTest
    @ValueSource(strings = {"invite", "system_invite"})
    void whenInviterIsOverItsLimitThen429AndRetryAfter(String path) {
        Database.execute(
                "INSERT INTO rate_limits (organization_id, name, subject, free_at)"
                        + " VALUES (?, 'invite:inviter', ?, now() + interval '1 hour')",
                organization.id(),
                organization.client(Role.ADMIN).userId().toString());
        Response refused = invite(path, "");
        assertError(refused, 429, "rate_limited", "Too many requests of this kind.");
        int wait = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(wait > 0 && wait <= 18, "200 an hour are one in 18 seconds, not in " + wait);
        assertNobodyInvited();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "system_invite"})
    void whenGroupIsUnknownThen404AndNobodyIsInvited(String path) {
        assertError(invite(path, ", \"groups\": [\"none\"]"), 404, "group_not_found", "Group 'none' not found.");
        assertNobodyInvited();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "system_invite"})
    void whenInvitedAlreadyThen409(String path) {
        invite(path, "").then().statusCode(200);
        Response refused = invite(path, "");
        assertError(refused, 409, "invite_pending", "The e-mail address has a pending invite.");
    }

    /** Though it is too long for a username. */
    @Test
    void whenNoNameIsGivenThenTheAddressIsShown() {
        String longest = "b".repeat(64) + "@" + "c".repeat(40) + "." + "d".repeat(32) + ".example.com";
        assertEquals(150, longest.length());
        kubiya.admin()
                .body(Map.of("email", longest, "role", "member"))
                .post(USERS + "/invite")
                .then()
                .statusCode(200)
                .body("name", equalTo(longest));
        kubiya.admin()
                .body(Map.of("email", longest.replace("com", "info"), "role", "member"))
                .post(USERS + "/invite")
                .then()
                .statusCode(200)
                .body("name", hasLength(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "system_invite"})
    void whenBodyIsNoJsonThen415(String path) {
        assertError(
                kubiya.admin().contentType(ContentType.TEXT).body("x").post(USERS + "/" + path),
                415,
                "unsupported_media_type",
                "The body must be application/json.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "system_invite", "groups/ops"})
    void whenMethodIsPutThen405(String path) {
        Response refused = kubiya.admin().put(USERS + "/" + path);
        assertError(refused, 405, "method_not_allowed", "The method is not allowed here.");
        assertTrue(List.of(refused.header("Allow").split(", ", -1)).contains("POST"));
    }

    private Response invite(String path, String more) {
        return kubiya.admin()
                .body("{\"email\": \"%s\", \"role\": \"member\"%s}".formatted(email, more))
                .post(USERS + "/" + path);
    }

    private void assertNobodyInvited() {
        assertEquals(404, kubiya.admin().get(USERS + "/{email}", email).statusCode());
        assertEquals(List.of(), kubiya.admin().get("/api/v1/invites").path("items"));
    }

    private static void assertError(Response answer, int status, String code, String message) {
        assertAnswer(answer, status, """
                {"error": {"code": "%s", "message": "%s", "details": {}}}
                """.formatted(code, message));
    }
}
