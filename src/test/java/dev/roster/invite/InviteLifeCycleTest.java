package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.resend;
import static dev.roster.invite.TestInvites.revoke;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An invite from its creation to its end. */
@QuarkusTest
class InviteLifeCycleTest {
    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenCreatedThenPendingAccountWithRoleAndGroups() {
        as(admin()).body(Map.of("name", "math")).post("/api/v1/groups").then().statusCode(201);
        String email = address();
        Response created =
                invite(admin(), Map.of("email", email, "role", "viewer", "groups", List.of("math"), "name", "Ada"));
        created.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("email", equalTo(email))
                .body("name", equalTo("Ada"))
                .body("role", equalTo("viewer"))
                .body("groups", contains("math"))
                .body("status", equalTo("pending"))
                .body("invited_by", equalTo("admin"))
                .body("expires_at", notNullValue())
                .body("invite_link", matchesPattern("http\\S+/invite\\?code=[\\w-]{64}#token=[\\w.-]+"));
        user(email)
                .then()
                .statusCode(200)
                .body("status", equalTo("pending_sign_up"))
                .body("role", equalTo("viewer"))
                .body("display_name", equalTo("Ada"))
                .body("profile.email_address", equalTo(email))
                .body("groups.name", contains("math"));
        as(admin()).get("/api/v1/groups/math").then().body("user_count", equalTo(1));
    }

    @Test
    void whenAcceptedThenActiveAndSignedIn() {
        String email = address();
        Response created = invite(admin(), email);
        Response accepted = accept(token(created));
        accepted.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("user.name", equalTo(email))
                .body("user.display_name", equalTo("Ada Lovelace"))
                .body("user.status", equalTo("active"))
                .body("user.role", equalTo("member"))
                .body("user.lrn", containsString(organization.name()))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(3600));
        String access = accepted.path("access_token");
        as(access)
                .get("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body("name", equalTo(email))
                .body("last_seen_at", notNullValue());
        find(id(created))
                .then()
                .statusCode(200)
                .body("status", equalTo("accepted"))
                .body("accepted_at", notNullValue())
                .body("invite_link", nullValue());
        String hash = (String) Database.value(
                "SELECT password_hash FROM users WHERE organization_id = ? AND username = ?", organization.id(), email);
        assertTrue(hash.startsWith("$argon2id$"), hash);
    }

    @Test
    void whenUsedThenRefusedEverywhere() {
        Response created = invite(admin(), address());
        accept(token(created)).then().statusCode(200);
        refused(accept(token(created)), 409, "invite_used");
        refused(resend(admin(), id(created)), 409, "invite_used");
        refused(revoke(admin(), id(created)), 409, "invite_used");
    }

    @Test
    void whenResentThenOnlyTheNewTokenAccepts() {
        Response created = invite(admin(), address());
        clock.advance(Duration.ofDays(1));
        Response resent = resend(admin(), id(created));
        resent.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("expires_at", not(equalTo(created.path("expires_at"))));
        refused(accept(token(created)), 410, "invite_resent");
        accept(token(resent)).then().statusCode(200);
    }

    @Test
    void whenRevokedThenRefusedAndTheAccountIsGone() {
        String email = address();
        Response created = invite(admin(), email);
        revoke(admin(), id(created)).then().statusCode(204);
        refused(accept(token(created)), 410, "invite_revoked");
        refused(resend(admin(), id(created)), 410, "invite_revoked");
        revoke(admin(), id(created)).then().statusCode(204);
        find(id(created))
                .then()
                .body("status", equalTo("revoked"))
                .body("user_id", nullValue())
                .body("email", equalTo(email));
        user(email).then().statusCode(404);
        invite(admin(), email).then().statusCode(201);
    }

    @Test
    void whenRevokedThenAnAccountThatWasThereBeforeStays() {
        String email = address();
        createPendingAccount(email);
        Response created = invite(admin(), email);
        revoke(admin(), id(created)).then().statusCode(204);
        user(email).then().statusCode(200).body("status", equalTo("pending_sign_up"));
        refused(accept(token(created)), 410, "invite_revoked");
    }

    /** Nor is it changed by a token that may not change users. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenAnAccountInUseIsAskedInAgainThenRevokingLeavesIt(boolean reactivated) {
        String email = address();
        Response first = invite(admin(), email);
        accept(token(first)).then().statusCode(200);
        assertStaysWhenAskedInAgain(email, reactivated);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenAnAccountThatAnAdministratorMadeActiveIsAskedInAgainThenRevokingLeavesIt(boolean reactivated) {
        String email = address();
        invite(admin(), email).then().statusCode(201);
        become(email, "active");
        assertStaysWhenAskedInAgain(email, reactivated);
    }

    private void assertStaysWhenAskedInAgain(String email, boolean reactivated) {
        become(email, "deactivated");
        if (reactivated) {
            as(admin())
                    .body(Map.of())
                    .post("/api/v1/users/{name}/reactivate", email)
                    .then()
                    .statusCode(200);
        } else {
            invite(admin(), email).then().statusCode(201);
            clock.advance(Duration.ofDays(8));
        }
        String inviter = organization.token(Role.ADMIN, "users:read", "groups:read", "self:write", "invites:write");
        refused(invite(inviter, Map.of("email", email, "role", "viewer")), 403, "insufficient_scope");
        Response again = invite(inviter, email);
        again.then().statusCode(201);
        revoke(inviter, id(again)).then().statusCode(204);
        user(email).then().statusCode(200).body("status", equalTo("pending_sign_up"));
    }

    private void become(String name, String status) {
        as(admin())
                .body(Map.of("status", status))
                .patch("/api/v1/users/{name}", name)
                .then()
                .statusCode(200);
    }

    @Test
    void whenExpiredThenRefusedWithoutACleaner() {
        String email = address();
        Response created = invite(admin(), email);
        clock.advance(Duration.ofDays(7));
        refused(accept(token(created)), 410, "invite_expired");
        find(id(created)).then().body("status", equalTo("expired"));
        list("expired").then().body("items.id", contains(id(created)));
        list("pending").then().body("items.id", not(hasItem(id(created))));
        user(email).then().body("status", equalTo("pending_sign_up"));
    }

    @Test
    void whenExpiredThenResendOpensItAgain() {
        Response created = invite(admin(), address());
        clock.advance(Duration.ofDays(30));
        Response resent = resend(admin(), id(created));
        resent.then().statusCode(200).body("status", equalTo("pending"));
        refused(accept(token(created)), 410, "invite_resent");
        accept(token(resent)).then().statusCode(200);
    }

    @Test
    void whenExpiredThenANewInviteReplacesIt() {
        String email = address();
        Response first = invite(admin(), email);
        clock.advance(Duration.ofDays(8));
        Response second = invite(admin(), Map.of("email", email, "role", "viewer"));
        second.then().statusCode(201).body("user_id", equalTo(first.path("user_id")));
        refused(accept(token(first)), 410, "invite_expired");
        refused(resend(admin(), id(first)), 410, "invite_expired");
        refused(revoke(admin(), id(first)), 410, "invite_expired");
        revoke(admin(), id(second)).then().statusCode(204);
        user(email).then().statusCode(404);
    }

    @Test
    void whenAcceptedAtTheLastMomentThenStillAccepted() {
        clock.stop();
        Response created = invite(admin(), address());
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        accept(token(created)).then().statusCode(200);
    }

    @Test
    void whenTheAccountIsDeletedThenTheInviteIsRevoked() {
        String email = address();
        Response created = invite(admin(), email);
        as(admin()).delete("/api/v1/users/{name}", email).then().statusCode(204);
        refused(accept(token(created)), 410, "invite_revoked");
        find(id(created)).then().body("status", equalTo("revoked"));
        invite(admin(), email).then().statusCode(201);
    }

    @Test
    void whenTheAccountIsDeactivatedThenTheInviteIsOver() {
        String email = address();
        Response created = invite(admin(), email);
        as(admin())
                .body(Map.of("status", "deactivated"))
                .patch("/api/v1/users/{name}", email)
                .then()
                .statusCode(200);
        refused(accept(token(created)), 410, "invite_revoked");
        refused(resend(admin(), id(created)), 410, "invite_revoked");
    }

    @Test
    void whenTheAccountIsChangedMeanwhileThenTheChangeHolds() {
        String email = address();
        Response created = invite(admin(), Map.of("email", email, "role", "admin"));
        as(admin())
                .body(Map.of("role", "viewer"))
                .patch("/api/v1/users/{name}", email)
                .then()
                .statusCode(200);
        accept(token(created)).then().statusCode(200).body("user.role", equalTo("viewer"));
    }

    @Test
    void whenPendingThenTheSameAddressIsRefusedInAnyCase() {
        String email = address();
        invite(admin(), email).then().statusCode(201);
        Response again = invite(admin(), email.toUpperCase(java.util.Locale.ROOT));
        refused(again, 409, "invite_pending");
        again.then().body("invalid_fields", contains("email"));
    }

    @Test
    void whenTheAddressIsAUsersThenRefused() {
        String email = address();
        accept(token(invite(admin(), email))).then().statusCode(200);
        Response again = invite(admin(), email);
        refused(again, 409, "email_taken");
        again.then().body("invalid_fields", contains("email"));
    }

    @Test
    void whenListedThenNewestFirstAndPaged() {
        List<String> ids =
                List.of(id(invite(admin(), address())), id(invite(admin(), address())), id(invite(admin(), address())));
        Response page = as(admin()).get("/api/v1/invites?limit=2&status=pending");
        page.then().statusCode(200).body("items.id", contains(ids.get(2), ids.get(1)));
        String cursor = page.path("next_cursor");
        as(admin())
                .queryParam("cursor", cursor)
                .get("/api/v1/invites?limit=2&status=pending")
                .then()
                .body("items.id", contains(ids.get(0)))
                .body("next_cursor", nullValue());
        assertEquals(
                400,
                as(admin())
                        .queryParam("cursor", cursor)
                        .get("/api/v1/invites?limit=2&status=revoked")
                        .statusCode());
        list("pending").then().body("items.id", contains(ids.get(2), ids.get(1), ids.get(0)));
        as(admin()).get("/api/v1/invites").then().body("items.size()", equalTo(3));
    }

    private void createPendingAccount(String email) {
        organization.add(email, Role.MEMBER);
        Database.execute(
                "UPDATE users SET status = 'pending_sign_up', email = username, email_key = username_key"
                        + " WHERE organization_id = ? AND username = ?",
                organization.id(),
                email);
    }

    private Response list(String status) {
        return as(admin()).queryParam("status", status).get("/api/v1/invites");
    }

    private Response find(String id) {
        return as(admin()).get("/api/v1/invites/{id}", id);
    }

    private Response user(String name) {
        return as(admin()).get("/api/v1/users/{name}", name);
    }

    /** Fetched anew: the clock may have gone past the one before. */
    private String admin() {
        return organization.token(Role.ADMIN);
    }

    private static void refused(Response answer, int status, String code) {
        answer.then().statusCode(status).body("code", equalTo(code));
    }
}
