package dev.roster.api.decube;

import static dev.roster.api.decube.Decube.NOT_FOUND;
import static dev.roster.api.decube.Decube.USER;
import static dev.roster.api.decube.Decube.assertInvalid;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the Decube contract about finding and creating a user, and every error of it. */
@QuarkusTest
@Tag("packaged")
class DecubeContractTest {

    private final TestOrganization organization = TestOrganization.create();
    private final Decube decube = new Decube(organization);

    @Test
    void whenCreatedThen201AndPendingSignUp() {
        Response created = decube.create("ada@example.com", "Ada");
        assertAnswer(created, 201, "{\"email\": \"ada@example.com\", \"id\": \"<id>\", \"name\": \"Ada\"}");
        assertAnswer(decube.admin().queryParam("id", created.<String>path("id")).get(USER), 200, """
                {"id": "<id>", "name": "Ada", "email": "ada@example.com", "status": "pending_sign_up"}
                """);
    }

    @Test
    void whenFoundByEmailInAnyCaseThen200() {
        decube.create("Ada@Example.com", "Ada");
        assertAnswer(decube.admin().queryParam("email", "aDA@example.COM").get(USER), 200, """
                {"id": "<id>", "name": "Ada", "email": "Ada@Example.com", "status": "pending_sign_up"}
                """);
    }

    @Test
    void whenUserHasNoEmailThenEmptyText() {
        TestClient member = organization.add("mia", Role.MEMBER);
        assertAnswer(decube.admin().queryParam("id", member.userId()).get(USER), 200, """
                {"id": "<id>", "name": "mia", "email": "", "status": "active"}
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "id, 00000000-0000-7000-8000-000000000000",
        "email, nobody@example.com",
        "email, not an address",
    })
    void whenNobodyIsFoundThen404(String parameter, String value) {
        assertAnswer(decube.admin().queryParam(parameter, value).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenUserIsOfAnotherOrganizationThen404() {
        TestClient other = TestOrganization.create().add("other", Role.MEMBER);
        assertAnswer(decube.admin().queryParam("id", other.userId()).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenServiceAccountThen404() {
        TestClient program = organization.add("program", Role.MEMBER);
        Database.execute("UPDATE users SET kind = 'service' WHERE id = ?", program.userId());
        assertAnswer(decube.admin().queryParam("id", program.userId()).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenNeitherIdNorEmailThen422() {
        assertInvalid(decube.admin().get(USER), "id: must be given, or else email, and not both.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?email=", "?email=%20", "?email"})
    void whenEmailIsEmptyThen422(String query) {
        assertAnswer(
                decube.admin().urlEncodingEnabled(false).get(USER + query),
                422,
                "{\"code\": \"invalid_request\", \"message\": \"<text>\"}");
    }

    @Test
    void whenBothIdAndEmailThen422() {
        assertInvalid(
                decube.admin()
                        .queryParam("id", UUID.randomUUID())
                        .queryParam("email", "a@b.de")
                        .get(USER),
                "id: must be given, or else email, and not both.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-USER1",
                "1",
                "1-1-1-1-1",
                "../etc",
                "00000000-0000-7000-8000-00000000000g",
                "\u0000",
            })
    void whenIdIsOfAnotherFormThen404(String id) {
        assertAnswer(decube.admin().queryParam("id", id).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenEmailHasNulThen422() {
        assertEquals(
                422,
                decube.admin()
                        .urlEncodingEnabled(false)
                        .get(USER + "?email=a%00")
                        .statusCode());
    }

    @Test
    void whenEmailIsTakenInAnyCaseThen409() {
        decube.create("ada@example.com", "Ada");
        assertTaken(decube.create("ADA@example.com", "Another"));
    }

    @Test
    void whenEmailIsOfDeactivatedUserThen409AndItStaysDeactivated() {
        decube.create("ada@example.com", "Ada");
        decube.admin()
                .queryParam("email", "ada@example.com")
                .delete(USER)
                .then()
                .statusCode(200);
        assertTaken(decube.create("ada@example.com", "Ada"));
        assertEquals("deactivated", decube.statusOf("ada@example.com"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | email: is required. name: is required.",
                "{\"email\":\"a@b.de\"} | name: is required.",
                "{\"name\":\"A\"} | email: is required.",
                "{\"email\":null,\"name\":\"A\"} | email: is required.",
                "{\"email\":\"\",\"name\":\"A\"} | email: is required.",
                "{\"email\":\"nope\",\"name\":\"A\"} | email: must be an e-mail address of at most 254 characters.",
                "{\"email\":1,\"name\":\"A\"} | email: must be a string.",
                "{\"email\":\"a@b.de\",\"name\":[]} | name: must be a string.",
                "{\"email\":\"a@b.de\",\"name\":\" \"} | name: must be 1 to 150 characters, not blank, without control or invisible characters.",
                "[] | body: must be a JSON object.",
                "null | body: is required.",
            })
    void whenBodyBreaksARuleThen422(String body, String message) {
        assertInvalid(decube.admin().body(body).post(USER), message);
    }

    @Test
    void whenBodyIsMalformedThen422() {
        assertAnswer(
                decube.admin().body("{\"email\":").post(USER),
                422,
                "{\"code\": \"malformed_json\", \"message\": \"<text>\"}");
    }

    @Test
    void whenBodyHasMoreThanDocumentedThenCreated() {
        decube.admin()
                .body("{\"email\":\"x@example.com\",\"name\":\"X\",\"team\":{\"a\":[1]}}")
                .post(USER)
                .then()
                .statusCode(201);
    }

    @Test
    void whenEmailIsLongOrHasASlashThenCreatedAndReachableByName() {
        String local = "a".repeat(60);
        String email = local + "@" + "b".repeat(60) + ".example.com";
        decube.create(email, "Long").then().statusCode(201);
        decube.create("x/y@example.com", "Slash").then().statusCode(201);
        String username = (String) Database.value(
                "SELECT username FROM users WHERE organization_id = ? AND email_key = ?",
                organization.id(),
                "x/y@example.com");
        assertEquals("x/y@example.com", username);
        decube.admin().get("/api/v1/users/{name}", username).then().statusCode(200);
    }

    @Test
    void whenMemberCreatesThen403() {
        Response answer = decube.as(Role.MEMBER)
                .body("{\"email\":\"a@b.de\",\"name\":\"A\"}")
                .post(USER);
        assertEquals(403, answer.statusCode());
        assertEquals("insufficient_scope", answer.path("code"));
    }

    private static void assertTaken(Response answer) {
        assertAnswer(answer, 409, """
                {"code": "email_taken", "message": "The e-mail address belongs to another user."}
                """);
    }
}
