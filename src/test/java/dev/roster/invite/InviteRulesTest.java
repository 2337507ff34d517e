package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.resend;
import static dev.roster.invite.TestInvites.revoke;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may invite, whom, and how often; and what is no request at all. */
@QuarkusTest
class InviteRulesTest {
    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MEMBER", "VIEWER"})
    void onlyAdministratorsHaveToDoWithInvites(Role role) {
        String id = id(invite(admin(), address()));
        String token = organization.token(role);
        forbidden(invite(token, address()));
        forbidden(as(token).get("/api/v1/invites"));
        forbidden(as(token).get("/api/v1/invites/{id}", id));
        forbidden(resend(token, id));
        forbidden(revoke(token, id));
        forbidden(kubiya(token, "invite"));
        forbidden(kubiya(token, "system_invite"));
    }

    @Test
    void aTokenNeedsTheScope() {
        String narrow = organization.token(Role.ADMIN, "users:write");
        invite(narrow, address())
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"))
                .header("WWW-Authenticate", containsString("invites:write"));
        invite(organization.token(Role.ADMIN, "invites:write"), address())
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"))
                .body("invite_link", nullValue());
        String enough = organization.token(Role.ADMIN, "invites:write", "users:read", "groups:read", "self:write");
        invite(enough, address()).then().statusCode(201).body("invite_link", notNullValue());
    }

    @Test
    void withoutATokenNothing() {
        given().get("/api/v1/invites").then().statusCode(401);
    }

    @Test
    void anotherOrganizationsInvitesAreNotFound() {
        String id = id(invite(admin(), address()));
        String stranger = TestOrganization.create().token(Role.ADMIN);
        notFound(as(stranger).get("/api/v1/invites/{id}", id));
        notFound(resend(stranger, id));
        notFound(revoke(stranger, id));
        as(stranger).get("/api/v1/invites").then().body("items.size()", equalTo(0));
    }

    @Test
    void anotherOrganizationInvitesTheSameAddress() {
        String email = address();
        Response here = invite(admin(), email);
        Response there = invite(TestOrganization.create().token(Role.ADMIN), email);
        accept(token(here)).then().statusCode(200);
        accept(token(there)).then().statusCode(200);
    }

    @Test
    void unknownInviteIsNotFound() {
        notFound(resend(admin(), UUID.randomUUID().toString()));
        notFound(revoke(admin(), UUID.randomUUID().toString()));
        badRequest(as(admin()).get("/api/v1/invites/no-uuid"), "id");
    }

    @Test
    void unknownGroupLeavesNothingBehind() {
        String email = address();
        invite(admin(), Map.of("email", email, "role", "member", "groups", new String[] {"x"}))
                .then()
                .statusCode(404)
                .body("code", equalTo("group_not_found"))
                .body("detail", containsString("'x'"));
        as(admin()).get("/api/v1/users/{name}", email).then().statusCode(404);
        invite(admin(), email).then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'member'}|email",
                "{'email':'','role':'member'}|email",
                "{'email':'no address','role':'member'}|email",
                "{'email':7,'role':'member'}|email",
                "{'email':'a@example.org\\nBcc: b@example.org','role':'member'}|email",
                "{'email':'a@example.org'}|role",
                "{'email':'a@example.org','role':'owner'}|role",
                "{'email':'a@example.org','role':null}|role",
                "{'email':'a@example.org','role':'member','groups':'x'}|groups",
                "{'email':'a@example.org','role':'member','groups':[null]}|groups[0]",
                "{'email':'a@example.org','role':'member','name':' '}|name",
                "{'email':'a@example.org','role':'member','name':'a\\u0000b'}|name",
                "{'email':'a@example.org','role':'member','admin':true}|admin",
                "[]|body",
            })
    void badInvitesAreRefused(String body, String field) {
        String json = body.replace('\'', '"');
        Response answer = as(admin()).body(json).post("/api/v1/invites");
        answer.then().statusCode(400).body("invalid_fields", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"email\":\"a@example.org\"} x"})
    void badBodiesAreRefused(String body) {
        as(admin()).body(body).post("/api/v1/invites").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'password':'correct horse'}|name",
                "{'name':'','password':'correct horse'}|name",
                "{'name':'Ada'}|password",
                "{'name':'Ada','password':null}|password",
                "{'name':'Ada','password':'short'}|password",
                "{'name':'Ada','password':'password1'}|password",
                "{'name':'Ada','password':12345678}|password",
                "{'name':'Ada','password':'correct horse','role':'admin'}|role",
            })
    void badAcceptancesAreRefusedAndUseNothingUp(String body, String field) {
        String token = token(invite(admin(), address()));
        badRequest(as(token).body(body.replace('\'', '"')).post("/api/v1/invites/accept"), field);
        accept(token).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=open", "limit=0", "limit=-1", "limit=x", "cursor=x&limit=1"})
    void badListsAreRefused(String query) {
        as(admin()).get("/api/v1/invites?" + query).then().statusCode(400);
    }

    @Test
    void aRecipientGetsFiveMailsAnHour() {
        String id = id(invite(admin(), address()));
        for (int mail = 2; mail <= 5; mail++) {
            resend(admin(), id).then().statusCode(200);
        }
        Response refused = resend(admin(), id);
        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        int wait = Integer.parseInt(refused.header("Retry-After"));
        org.junit.jupiter.api.Assertions.assertTrue(wait > 600 && wait <= 720, "wait " + wait);
        clock.advance(Duration.ofSeconds(wait));
        resend(admin(), id).then().statusCode(200);
        resend(admin(), id).then().statusCode(429);
    }

    @Test
    void refusedInvitesDoNotCount() {
        String email = address();
        String id = id(invite(admin(), email));
        for (int attempt = 0; attempt < 10; attempt++) {
            invite(admin(), email).then().statusCode(409);
        }
        resend(admin(), id).then().statusCode(200);
    }

    @Test
    void anInviterHasALimitOfItsOwn() {
        String other = organization.add("other", Role.ADMIN).token();
        Database.execute(
                "INSERT INTO rate_limits (organization_id, name, subject, free_at)"
                        + " VALUES (?, 'invite:inviter', ?, now() + interval '1 hour')",
                organization.id(),
                organization.client(Role.ADMIN).userId().toString());
        Response refused = invite(admin(), address());
        refused.then().statusCode(429);
        org.junit.jupiter.api.Assertions.assertTrue(Integer.parseInt(refused.header("Retry-After")) <= 18);
        invite(other, address()).then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'member'}|email",
                "{'email':'no address','role':'member'}|email",
                "{'email':'a@example.org'}|role",
                "{'email':'a@example.org','role':'owner'}|role",
                "{'email':'a@example.org','role':'member','groups':[null]}|groups[0]",
            })
    void badKubiyaInvitesAreRefusedInItsErrorBody(String body, String field) {
        as(admin())
                .body(body.replace('\'', '"'))
                .post("/api/v1/users/invite")
                .then()
                .statusCode(400)
                .body("error.code", equalTo("invalid_request"))
                .body("error.details.containsKey('" + field + "')", equalTo(true));
    }

    @Test
    void kubiyaErrorsAreInItsErrorBody() {
        String email = address();
        Map<String, ?> body = Map.of("email", email, "role", "member", "extra", 1);
        as(admin()).body(body).post("/api/v1/users/invite").then().statusCode(200);
        as(admin())
                .body(body)
                .post("/api/v1/users/invite")
                .then()
                .statusCode(409)
                .body("error.code", equalTo("invite_pending"));
    }

    @Test
    void kubiyaInvites() {
        as(admin()).body(Map.of("name", "math")).post("/api/v1/groups").then().statusCode(201);
        String email = address();
        Response invited = given().header("Authorization", "UserKey " + admin())
                .contentType("application/json")
                .body("{\"email\":\"" + email + "\",\"role\":\"viewer\",\"groups\":[\"math\"]}")
                .post("/api/v1/users/invite");
        invited.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("email", equalTo(email))
                .body("name", equalTo(email))
                .body("role", equalTo("viewer"))
                .body("groups", equalTo(java.util.List.of("math")))
                .body("status", equalTo("pending_sign_up"))
                .body("containsKey('last_login')", equalTo(true));
        accept(token(invited)).then().statusCode(200);
        as(admin())
                .get("/api/v1/invites/{id}", invited.<String>path("invite_id"))
                .then()
                .body("invited_by", equalTo("admin"));
    }

    @Test
    void kubiyaInvitesBySystem() {
        Response invited = kubiya(admin(), "system_invite");
        invited.then().statusCode(200);
        as(admin())
                .get("/api/v1/invites/{id}", invited.<String>path("invite_id"))
                .then()
                .body("containsKey('invited_by')", equalTo(false));
    }

    private static Response kubiya(String token, String path) {
        return as(token).body(Map.of("email", address(), "role", "member")).post("/api/v1/users/" + path);
    }

    private static void forbidden(Response answer) {
        answer.then().statusCode(403);
    }

    private static void notFound(Response answer) {
        answer.then().statusCode(404).body("code", equalTo("invite_not_found"));
    }

    private static void badRequest(Response answer, String field) {
        answer.then().statusCode(400).body("invalid_fields", hasItem(field));
    }

    private String admin() {
        return organization.token(Role.ADMIN);
    }
}
