package dev.roster.api.v1;

import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The secrets of persons: their own, and for administrators those of others. */
@QuarkusTest
@Tag("packaged")
class UserSecretsContractTest {
    private static final String OWN = USERS + "/me/secrets";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient ann = organization.add("ann", Role.ADMIN);
    private V1 admin;

    @BeforeEach
    void signIn() {
        admin = new V1(ann.token());
    }

    @Test
    void whenAdministratorRotatesItsOwnSecretThenTheOldOneEnds() {
        Response added = admin.post(OWN, "{'name': 'spring'}");
        assertAnswer(added, 201, """
                {'id': '<uuid>', 'name': 'spring', 'client_id': '<text>', 'created_at': '<time>',
                 'client_secret': '<text>'}""");
        assertEquals("no-store", added.header("Cache-Control"));
        V1 renewed = new V1(token(added).then().statusCode(200).extract().path("access_token"));
        renewed.delete(OWN + "/" + ann.id()).then().statusCode(204);
        ann.grant().then().statusCode(401).body("error", equalTo("invalid_client"));
        admin.get(USERS + "/me").then().statusCode(401);
        renewed.get(USERS + "/ann/secrets").then().body("items", hasSize(1));
    }

    @Test
    void whenItIsTheLastOfTheAdministratorsThenItStays() {
        organization.add("mia", Role.MEMBER);
        assertProblem(
                admin.delete(OWN + "/" + ann.id()),
                409,
                "last_admin_credential",
                "An administrator with a usable secret or password must remain.");
        admin.get(USERS + "/me").then().statusCode(200);
        ann.grant().then().statusCode(200);
    }

    @Test
    void whenTwoAdministratorsEndTheirLastSecretsAtOnceThenOneStays() {
        TestClient bob = organization.add("bob", Role.ADMIN);
        List<Integer> statuses = Http.statusesAtOnce(List.of(
                Http.request(ann.token(), "DELETE", OWN + "/" + ann.id(), null),
                Http.request(bob.token(), "DELETE", OWN + "/" + bob.id(), null)));
        assertEquals(List.of(204, 409), statuses.stream().sorted().toList());
    }

    @Test
    void whenTheOtherAdministratorHasNoCredentialThenTheLastWithOneStays() {
        TestRows.person(organization, "bob", Role.ADMIN);
        admin.patch(USERS + "/ann", "{'status': 'deactivated'}")
                .then()
                .statusCode(409)
                .body("code", equalTo("last_admin_credential"));
    }

    @Test
    void whenTokenIsNarrowedThenNoSecretIsMadeOrEnded() {
        V1 narrow = new V1(ann.token(Scope.SELF_WRITE));
        assertRefused(narrow.post(OWN, "{'name': 'x'}"), "insufficient_scope");
        assertRefused(narrow.delete(OWN + "/" + ann.id()), "insufficient_scope");
        V1 clients = new V1(ann.token(Scope.CLIENTS_WRITE));
        TestClient bob = organization.add("bob", Role.ADMIN);
        assertRefused(clients.post(USERS + "/bob/secrets", "{'name': 'x'}"), "insufficient_scope");
        assertRefused(clients.delete(USERS + "/bob/secrets/" + bob.id()), "insufficient_scope");
        bob.grant().then().statusCode(200);
    }

    @Test
    void whenMadeWithAnApiKeyThenRefused() {
        V1 key = new V1(admin.post("/api/v1/api-keys", "{'name': 'laptop'}").path("key"));
        assertRefused(key.post(OWN, "{'name': 'x'}"), "sign_in_again");
        assertRefused(key.post(USERS + "/ann/secrets", "{'name': 'x'}"), "sign_in_again");
        admin.get(OWN).then().body("items", hasSize(1));
    }

    @Test
    void whenTheAccountHasAPasswordThenThatToo() {
        Database.execute("UPDATE users SET password_hash = 'none of any password' WHERE id = ?", ann.userId());
        assertRefused(admin.post(OWN, "{'name': 'x'}"), "current_password_required");
        admin.get(OWN).then().body("items", hasSize(1));
    }

    @Test
    void whenThePasswordIsProvenThenTheNewOneMayOutliveThatOfTheToken() {
        String password = "correct horse battery staple";
        new V1(organization.add("bob", Role.ADMIN).token())
                .patch("/users/" + ann.userId(), "{'password': '" + password + "', 'password_expired': false}")
                .then()
                .statusCode(200);
        Database.execute("UPDATE clients SET expires_at = now() + interval '1 day' WHERE id = ?", ann.id());
        new V1(ann.token())
                .post(OWN, "{'name': 'x', 'current_password': '" + password + "'}")
                .then()
                .statusCode(201)
                .body("expires_at", nullValue());
    }

    @Test
    void whenThatOfTheTokenHasEndedThenNoOtherIsMade() {
        Database.execute("UPDATE clients SET expires_at = now() - interval '1 second' WHERE id = ?", ann.id());
        assertProblem(admin.post(OWN, "{'name': 'x'}"), 401, "invalid_token", "A valid access token is required.");
        new V1(organization.add("bob", Role.ADMIN).token())
                .get(USERS + "/ann/secrets")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void whenMemberThenItsOwnOnly() {
        V1 mia = new V1(organization.add("mia", Role.MEMBER).token());
        mia.post(USERS + "/mia/secrets", "{'name': 'laptop'}").then().statusCode(201);
        mia.get(OWN).then().body("items", hasSize(2));
        for (String path : List.of("/ann/secrets", "/nobody/secrets")) {
            mia.get(USERS + path).then().statusCode(403);
            assertRefused(mia.post(USERS + path, "{'name': 'x'}"), "forbidden");
        }
        assertRefused(mia.delete(USERS + "/ann/secrets/" + ann.id()), "forbidden");
        ann.grant().then().statusCode(200);
    }

    @Test
    void whenAnAccountHasTwentyThenNoMore() {
        admin.createServiceAccount("robot");
        String secrets = SERVICE_ACCOUNTS + "/robot/secrets";
        for (int made = 1; made < 20; made++) {
            admin.post(secrets, "{'name': 'x'}").then().statusCode(201);
        }
        assertProblem(
                admin.post(secrets, "{'name': 'x'}"),
                409,
                "secret_limit_reached",
                "There are 20 usable secrets already.");
        admin.post(SERVICE_ACCOUNTS + "/robot/token", "{}").then().statusCode(200);
        admin.get(secrets).then().body("items", hasSize(1));
    }

    @Test
    void whenOfAnotherOrganizationThenNotFound() {
        V1 stranger = V1.admin(TestOrganization.create());
        stranger.get(USERS + "/ann/secrets").then().statusCode(404);
        stranger.post(USERS + "/ann/secrets", "{'name': 'x'}").then().statusCode(404);
        stranger.delete(USERS + "/ann/secrets/" + ann.id()).then().statusCode(404);
        ann.grant().then().statusCode(200);
    }

    private static void assertRefused(Response answer, String code) {
        answer.then().statusCode(403).body("code", equalTo(code));
    }

    private static Response token(Response made) {
        return TestClient.grant(made.path("client_id"), made.path("client_secret"));
    }
}
