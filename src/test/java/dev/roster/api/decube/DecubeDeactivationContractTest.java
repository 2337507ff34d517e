package dev.roster.api.decube;

import static dev.roster.api.decube.Decube.NOT_FOUND;
import static dev.roster.api.decube.Decube.USER;
import static dev.roster.api.decube.Decube.USERS;
import static dev.roster.api.decube.Decube.assertInvalid;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.platform.validation.Storable;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every line of the Decube contract about deactivating a user, and every error of it. */
@QuarkusTest
@Tag("packaged")
class DecubeDeactivationContractTest {
    private static final String DEACTIVATED = """
            {"code": "user_account_deactivated_successfully",
             "message": "User account deactivated successfully."}
            """;

    private static final String UNSTORABLE = "email: " + Storable.RULE + ".";

    private final TestOrganization organization = TestOrganization.create();
    private final Decube decube = new Decube(organization);

    @Test
    void whenDeactivatedByQueryThenRowStays() {
        decube.create("ada@example.com", "Ada");
        assertAnswer(decube.admin().queryParam("email", "ada@example.com").delete(USER), 200, DEACTIVATED);
        assertEquals("deactivated", decube.statusOf("ada@example.com"));
    }

    @Test
    void whenDeactivatedByBodyThenRowStays() {
        decube.create("ada@example.com", "Ada");
        assertAnswer(decube.admin().body("{\"email\":\"ada@example.com\"}").delete(USER), 200, DEACTIVATED);
        assertEquals("deactivated", decube.statusOf("ada@example.com"));
    }

    @Test
    void whenDeactivatedTwiceThen200() {
        decube.create("ada@example.com", "Ada");
        for (int i = 0; i < 2; i++) {
            assertAnswer(decube.admin().queryParam("email", "ada@example.com").delete(USER), 200, DEACTIVATED);
        }
    }

    @Test
    void whenDeactivatedThenNoMoreTokens() {
        TestClient member = organization.add("mia", Role.MEMBER);
        TestRows.email(member.userId(), "m@x.de");
        String token = member.token();
        given().auth().oauth2(token).get(USERS).then().statusCode(200);
        decube.admin().queryParam("email", "m@x.de").delete(USER).then().statusCode(200);
        given().auth().oauth2(token).get(USERS).then().statusCode(401);
        member.grant().then().statusCode(401);
    }

    @Test
    void whenDeactivationNamesNobodyThen422() {
        assertInvalid(decube.admin().delete(USER), "email: is required.");
        assertInvalid(decube.admin().body("{}").delete(USER), "email: is required.");
    }

    /** A plus in a query is a space to whoever reads it as a form. */
    @Test
    void whenQueryAndBodyAreTheSameAddressInOtherSpellingsThenDeactivated() {
        decube.create("a+b@example.com", "Ada");
        assertAnswer(
                decube.admin()
                        .urlEncodingEnabled(false)
                        .body("{\"email\":\"A+b@example.com\"}")
                        .delete(USER + "?email=a+b@example.com"),
                200,
                DEACTIVATED);
        assertEquals("deactivated", decube.statusOf("a+b@example.com"));
    }

    @Test
    void whenAnAddressCannotBeStoredThen422() {
        assertInvalid(decube.admin().body("{\"email\":\"a\\u0000\"}").delete(USER), UNSTORABLE);
        assertInvalid(decube.admin().urlEncodingEnabled(false).delete(USER + "?email=a%00"), UNSTORABLE);
        assertInvalid(decube.admin().urlEncodingEnabled(false).get(USER + "?email=a%00"), UNSTORABLE);
    }

    @Test
    void whenDeactivationContradictsItselfThen422() {
        assertInvalid(
                decube.admin()
                        .queryParam("email", "a@b.de")
                        .body("{\"email\":\"c@d.de\"}")
                        .delete(USER),
                "email: must be the same in the query and the body.");
    }

    @Test
    void whenUnknownIsDeactivatedThen404() {
        assertAnswer(decube.admin().queryParam("email", "nobody@example.com").delete(USER), 404, NOT_FOUND);
    }

    @Test
    void whenLastAdminIsDeactivatedThen409() {
        TestClient admin = organization.client(Role.ADMIN);
        TestRows.email(admin.userId(), "a@x.de");
        assertAnswer(decube.admin().queryParam("email", "a@x.de").delete(USER), 409, """
                {"code": "last_admin",
                 "message": "The last administrator of an organization must remain."}
                """);
    }
}
