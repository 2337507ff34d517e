package dev.roster.api.v1;

import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** A token that was narrowed cannot get back, through another account, what it was made without. */
@QuarkusTest
class RoleGrantTest {
    private static final String ROBOT = SERVICE_ACCOUNTS + "/robot";

    private final TestClient client = TestOrganization.create().client(Role.ADMIN);
    private final V1 admin = V1.of(client);

    @Test
    void whenNarrowedThenMakesNoAdministratorAmongServiceAccounts() {
        V1 narrow = V1.of(client, narrow("clients:write"));
        admin.createServiceAccount("robot");
        assertRefused(narrow.post(SERVICE_ACCOUNTS, "{'name': 'boss', 'role': 'admin'}"));
        assertRefused(narrow.patch(ROBOT, "{'role': 'admin'}"));
        narrow.post(ROBOT + "/token", "{}").then().statusCode(200);
        admin.patch(ROBOT, "{'role': 'admin'}").then().statusCode(200);
        assertRefused(narrow.post(ROBOT + "/token", "{}"));
        admin.get(SERVICE_ACCOUNTS + "/boss").then().statusCode(404);
    }

    @Test
    void whenNarrowedThenMakesNoAdministratorAmongUsers() {
        admin.createUser("ada");
        assertRefused(V1.of(client, narrow("users:write")).patch(USERS + "/ada", "{'role': 'admin'}"));
        admin.patch(USERS + "/ada", "{'role': 'admin'}").then().statusCode(200);
    }

    @Test
    void whenNarrowedThenInvitesNoAdministrator() {
        String boss = "{'email': 'boss@example.com', 'role': 'admin'}";
        V1 narrow = V1.of(client, narrow("invites:write"));
        assertRefused(narrow.post("/api/v1/invites", boss));
        Response invited = admin.post("/api/v1/invites", boss);
        invited.then().statusCode(201);
        String resend = "/api/v1/invites/" + invited.path("id") + "/resend";
        assertRefused(narrow.post(resend, "{}"));
    }

    @Test
    void whenNarrowedThenSendsNoInviteAgainThatHasBecomeOneOfAnAdministrator() {
        Response invited = admin.post("/api/v1/invites", "{'email': 'ada@example.com', 'role': 'member'}");
        invited.then().statusCode(201);
        String resend = "/api/v1/invites/" + invited.path("id") + "/resend";
        V1 narrow = V1.of(client, narrow("invites:write"));
        Response resent = narrow.post(resend, "{}");
        resent.then().statusCode(200);
        admin.patch(USERS + "/ada@example.com", "{'role': 'admin'}").then().statusCode(200);
        assertRefused(narrow.post(resend, "{}"));
        accept(resent).then().statusCode(410);
        Response again = admin.post(resend, "{}");
        again.then().statusCode(200);
        accept(again).then().statusCode(200);
    }

    /** Accepts by the link of an answer. */
    private static Response accept(Response invite) {
        String link = invite.path("invite_link");
        return RestAssured.given()
                .auth()
                .preemptive()
                .oauth2(link.substring(link.indexOf("#token=") + "#token=".length()))
                .contentType("application/json")
                .body("{\"name\": \"Ada\", \"password\": \"correct horse battery\"}")
                .post("/api/v1/invites/accept");
    }

    @Test
    void whenNarrowedThenGivesNoAdministratorAPassword() {
        String ada = "/users/" + admin.createUser("ada").path("id");
        String password = "{'password': 'correct horse battery'}";
        V1 narrow = V1.of(client, narrow("users:write"));
        narrow.patch(ada, password).then().statusCode(200);
        admin.patch(USERS + "/ada", "{'role': 'admin'}").then().statusCode(200);
        narrow.patch(ada, password).then().statusCode(403);
        narrow.patch(ada, "{'is_active': true}").then().statusCode(403);
        admin.patch(ada, password).then().statusCode(200);
    }

    @Test
    void whenNarrowedThenSwitchesNoAdministratorOn() {
        admin.createUser("ada");
        admin.patch(USERS + "/ada", "{'role': 'admin', 'status': 'deactivated'}");
        assertRefused(V1.of(client, narrow("users:write")).patch(USERS + "/ada", "{'status': 'active'}"));
        admin.patch(USERS + "/ada", "{'status': 'active'}").then().statusCode(200);
    }

    /** All that a member's token can, and one thing more. */
    private static String[] narrow(String scope) {
        return new String[] {scope, "users:read", "groups:read", "self:write"};
    }

    private static void assertRefused(Response answer) {
        assertProblem(
                answer,
                403,
                "insufficient_scope",
                "Only a token with all scopes of the role admin acts on accounts of that role or grants" + " it.");
    }
}
