package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How organizations end: switched off, on again, deleted. */
@QuarkusTest
@Tag("packaged")
class OrganizationEndContractTest {
    private static final String ORGANIZATIONS = "/api/v1/organizations/";
    private static final String OFF = "{'status': 'deactivated'}";
    private static final String ON = "{'status': 'active'}";

    private final TestOrganization operators = TestOrganization.create();
    private final TestOrganization organization = TestOrganization.create();
    private final TestClient ann = organization.add("ann", Role.ADMIN);
    private final String path = ORGANIZATIONS + organization.name();
    private V1 system;

    @BeforeEach
    void signIn() {
        TestClient operator = operators.client(Role.ADMIN);
        operator.becomeSystem();
        system = new V1(operator.token("system"));
    }

    @Test
    void whenDeactivatedThenAllTokensEndAndNoneIsGiven() {
        V1 admin = new V1(ann.token());
        V1 key = new V1(admin.post("/api/v1/api-keys", "{'name': 'laptop'}").path("key"));
        key.get(USERS + "/me").then().statusCode(200);
        assertAnswer(system.patch(path, OFF), 200, """
                {'id': '%s', 'name': '%s', 'display_name': 'Test', 'created_at': '<time>', 'status': 'deactivated'}""".formatted(organization.id(), organization.name()));
        admin.get(USERS + "/me").then().statusCode(401);
        key.get(USERS + "/me").then().statusCode(401);
        assertEquals(401, userKey(admin));
        ann.grant().then().statusCode(401).body("error", equalTo("invalid_client"));
        system.get(USERS + "/me").then().statusCode(403);
    }

    @Test
    void whenActiveAgainThenNewSignInsAndKeysWorkAndEarlierTokensDoNot() {
        V1 admin = new V1(ann.token());
        V1 key = new V1(admin.post("/api/v1/api-keys", "{'name': 'laptop'}").path("key"));
        system.patch(path, OFF).then().statusCode(200);
        key.get(USERS + "/me").then().statusCode(401);
        system.patch(ORGANIZATIONS + organization.id(), ON)
                .then()
                .statusCode(200)
                .body("status", equalTo("active"));
        admin.get(USERS + "/me").then().statusCode(401);
        key.get(USERS + "/me").then().statusCode(200);
        V1 again = new V1(ann.token());
        again.get(USERS + "/me").then().statusCode(200);
        system.patch(path, OFF).then().statusCode(200);
        again.get(USERS + "/me").then().statusCode(401);
    }

    @Test
    void whenDeactivatedThenItsInvitesWait() {
        V1 admin = new V1(ann.token());
        Response sent = admin.post("/api/v1/invites", "{'email': 'mia@example.com', 'role': 'member'}");
        String link = sent.then().statusCode(201).extract().path("invite_link");
        system.patch(path, OFF).then().statusCode(200);
        accept(link).then().statusCode(403).body("code", equalTo("organization_deactivated"));
        system.patch(path, ON).then().statusCode(200);
        Response accepted = accept(link);
        accepted.then().statusCode(200);
        new V1(accepted.path("access_token")).get(USERS + "/me").then().statusCode(200);
        system.patch(path, OFF).then().statusCode(200);
        organization
                .signIn("mia@example.com", "correct horse battery staple")
                .then()
                .statusCode(401);
    }

    /** Names come from tenants, where a portal makes organizations for them. */
    @Test
    void whenAnotherIsNamedLikeItsIdThenTheIdIsMeant() {
        for (String name : new String[] {organization.id().toString(), "deleting-" + organization.id()}) {
            system.post("/api/v1/organizations", "{'name': '%s'}".formatted(name))
                    .then()
                    .statusCode(201);
        }
        system.patch(ORGANIZATIONS + organization.id(), OFF)
                .then()
                .statusCode(200)
                .body("name", equalTo(organization.name()));
        system.delete(ORGANIZATIONS + organization.id()).then().statusCode(204);
        system.get("/api/v1/organizations?limit=1000")
                .then()
                .body("items.name", not(hasItem(organization.name())))
                .body("items.name", hasItem(organization.id().toString()));
    }

    @Test
    void whenDeletedThenGoneAndItsNameIsFree() {
        assertProblem(
                system.delete(path),
                409,
                "organization_active",
                "An organization is deactivated before it is deleted.");
        system.patch(path, OFF).then().statusCode(200);
        system.delete(path).then().statusCode(204);
        for (String gone : new String[] {path, ORGANIZATIONS + organization.id()}) {
            system.delete(gone).then().statusCode(404);
            assertProblem(system.patch(gone, ON), 404, "organization_not_found", "Organization not found.");
        }
        ann.grant().then().statusCode(401);
        system.get("/api/v1/organizations")
                .then()
                .body("items.id", not(hasItem(organization.id().toString())));
        system.post("/api/v1/organizations", "{'name': '" + organization.name() + "'}")
                .then()
                .statusCode(201);
    }

    @Test
    void whenItIsTheOneOfTheInstallationOrOfTheCallerThenRefused() {
        for (String own :
                new String[] {"default", operators.name(), operators.id().toString()}) {
            assertProblem(
                    system.patch(ORGANIZATIONS + own, OFF),
                    409,
                    "system_organization",
                    "The organization that the installation is run from stays active.");
            system.delete(ORGANIZATIONS + own).then().statusCode(409);
        }
        system.get("/api/v1/organizations").then().statusCode(200);
    }

    @Test
    void whenStatusIsNoneThenNamed() {
        assertInvalid(system.patch(path, "{}"), "status", "is required");
        assertInvalid(system.patch(path, "{'status': 'deleting'}"), "status", "must be one of active, deactivated");
    }

    private static Response accept(String link) {
        String token = link.substring(link.indexOf("#token=") + "#token=".length());
        return new V1(token)
                .post("/api/v1/invites/accept", "{'name': 'Mia', 'password': 'correct horse battery staple'}");
    }

    private static int userKey(V1 admin) {
        return given().header("Authorization", "UserKey " + admin.token())
                .get("/api/v1/users/current")
                .statusCode();
    }
}
