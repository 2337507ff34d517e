package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.resend;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change of an account means for pending invites: its own, and those that it made. */
@QuarkusTest
class InviteConsequencesTest {
    private final TestOrganization organization = TestOrganization.create();
    private final String email = address();
    private String admin;

    @BeforeEach
    void start() {
        admin = organization.token(Role.ADMIN);
    }

    @Test
    void whenTheAddressChangesThenTheOldLinkIsDead() {
        Response created = invite(admin, email);
        as(admin)
                .body(Map.of("email_address", address()))
                .patch("/api/v1/users/{name}/profile", email)
                .then()
                .statusCode(200);
        assertRevoked(created);
    }

    @Test
    void whenTheAddressIsWrittenBackThenTheLinkLives() {
        Response created = invite(admin, email);
        as(admin)
                .body(Map.of("email_address", email, "full_name", "Ada Lovelace"))
                .patch("/api/v1/users/{name}/profile", email)
                .then()
                .statusCode(200);
        accept(token(created)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "deactivated"})
    void whenTheAccountNoLongerWaitsThenRevoked(String status) {
        Response created = invite(admin, email);
        patch(email, Map.of("status", status));
        assertRevoked(created);
    }

    @Test
    void whenSwitchedOffThroughAnotherContractThenTheLinkDies() {
        Response created = invite(admin, email);
        String user = created.path("user_id");
        as(admin)
                .body(Map.of("name", "Ada", "is_active", false))
                .patch("/users/{id}", user)
                .then()
                .statusCode(200)
                .body("is_active", equalTo(false))
                .body("name", equalTo("Ada"));
        assertRevoked(created);
        as(admin).get("/api/v1/users/{name}", email).then().body("status", equalTo("deactivated"));
    }

    @Test
    void whenTheInviterIsDeactivatedThenItsInvitesAre() {
        TestClient inviter = inviter();
        Response created = invite(inviter.token(), email);
        Response ofAnother = invite(admin, address());
        patch("inviter", Map.of("status", "deactivated"));
        assertRevoked(created);
        accept(token(ofAnother)).then().statusCode(200);
    }

    @Test
    void whenTheInviterIsDeletedThenItsInvitesAreRevoked() {
        Response created = invite(inviter().token(), email);
        as(admin).delete("/api/v1/users/inviter").then().statusCode(204);
        assertRevoked(created);
    }

    @Test
    void whenTheInviterIsDemotedThenItsInvitesAboveAreRevoked() {
        String token = inviter().token();
        Response above = invite(token, Map.of("email", email, "role", "admin"));
        Response level = invite(token, address());
        patch("inviter", Map.of("role", "member"));
        assertRevoked(above);
        accept(token(level)).then().statusCode(200);
    }

    /** The invite says the role that it was made with; who accepts has the one of the account. */
    @ParameterizedTest
    @CsvSource({"member, admin, member, false", "viewer, member, viewer, false", "member, admin, admin, true"})
    void whenTheAccountCanDoMoreThanTheInviterThenItsInviteIsRevoked(
            String invited, String raised, String inviterNow, boolean good) {
        String token = inviter().token();
        String invite = id(invite(token, Map.of("email", email, "role", invited)));
        patch(email, Map.of("role", raised));
        Response resent = resend(token, invite);
        resent.then().statusCode(200);
        patch("inviter", Map.of("role", inviterNow));
        as(admin).get("/api/v1/invites/{id}", invite).then().body("status", equalTo(good ? "pending" : "revoked"));
        accept(token(resent)).then().statusCode(good ? 200 : 410);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"PATCH|{\"status\":\"deactivated\"}|200", "PATCH|{\"role\":\"viewer\"}|200", "DELETE||204"})
    void whenItsRightEndsWhileItInvitesThenThatComesFirst(String method, String body, int status) throws SQLException {
        TestClient inviter = inviter();
        // Made before, since both may count in the same row
        Response created = invite(admin, email);
        try (TableLock inviting = TableLock.sharing(lock(inviter))) {
            var change = Http.begin(List.of(Http.request(admin, method, "/api/v1/users/inviter", body)))
                    .get(0);
            inviting.awaitWaiting();
            Database.execute(
                    "UPDATE invites SET invited_by = ? WHERE organization_id = ? AND id = ?",
                    inviter.userId(),
                    organization.id(),
                    UUID.fromString(id(created)));
            inviting.commit();
            assertEquals(status, change.join().statusCode());
            assertRevoked(created);
        }
    }

    @Test
    void whenItsRightIsEndingThenItsInviteIsRefused() throws SQLException {
        TestClient inviter = inviter();
        String token = inviter.token();
        String known = id(invite(admin, address()));
        try (TableLock ending = TableLock.holding(lock(inviter))) {
            for (Response refused : List.of(invite(token, email), TestInvites.resend(token, known))) {
                refused.then()
                        .statusCode(409)
                        .body("code", equalTo("conflict"))
                        .body("detail", equalTo("Your account is being changed by another request."));
            }
            assertEquals(0, ending.waiting());
        }
        invite(token, email).then().statusCode(201);
    }

    @RepeatedTest(3)
    void whenItsRightEndsWhileItInvitesManyThenNoneIsLeft() {
        TestClient inviter = inviter();
        String token = inviter.token();
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String body = "{\"role\":\"admin\",\"email\":\"" + i + address() + "\"}";
            requests.add(Http.request(token, "POST", "/api/v1/invites", body));
        }
        requests.add(6, Http.request(admin, "PATCH", "/api/v1/users/inviter", "{\"role\":\"member\"}"));
        List<Integer> statuses = new ArrayList<>(Http.statusesAtOnce(requests));
        assertEquals(200, statuses.remove(6));
        assertTrue(Set.of(201, 401, 403, 409).containsAll(statuses), statuses::toString);
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM invites WHERE organization_id = ? AND invited_by = ? AND status = 'pending'",
                        organization.id(),
                        inviter.userId()));
    }

    private String lock(TestClient inviter) {
        return "inviter " + organization.id() + " " + inviter.userId();
    }

    @Test
    void whenRevokedByAChangeThenInvitedAnew() {
        Response created = invite(inviter().token(), email);
        patch("inviter", Map.of("status", "deactivated"));
        Response again = invite(admin, email);
        again.then().statusCode(201).body("user_id", equalTo(created.path("user_id")));
        TestInvites.revoke(admin, id(again)).then().statusCode(204);
        as(admin).get("/api/v1/users/{name}", email).then().statusCode(404);
    }

    private TestClient inviter() {
        return organization.add("inviter", Role.ADMIN);
    }

    private void patch(String name, Map<String, ?> change) {
        as(admin).body(change).patch("/api/v1/users/{name}", name).then().statusCode(200);
    }

    private void assertRevoked(Response created) {
        accept(token(created)).then().statusCode(410).body("code", equalTo("invite_revoked"));
        find(created).body("status", equalTo("revoked"));
    }

    private io.restassured.response.ValidatableResponse find(Response created) {
        return as(admin).get("/api/v1/invites/{id}", id(created)).then().statusCode(200);
    }
}
