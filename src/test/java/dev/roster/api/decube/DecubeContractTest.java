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
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the Decube contract and every error of it. */
@QuarkusTest
class DecubeContractTest {
    private static final String USER = "/api/v1/app/user";
    private static final String USERS = "/api/v1/app/users";
    private static final String NOT_FOUND =
            "{\"code\": \"user_not_found\", \"message\": \"User not found.\"}";
    private static final String DEACTIVATED =
            """
            {"code": "user_account_deactivated_successfully",
             "message": "User account deactivated successfully."}
            """;

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
    void whenDeactivatedByQueryThenRowStays() {
        create("ada@example.com", "Ada");
        assertAnswer(admin().queryParam("email", "ada@example.com").delete(USER), 200, DEACTIVATED);
        assertEquals("deactivated", statusOf("ada@example.com"));
    }

    @Test
    void whenDeactivatedByBodyThenRowStays() {
        create("ada@example.com", "Ada");
        assertAnswer(
                admin().body("{\"email\":\"ada@example.com\"}").delete(USER), 200, DEACTIVATED);
        assertEquals("deactivated", statusOf("ada@example.com"));
    }

    @Test
    void whenDeactivatedTwiceThen200() {
        create("ada@example.com", "Ada");
        for (int i = 0; i < 2; i++) {
            assertAnswer(
                    admin().queryParam("email", "ada@example.com").delete(USER), 200, DEACTIVATED);
        }
    }

    @Test
    void whenDeactivatedThenNoMoreTokens() {
        TestClient member = organization.add("mia", Role.MEMBER);
        Database.execute(
                "UPDATE users SET email = 'm@x.de', email_key = 'm@x.de' WHERE id = ?",
                member.userId());
        String token = member.token();
        given().auth().oauth2(token).get(USERS).then().statusCode(200);
        admin().queryParam("email", "m@x.de").delete(USER).then().statusCode(200);
        given().auth().oauth2(token).get(USERS).then().statusCode(401);
        given().auth()
                .preemptive()
                .basic(member.clientId(), member.secret())
                .formParam("grant_type", "client_credentials")
                .post("/oauth2/token")
                .then()
                .statusCode(401);
    }

    @Test
    void whenDeactivationNamesNobodyThen422() {
        assertInvalid(admin().delete(USER), "email: is required.");
        assertInvalid(admin().body("{}").delete(USER), "email: is required.");
    }

    @Test
    void whenDeactivationContradictsItselfThen422() {
        assertInvalid(
                admin().queryParam("email", "a@b.de").body("{\"email\":\"c@d.de\"}").delete(USER),
                "email: must be the same in the query and the body.");
    }

    @Test
    void whenUnknownIsDeactivatedThen404() {
        assertAnswer(
                admin().queryParam("email", "nobody@example.com").delete(USER), 404, NOT_FOUND);
    }

    @Test
    void whenLastAdminIsDeactivatedThen409() {
        TestClient admin = organization.client(Role.ADMIN);
        Database.execute(
                "UPDATE users SET email = 'a@x.de', email_key = 'a@x.de' WHERE id = ?",
                admin.userId());
        assertAnswer(
                admin().queryParam("email", "a@x.de").delete(USER),
                409,
                """
                {"code": "last_admin",
                 "message": "The last administrator of an organization must remain."}
                """);
    }

    @Test
    void whenListedThenCountIsTheTotalAndDeactivatedAreIncluded() {
        create("b@example.com", "B");
        create("c@example.com", "C");
        admin().queryParam("email", "c@example.com").delete(USER).then().statusCode(200);
        assertAnswer(
                admin().get(USERS),
                200,
                """
                {"count": 3, "users": [
                  {"id": "#uuid", "name": "admin", "email": "", "status": "active"},
                  {"id": "#uuid", "name": "B", "email": "b@example.com", "status": "pending_sign_up"},
                  {"id": "#uuid", "name": "C", "email": "c@example.com", "status": "deactivated"}]}
                """);
    }

    @Test
    void whenPagedThenEveryUserOnce() {
        for (char name = 'a'; name < 'l'; name++) {
            create(name + "@example.com", "" + name).then().statusCode(201);
        }
        assertEquals(10, names(admin().get(USERS)).size());
        assertEquals(
                List.of("h", "i", "j", "k"),
                names(admin().queryParam("page", 3).queryParam("page_size", 4).get(USERS)));
        Response beyond = admin().queryParam("page", 9).queryParam("page_size", 4).get(USERS);
        assertAnswer(beyond, 200, "{\"count\": 12, \"users\": []}");
    }

    @Test
    void whenUserIsDeletedThenCountFalls() {
        create("b@example.com", "B");
        admin().delete("/api/v1/users/{name}", "b@example.com").then().statusCode(204);
        assertEquals(1, admin().get(USERS).<Integer>path("count"));
    }

    @Test
    void whenServiceAccountIsCreatedThenCountStays() {
        admin().body("{\"name\":\"robot\"}")
                .post("/api/v1/service-accounts")
                .then()
                .statusCode(201);
        assertEquals(1, admin().get(USERS).<Integer>path("count"));
    }

    @ParameterizedTest
    @CsvSource({
        "page, 0",
        "page, -1",
        "page, x",
        "page, 99999999999",
        "page_size, 0",
        "page_size, 101",
        "page_size, -5",
        "page, 999999999",
    })
    void whenPagingIsWrongThen422(String parameter, String value) {
        Response answer = admin().queryParam(parameter, value).get(USERS);
        assertAnswer(answer, 422, "{\"code\": \"invalid_request\", \"message\": \"#text\"}");
        assertTrue(answer.<String>path("message").startsWith(parameter + ": "));
    }

    @Test
    void whenTokenIsInvalidThen401InThisContract() {
        for (String scheme : List.of("Bearer", "UserKey")) {
            Response answer = given().header("Authorization", scheme + " nope").get(USERS);
            assertAnswer(
                    answer,
                    401,
                    """
                    {"code": "invalid_token", "message": "A valid access token is required."}
                    """);
        }
    }

    @Test
    void whenUserKeyThenServedToo() {
        given().header("Authorization", "UserKey " + organization.token(Role.ADMIN))
                .get(USERS)
                .then()
                .statusCode(200);
    }

    @Test
    void whenMemberCreatesThen403() {
        Response answer = as(Role.MEMBER).body("{\"email\":\"a@b.de\",\"name\":\"A\"}").post(USER);
        assertEquals(403, answer.statusCode());
        assertEquals("insufficient_scope", answer.path("code"));
    }

    @Test
    void whenMethodOrTypeOrPathIsWrongThenErrorOfThisContract() {
        assertEquals("method_not_allowed", admin().put(USER).path("code"));
        assertEquals("not_found", admin().get("/api/v1/app/nothing").path("code"));
        assertEquals(
                "unsupported_media_type",
                as(Role.ADMIN).contentType(ContentType.TEXT).body("x").post(USER).path("code"));
    }

    private Response create(String email, String name) {
        return admin().body("{\"email\":\"%s\",\"name\":\"%s\"}".formatted(email, name)).post(USER);
    }

    private String statusOf(String email) {
        return admin().queryParam("email", email).get(USER).path("status");
    }

    private static List<String> names(Response page) {
        return page.path("users.name");
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
