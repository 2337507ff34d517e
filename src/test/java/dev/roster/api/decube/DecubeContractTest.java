package dev.roster.api.decube;

import static dev.roster.testing.Answers.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the Decube contract about finding and creating a user, and every error of it. */
@QuarkusTest
class DecubeContractTest {
    private static final String USER = "/api/v1/app/user";
    private static final String NOT_FOUND =
            "{\"code\": \"user_not_found\", \"message\": \"User not found.\"}";

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenCreatedThen201AndPendingSignUp() {
        Response created = create("ada@example.com", "Ada");
        assertAnswer(
                created,
                201,
                "{\"email\": \"ada@example.com\", \"id\": \"#uuid\", \"name\": \"Ada\"}");
        assertAnswer(
                admin().queryParam("id", created.<String>path("id")).get(USER),
                200,
                """
                {"id": "#uuid", "name": "Ada", "email": "ada@example.com", "status": "pending_sign_up"}
                """);
    }

    @Test
    void whenFoundByEmailInAnyCaseThen200() {
        create("Ada@Example.com", "Ada");
        assertAnswer(
                admin().queryParam("email", "aDA@example.COM").get(USER),
                200,
                """
                {"id": "#uuid", "name": "Ada", "email": "Ada@Example.com", "status": "pending_sign_up"}
                """);
    }

    @Test
    void whenUserHasNoEmailThenEmptyText() {
        TestClient member = organization.add("mia", Role.MEMBER);
        assertAnswer(
                admin().queryParam("id", member.userId()).get(USER),
                200,
                """
                {"id": "#uuid", "name": "mia", "email": "", "status": "active"}
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "id, 00000000-0000-7000-8000-000000000000",
        "email, nobody@example.com",
        "email, not an address",
    })
    void whenNobodyIsFoundThen404(String parameter, String value) {
        assertAnswer(admin().queryParam(parameter, value).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenUserIsOfAnotherOrganizationThen404() {
        TestClient other = TestOrganization.create().add("other", Role.MEMBER);
        assertAnswer(admin().queryParam("id", other.userId()).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenServiceAccountThen404() {
        TestClient program = organization.add("program", Role.MEMBER);
        Database.execute("UPDATE users SET kind = 'service' WHERE id = ?", program.userId());
        assertAnswer(admin().queryParam("id", program.userId()).get(USER), 404, NOT_FOUND);
    }

    @Test
    void whenNeitherIdNorEmailThen422() {
        assertInvalid(admin().get(USER), "id: must be given, or else email, and not both.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?email=", "?email=%20", "?email"})
    void whenEmailIsEmptyThen422(String query) {
        assertAnswer(
                admin().urlEncodingEnabled(false).get(USER + query),
                422,
                "{\"code\": \"invalid_request\", \"message\": \"#text\"}");
    }

    @Test
    void whenBothIdAndEmailThen422() {
        assertInvalid(
                admin().queryParam("id", UUID.randomUUID()).queryParam("email", "a@b.de").get(USER),
                "id: must be given, or else email, and not both.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1-1-1-1-1", "../etc", "00000000-0000-7000-8000-00000000000g"})
    void whenIdIsNoUuidThen422(String id) {
        assertInvalid(admin().queryParam("id", id).get(USER), "id: must be a UUID.");
    }

    @Test
    void whenEmailHasNulThen422() {
        assertEquals(422, admin().urlEncodingEnabled(false).get(USER + "?email=a%00").statusCode());
    }

    @Test
    void whenEmailIsTakenInAnyCaseThen409() {
        create("ada@example.com", "Ada");
        assertTaken(create("ADA@example.com", "Another"));
    }

    @Test
    void whenEmailIsOfDeactivatedUserThen409AndItStaysDeactivated() {
        create("ada@example.com", "Ada");
        admin().queryParam("email", "ada@example.com").delete(USER).then().statusCode(200);
        assertTaken(create("ada@example.com", "Ada"));
        assertEquals("deactivated", statusOf("ada@example.com"));
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
                "{\"email\":\"a@b.de\",\"name\":\" \"} | name: must be 1 to 150 characters, not blank, without control characters.",
                "[] | body: must be a JSON object.",
                "null | body: is required.",
            })
    void whenBodyBreaksARuleThen422(String body, String message) {
        assertInvalid(admin().body(body).post(USER), message);
    }

    @Test
    void whenBodyIsMalformedThen422() {
        assertAnswer(
                admin().body("{\"email\":").post(USER),
                422,
                "{\"code\": \"malformed_json\", \"message\": \"#text\"}");
    }

    @Test
    void whenBodyHasMoreThanDocumentedThenCreated() {
        admin().body("{\"email\":\"x@example.com\",\"name\":\"X\",\"team\":{\"a\":[1]}}")
                .post(USER)
                .then()
                .statusCode(201);
    }

    @Test
    void whenEmailIsTooLongOrHasASlashForAUsernameThenCreatedAndReachableByName() {
        String local = "a".repeat(60);
        String email = local + "@" + "b".repeat(60) + ".example.com";
        create(email, "Long").then().statusCode(201);
        create("x/y@example.com", "Slash").then().statusCode(201);
        String username =
                (String)
                        Database.value(
                                "SELECT username FROM users WHERE organization_id = ? AND email_key = ?",
                                organization.id(),
                                "x/y@example.com");
        assertTrue(username.matches("x-y@example\\.com-[0-9a-f]{12}"), username);
        admin().get("/api/v1/users/{name}", username).then().statusCode(200);
    }

    @Test
    void whenMemberCreatesThen403() {
        Response answer = as(Role.MEMBER).body("{\"email\":\"a@b.de\",\"name\":\"A\"}").post(USER);
        assertEquals(403, answer.statusCode());
        assertEquals("insufficient_scope", answer.path("code"));
    }

    private Response create(String email, String name) {
        return admin().body("{\"email\":\"%s\",\"name\":\"%s\"}".formatted(email, name)).post(USER);
    }

    private String statusOf(String email) {
        return admin().queryParam("email", email).get(USER).path("status");
    }

    private static void assertInvalid(Response answer, String message) {
        assertAnswer(
                answer,
                422,
                "{\"code\": \"invalid_request\", \"message\": \"%s\"}".formatted(message));
    }

    private static void assertTaken(Response answer) {
        assertAnswer(
                answer,
                409,
                """
                {"code": "email_taken", "message": "The e-mail address belongs to another user."}
                """);
    }

    private RequestSpecification admin() {
        return as(Role.ADMIN);
    }

    private RequestSpecification as(Role role) {
        return given().auth().oauth2(organization.token(role)).contentType(ContentType.JSON);
    }
}
