package dev.roster.api.zenml;

import static dev.roster.api.zenml.Zenml.USERS;
import static dev.roster.api.zenml.Zenml.as;
import static dev.roster.api.zenml.Zenml.assertIllegal;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the ZenML Pro contract but changes of a user, and every error of it. */
@QuarkusTest
@Tag("packaged")
class ZenmlContractTest {
    private static final String NOT_FOUND = "{\"detail\": [\"KeyError\", \"User not found.\"]}";

    private final TestOrganization organization = TestOrganization.create();
    private final Zenml zenml = new Zenml(organization);
    private final TestClient mia = organization.add("mia", Role.MEMBER);
    private final String miaJson = Zenml.json(mia);

    @Test
    void whenListedThenBareArray() {
        UUID admin = organization.client(Role.ADMIN).userId();
        String adminJson = miaJson.replace(mia.userId().toString(), admin.toString())
                .replace("\"mia\"", "\"admin\"")
                .replace("\"is_superuser\": false", "\"is_superuser\": true");
        assertAnswer(zenml.admin().get(USERS), 200, "[" + adminJson + "," + miaJson + "]");
    }

    @Test
    void whenOffsetAndLimitThenThatPart() {
        for (int i = 0; i < 4; i++) {
            organization.add("u" + i, Role.VIEWER);
        }
        assertEquals(
                List.of("u0", "u1"),
                zenml.admin()
                        .queryParam("offset", 2)
                        .queryParam("limit", 2)
                        .get(USERS)
                        .path("username"));
        assertEquals(List.of(), zenml.admin().queryParam("offset", 6).get(USERS).path("username"));
    }

    @Test
    void whenFilteredThenAllMustHold() {
        TestRows.federate(mia.userId());
        TestRows.email(mia.userId(), "m@x.de");
        String id = mia.userId().toString();
        assertEquals(List.of("mia"), names("user_id", id));
        assertEquals(List.of("mia"), names("oauth_provider", "google"));
        assertEquals(List.of("mia"), names("oauth_id", "g-1"));
        assertEquals(List.of("mia"), names("email", "M@X.de"));
        assertEquals(List.of("admin", "mia"), names("is_active", "true"));
        assertEquals(List.of(), names("is_active", "false"));
        assertEquals(List.of("mia"), names("user_id", id, "email", "m@x.de", "is_active", "true"));
        assertEquals(List.of(), names("user_id", id, "oauth_provider", "github"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "1", "yes", "Yes", "on", "t", "T", "y", "Y"})
    void whenWordMeansTrueThenActiveOnes(String word) {
        assertEquals(List.of("admin", "mia"), activeBy(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE", "0", "no", "NO", "off", "f", "F", "n", "N"})
    void whenWordMeansFalseThenInactiveOnes(String word) {
        assertEquals(List.of(), activeBy(word));
    }

    // The document says boolean, as that of ZenML; what its clients send is more than that.
    private List<String> activeBy(String word) {
        return zenml.admin()
                .noFilters()
                .queryParam("is_active", word)
                .get(USERS)
                .then()
                .statusCode(200)
                .extract()
                .path("username");
    }

    @Test
    void whenPendingThenNotActive() {
        Database.execute("UPDATE users SET status = 'pending_sign_up' WHERE id = ?", mia.userId());
        assertEquals(List.of("mia"), names("is_active", "false"));
    }

    @ParameterizedTest
    @CsvSource({
        "offset, -1",
        "offset, 1000001",
        "offset, x",
        "limit, 0",
        "limit, -1",
        "limit, 1001",
        "user_id, x",
        "is_active, maybe",
        "is_active, 2",
        "is_active, ' true'",
        "is_active, ｔｒｕｅ",
    })
    void whenQueryIsWrongThen422(String parameter, String value) {
        assertAnswer(zenml.admin().queryParam(parameter, value).get(USERS), 422, """
                {"detail": [{"loc": ["query", "%s"], "msg": "<text>", "type": "value_error"}]}
                """.formatted(parameter));
    }

    @Test
    void whenMeThenCaller() {
        assertAnswer(as(mia).get(USERS + "/me"), 200, miaJson);
    }

    @Test
    void whenServiceAccountIsMeThenSaidSo() {
        Database.execute("UPDATE users SET kind = 'service' WHERE id = ?", mia.userId());
        assertEquals(true, as(mia).get(USERS + "/me").path("is_service_account"));
        assertEquals(List.of("admin"), names("is_active", "true"));
    }

    @Test
    void whenServerIsAuthorizedThenCaller() {
        assertAnswer(as(mia).queryParam("server_id", UUID.randomUUID()).get(USERS + "/authorize_server"), 200, miaJson);
        assertAnswer(as(mia).get(USERS + "/authorize_server"), 422, """
                {"detail": [{"loc": ["query", "server_id"], "msg": "is required", "type": "missing"}]}
                """);
        assertEquals(
                422,
                as(mia).queryParam("server_id", "x")
                        .get(USERS + "/authorize_server")
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/users, offset",
        "/users, limit",
        "/users, user_id",
        "/users, oauth_provider",
        "/users, oauth_id",
        "/users, email",
        "/users, is_active",
        "/users/authorize_server, server_id"
    })
    void whenAParameterIsGivenTwiceThen422(String path, String parameter) {
        String value = "01980f2e-5b8a-7c3e-9d41-2f6b7a8c9d0e";
        String query = "?" + parameter + "=" + value + "&" + parameter + "=" + value;
        assertAnswer(zenml.admin().noFilters().get(path + query), 422, """
                {"detail": [{"loc": ["query", "%s"], "msg": "must be given once", "type": "value_error"}]}
                """.formatted(parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users?limit=5", "/users/authorize_server?server_id=01980f2e-5b8a-7c3e-9d41-2f6b7a8c9d0e"})
    void whenAnUnknownParameterIsGivenTwiceThenItIsIgnored(String path) {
        String found = zenml.admin().noFilters().get(path).asString();
        zenml.admin()
                .noFilters()
                .get(path + "&nothing=1&nothing=2")
                .then()
                .statusCode(200)
                .body(equalTo(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1"})
    void whenIdIsNoUuidThen422(String id) {
        String expected = """
                {"detail": [{"loc": ["path", "user_id"], "msg": "must be a UUID", "type": "value_error"}]}
                """;
        assertAnswer(zenml.admin().body("{}").patch(USERS + "/{id}", id), 422, expected);
        assertAnswer(zenml.admin().delete(USERS + "/{id}", id), 422, expected);
    }

    @Test
    void whenUnknownThen404AndNothingIsMade() {
        UUID id = UUID.randomUUID();
        assertAnswer(zenml.patch(id, "{\"username\":\"new\"}"), 404, NOT_FOUND);
        assertAnswer(zenml.patch(id, "{\"password\":\"long enough 1\"}"), 404, NOT_FOUND);
        assertAnswer(zenml.admin().delete(USERS + "/{id}", id), 404, NOT_FOUND);
        assertEquals(List.of("admin", "mia"), names("is_active", "true"));
    }

    @Test
    void whenLastAdminIsDeactivatedOrDeletedThen403() {
        UUID admin = organization.client(Role.ADMIN).userId();
        assertIllegal(zenml.patch(admin, "{\"is_active\":false}"));
        assertIllegal(zenml.admin().delete(USERS + "/{id}", admin));
    }

    @Test
    void whenDeletedThen200AndNull() {
        Response answer = zenml.admin().delete(USERS + "/{id}", mia.userId());
        assertAnswer(answer, 200, "null");
        assertAnswer(zenml.admin().delete(USERS + "/{id}", mia.userId()), 404, NOT_FOUND);
    }

    @Test
    void whenDeactivatedOrDeletedThenTokensEnd() {
        TestClient bob = organization.add("bob", Role.MEMBER);
        String mias = mia.token();
        String bobs = bob.token();
        assertEquals(200, meStatus(mias));
        assertEquals(200, meStatus(bobs));
        zenml.patch(mia.userId(), "{\"is_active\":false}").then().statusCode(200);
        zenml.admin().delete(USERS + "/{id}", bob.userId()).then().statusCode(200);
        assertEquals(401, meStatus(mias));
        assertEquals(401, meStatus(bobs));
    }

    @Test
    void whenInternalIsDeletedThen400() {
        Database.execute("UPDATE users SET is_internal = true WHERE id = ?", mia.userId());
        assertAnswer(
                zenml.admin().delete(USERS + "/{id}", mia.userId()),
                400,
                "{\"detail\": [\"ValueError\", \"An internal account cannot be deleted.\"]}");
    }

    @Test
    void whenTokenIsInvalidThen401() {
        assertAnswer(
                given().auth().oauth2("nope").get(USERS), 401, "{\"detail\": \"A valid access token is required.\"}");
    }

    @Test
    void whenMemberDeletesThen403() {
        assertIllegal(as(mia).delete(USERS + "/{id}", mia.userId()));
    }

    private static int meStatus(String token) {
        return given().auth().oauth2(token).get(USERS + "/me").statusCode();
    }

    private List<String> names(String... filters) {
        RequestSpecification request = zenml.admin();
        for (int i = 0; i < filters.length; i += 2) {
            request.queryParam(filters[i], filters[i + 1]);
        }
        return request.get(USERS).path("username");
    }
}
