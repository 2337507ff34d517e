package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Persons who come back: accounts that are opened again, and those that are made active as they were. */
@QuarkusTest
@Tag("packaged")
class ReactivationContractTest {
    private static final String EMAIL = "ann@example.org";
    private static final String ANN = USERS + "/ann";
    private static final String REACTIVATE = ANN + "/reactivate";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    private UUID ann;
    private TestClient client;

    @BeforeEach
    void deactivateAnn() {
        ann = TestRows.person(organization, "ann", EMAIL, Role.MEMBER);
        client = organization.addClient(ann, Role.MEMBER);
        Database.execute("UPDATE users SET password_hash = 'kept' WHERE id = ?", ann);
        TestRows.group(organization, "staff");
        TestRows.group(organization, "news");
        admin.put(ANN + "/groups", "{'add_to_groups': ['staff']}").then().statusCode(200);
        admin.patch(ANN, "{'status': 'deactivated'}").then().statusCode(200);
    }

    @Test
    void whenReactivatedThenPendingWithNothingOfWhatItHad() {
        admin.post(REACTIVATE, "{}")
                .then()
                .statusCode(200)
                .body("status", equalTo("pending_sign_up"))
                .body("groups", empty());
        assertEquals(true, Database.value("SELECT password_hash IS NULL FROM users WHERE id = ?", ann));
        admin.patch(ANN, "{'status': 'active'}").then().statusCode(200);
        client.grant().then().statusCode(401);
        admin.get(ANN + "/secrets").then().body("items", empty());
    }

    @Test
    void whenOtherContractsCreateItThenConflictUntilItIsReactivated() {
        create("/api/v1/app/user", "{\"email\": \"" + EMAIL + "\", \"name\": \"Ann\"}")
                .statusCode(409);
        create(USERS, "{\"name\": \"ann\"}").statusCode(409);
        assertDecube("deactivated");
        admin.post(REACTIVATE, "{}").then().statusCode(200);
        assertDecube("pending_sign_up");
        admin.get(ANN).then().body("groups", empty());
    }

    private ValidatableResponse create(String path, String json) {
        return given().auth()
                .oauth2(admin.token())
                .contentType("application/json")
                .body(json)
                .post(path)
                .then();
    }

    private void assertDecube(String status) {
        given().auth()
                .oauth2(admin.token())
                .queryParam("email", EMAIL)
                .get("/api/v1/app/user")
                .then()
                .statusCode(200)
                .body("status", equalTo(status));
    }

    @Test
    void whenItKeepsItsGroupsThenItIsInThem() {
        admin.post(REACTIVATE, "{'keep_groups': true}")
                .then()
                .statusCode(200)
                .body("status", equalTo("pending_sign_up"))
                .body("groups.name", contains("staff"));
    }

    @Test
    void whenItIsNotDeactivatedThenConflict() {
        admin.post(REACTIVATE, "{}").then().statusCode(200);
        admin.post(REACTIVATE, "{}")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("detail", equalTo("The account is not deactivated."));
    }

    @Test
    void whenItsIdentityProviderLetsItInThenRefused() {
        Database.execute("UPDATE users SET oauth_provider = 'keycloak', oauth_id = 'x' WHERE id = ?", ann);
        admin.post(REACTIVATE, "{}").then().statusCode(409).body("code", equalTo("conflict"));
    }

    @ParameterizedTest
    @CsvSource({"false, news", "true, 'news,staff'"})
    void whenItsAddressIsInvitedThenOpenedAgain(boolean keepGroups, String groups) {
        Response invited = admin.post(
                "/api/v1/invites",
                "{'email': '%s', 'role': 'viewer', 'groups': ['news'], 'keep_groups': %s}"
                        .formatted(EMAIL, keepGroups));
        invited.then().statusCode(201);
        admin.get(ANN)
                .then()
                .body("status", equalTo("pending_sign_up"))
                .body("role", equalTo("viewer"))
                .body("groups.name", contains((Object[]) groups.split(",", -1)));
        client.grant().then().statusCode(401);
    }

    @Test
    void whenWhoInvitesMayNotChangeUsersThenNotOpenedAgain() {
        V1 inviter = V1.of(organization.client(Role.ADMIN), "invites:write", "users:read");
        inviter.post("/api/v1/invites", "{'email': '" + EMAIL + "', 'role': 'viewer'}")
                .then()
                .statusCode(403);
        admin.get(ANN).then().body("status", equalTo("deactivated"));
    }

    @ParameterizedTest
    @CsvSource({"29, false", "31, true"})
    void whenMadeActiveAfterLongThenItsPasswordIsToBeChanged(int days, boolean expired) {
        deactivatedSince(days);
        admin.patch(ANN, "{'status': 'active'}").then().statusCode(200);
        assertActiveAndExpired(expired);
        admin.get(ANN).then().body("groups.name", contains("staff"));
    }

    @ParameterizedTest
    @CsvSource({"29, false", "31, true"})
    void whenZenmlMakesItActiveThenTheSame(int days, boolean expired) {
        deactivatedSince(days);
        RestAssured.given()
                .header("Authorization", "Bearer " + admin.token())
                .contentType("application/json")
                .body("{\"is_active\": true}")
                .patch("/users/" + ann)
                .then()
                .statusCode(200)
                .body("is_active", equalTo(true));
        assertActiveAndExpired(expired);
    }

    private void deactivatedSince(int days) {
        Database.execute("UPDATE users SET deactivated_at = now() - ? * interval '1 day' WHERE id = ?", days, ann);
    }

    private void assertActiveAndExpired(boolean expired) {
        assertEquals(
                "active kept " + expired,
                Database.value(
                        "SELECT status || ' ' || password_hash || ' ' || CAST(password_expired AS text)"
                                + " FROM users WHERE id = ?",
                        ann));
    }
}
