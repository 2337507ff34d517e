package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The account behind an invite: which one it is, and what the invite may change about it. */
@QuarkusTest
class PendingAccountTest {
    private final TestOrganization organization = TestOrganization.create();
    private final String email = address();
    private String admin;

    @BeforeEach
    void start() {
        admin = organization.token(Role.ADMIN);
    }

    @Test
    void whenItIsThereBeforeThenGroupsAreAddedAndItIsFoundByItsName() {
        createPending();
        TestRows.group(organization, "math");
        TestRows.group(organization, "engines");
        as(admin)
                .body(Map.of("add_to_groups", List.of("math")))
                .put("/api/v1/users/{name}/groups", email)
                .then()
                .statusCode(200);
        invite(
                        admin,
                        Map.of(
                                "email",
                                email,
                                "role",
                                "viewer",
                                "groups",
                                List.of("engines"),
                                "name",
                                "Countess Lovelace"))
                .then()
                .statusCode(201)
                .body("groups", contains("engines"));
        as(admin)
                .get("/api/v1/users?limit=5&q=countess")
                .then()
                .body("items.groups.name", contains(List.of("engines", "math")))
                .body("items.role", contains("viewer"));
    }

    @Test
    void whenSomeoneElseMadeItThenChangingItNeedsTheRightToDoSo() {
        createPending();
        TestRows.group(organization, "math");
        String narrow = narrow("invites:write");
        refused(invite(narrow, Map.of("email", email, "role", "viewer")));
        refused(invite(narrow, Map.of("email", email, "role", "member", "name", "Eve")));
        refused(invite(
                narrow("invites:write", "users:write"),
                Map.of("email", email, "role", "member", "groups", List.of("math"))));
        invite(narrow, email).then().statusCode(201);
    }

    /** A token with these scopes and all of a member. */
    private String narrow(String... scopes) {
        return organization.token(
                Role.ADMIN,
                Stream.concat(Stream.of(scopes), Role.MEMBER.scopes().stream()).toArray(String[]::new));
    }

    @Test
    void whenItWasMadeAdministratorThenANarrowTokenDoesNotInviteItAgain() {
        createPending();
        as(admin).body(Map.of("role", "admin")).patch("/api/v1/users/{name}", email);
        refused(invite(narrow("invites:write"), email));
    }

    @Test
    void whenSomebodyIsNamedLikeTheAddressThenItIsTaken() {
        as(admin).body(Map.of("name", email)).post("/api/v1/users").then().statusCode(201);
        invite(admin, email).then().statusCode(409).body("code", equalTo("email_taken"));
        create(email).then().statusCode(409).body("code", equalTo("email_taken"));
        create("other-" + email).then().statusCode(201);
    }

    @Test
    void whenTheAddressWasGivenUpButIsTheUsernameThenItIsTakenStill() {
        create(email).then().statusCode(201);
        as(admin)
                .body(Map.of("email_address", address()))
                .patch("/api/v1/users/{name}/profile", email)
                .then()
                .statusCode(200);
        create(email).then().statusCode(409).body("code", equalTo("email_taken"));
    }

    @Test
    void whenCreatedAndInvitedAtOnceThenNoNameIsTaken() {
        for (int round = 0; round < 5; round++) {
            String address = address();
            Set<String> answers = AtOnce.each(8, i -> i % 2 == 0 ? invite(admin, address) : create(address)).stream()
                    .map(answer -> answer.statusCode() + " " + answer.path("code"))
                    .collect(Collectors.toSet());
            assertTrue(
                    Set.of("201 null", "409 email_taken", "409 invite_pending", "409 conflict")
                            .containsAll(answers),
                    answers::toString);
            assertEquals(
                    1L,
                    Database.value(
                            "SELECT count(*) FROM users WHERE organization_id = ? AND email_key = ?",
                            organization.id(),
                            address));
        }
    }

    @Test
    void whenAcceptedThenItHasOneClientThatTheTokenEndpointDoesNotKnow() {
        Response created = invite(admin, email);
        accept(token(created)).then().statusCode(200);
        String user = created.path("user_id");
        organization.signIn(email, TestInvites.PASSWORD).then().statusCode(200);
        assertEquals("sign-in-" + user, Database.value("SELECT client_id FROM clients WHERE user_id = ?::uuid", user));
        assertEquals(0L, Database.value("SELECT count(*) FROM client_ids WHERE client_id = ?", "sign-in-" + user));
        as(admin).delete("/api/v1/users/{name}", email).then().statusCode(204);
    }

    private void createPending() {
        create(email).then().statusCode(201);
    }

    private Response create(String address) {
        return as(admin).body(Map.of("email", address, "name", "Ada")).post("/api/v1/app/user");
    }

    private static void refused(Response answer) {
        answer.then().statusCode(403).body("code", equalTo("insufficient_scope"));
    }
}
