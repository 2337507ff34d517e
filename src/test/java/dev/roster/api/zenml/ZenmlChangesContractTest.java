package dev.roster.api.zenml;

import static dev.roster.api.zenml.Zenml.USERS;
import static dev.roster.api.zenml.Zenml.as;
import static dev.roster.api.zenml.Zenml.assertIllegal;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every line of the ZenML Pro contract about changing a user, and every error of it. */
@QuarkusTest
@Tag("packaged")
class ZenmlChangesContractTest {

    private final TestOrganization organization = TestOrganization.create();
    private final Zenml zenml = new Zenml(organization);
    private final TestClient mia = organization.add("mia", Role.MEMBER);
    private final String miaJson = Zenml.json(mia);

    @Test
    void whenEverythingIsPatchedThenEverythingIsChanged() {
        String body = """
                {"password": "päss wörd 42", "password_expired": true, "name": "Mia M.",
                 "avatar_url": "https://example.com/mia.png", "company": "Example", "job_title": "Engineer",
                 "metadata": {"a": 1, "b": [true, null], "c": {"d": "e"}}, "username": "mia.m@x-1_2",
                 "email": "Mia@Example.com", "is_active": false, "is_onboarded": true, "unknown": 1}
                """;
        String expected = """
                {"id": "%s", "username": "mia.m@x-1_2", "email": "Mia@Example.com", "name": "Mia M.",
                 "avatar_url": "https://example.com/mia.png", "company": "Example", "job_title": "Engineer",
                 "metadata": {"a": 1, "b": [true, null], "c": {"d": "e"}}, "password": null,
                 "password_expired": true, "oauth_provider": null, "oauth_id": null, "is_active": false,
                 "is_superuser": false, "is_service_account": false, "is_onboarded": true,
                 "organization_id": "%s"}
                """.formatted(mia.userId(), organization.id());
        assertAnswer(zenml.patch(mia.userId(), body), 200, expected);
        assertAnswer(zenml.admin().queryParam("user_id", mia.userId()).get(USERS), 200, "[" + expected + "]");
        assertTrue(hash().matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}"), hash());
    }

    @Test
    void whenNullOrNothingIsPatchedThenUntouched() {
        zenml.patch(mia.userId(), "{\"company\":\"Example\",\"metadata\":{\"a\":1},\"password_expired\":true}");
        Response before = zenml.admin().queryParam("user_id", mia.userId()).get(USERS);
        String nulls = """
                {"password": null, "password_expired": null, "name": null, "avatar_url": null, "company": null,
                 "job_title": null, "metadata": null, "username": null, "email": null, "is_active": null,
                 "is_onboarded": null}
                """;
        for (String body : List.of("{}", nulls)) {
            zenml.patch(mia.userId(), body).then().statusCode(200);
            assertAnswer(zenml.admin().queryParam("user_id", mia.userId()).get(USERS), 200, before.asString());
        }
    }

    /** By other contracts they are called in ways that this one does not let anybody be called. */
    @Test
    void whenAnAnswerIsSentBackThenNothingChanges() {
        String named = "{\"email\":\"a+b@example.com\",\"name\":\"" + "n".repeat(51) + "\"}";
        String id = zenml.admin().body(named).post("/api/v1/app/user").path("id");
        // It waited for its sign-up, and "is_active": false ends that
        zenml.patch(UUID.fromString(id), "{\"is_active\":true}").then().statusCode(200);
        for (UUID user : List.of(UUID.fromString(id), mia.userId())) {
            String list = zenml.admin()
                    .queryParam("user_id", user)
                    .get(USERS)
                    .asString()
                    .strip();
            String one = list.substring(1, list.length() - 1);
            assertAnswer(zenml.patch(user, one), 200, one);
            assertAnswer(
                    zenml.patch(user, one.replace("\"company\":null", "\"company\":\"C\"")),
                    200,
                    one.replace("\"company\":null", "\"company\":\"C\""));
            assertEquals("active", Database.value("SELECT status FROM users WHERE id = ?", user));
        }
    }

    @Test
    void whenAnotherHasAValueThatBreaksARuleThen422() {
        String address = "{\"email\":\"a+b@example.com\",\"name\":\"A\"}";
        String id = zenml.admin().body(address).post("/api/v1/app/user").path("id");
        String name = "{\"username\":\"a+b@example.com\"}";
        assertEquals(422, zenml.patch(mia.userId(), name).statusCode());
        assertEquals(422, zenml.patch(UUID.randomUUID(), name).statusCode());
        assertEquals(422, as(mia).body(name).patch(USERS + "/{id}", id).statusCode());
        // Of an account that a token may not change it learns nothing
        String narrow = organization.token(Role.ADMIN, "users:write");
        for (String guess : List.of(name, "{\"username\":\"a+c@example.com\"}")) {
            given().auth()
                    .oauth2(narrow)
                    .contentType("application/json")
                    .body(guess)
                    .patch(USERS + "/{id}", id)
                    .then()
                    .statusCode(422);
        }
        assertEquals(422, zenml.patch(UUID.fromString(id), "{\"email\":\"\"}").statusCode());
    }

    @Test
    void whenMetadataIsPatchedThenReplaced() {
        zenml.patch(mia.userId(), "{\"metadata\":{\"a\":1,\"b\":2}}");
        Response answer = zenml.patch(mia.userId(), "{\"metadata\":{\"c\":3}}");
        assertEquals("{c=3}", answer.path("metadata").toString());
    }

    @Test
    void whenReactivatedThenActive() {
        zenml.patch(mia.userId(), "{\"is_active\":false}");
        assertEquals(true, zenml.patch(mia.userId(), "{\"is_active\":true}").path("is_active"));
    }

    @Test
    void whenMemberChangesItselfThenOnlyWhatDoesNotDecideAboutAccess() {
        assertEquals(
                200, self("{\"name\":\"Mia\",\"password\":\"long enough 1\"}").statusCode());
        for (String body : List.of("{\"is_active\":true}", "{\"password_expired\":false}")) {
            assertIllegal(self(body));
        }
        UUID admin = organization.client(Role.ADMIN).userId();
        String password = "{\"password\":\"long enough 1\"}";
        assertIllegal(as(mia).body(password).patch(USERS + "/{id}", admin));
    }

    @Test
    void whenANumberIsZeroThenItIsKeptHoweverItIsWritten() {
        Response answer = zenml.patch(mia.userId(), "{\"metadata\":{\"a\":0e10000,\"b\":[-0.0e99999999999]}}");
        assertAnswer(answer, 200, miaJson.replace("\"metadata\": {}", "\"metadata\": {\"a\": 0, \"b\": [0]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"username\":\"\"} | username",
                "{\"username\":\"a b\"} | username",
                "{\"username\":\"a/b\"} | username",
                "{\"username\":\"a+b@example.com\"} | username",
                "{\"username\":\"current\"} | username",
                "{\"username\":1} | username",
                "{\"email\":\"nope\"} | email",
                "{\"name\":\"\"} | name",
                "{\"name\":\"123456789012345678901234567890123456789012345678901\"} | name",
                "{\"company\":\"\"} | company",
                "{\"job_title\":[]} | job_title",
                "{\"avatar_url\":\"javascript:alert(1)\"} | avatar_url",
                "{\"avatar_url\":\"\"} | avatar_url",
                "{\"avatar_url\":\"https://\"} | avatar_url",
                "{\"avatar_url\":\"https:///a.png\"} | avatar_url",
                "{\"avatar_url\":\"http://[::1\"} | avatar_url",
                "{\"avatar_url\":\"http://a@b.example/\"} | avatar_url",
                "{\"avatar_url\":\"http://b.example:port/\"} | avatar_url",
                "{\"avatar_url\":\"https://b.example/a b\"} | avatar_url",
                "{\"avatar_url\":\"https://b.example/\\u202e\"} | avatar_url",
                "{\"avatar_url\":\"https://b.example/\\u0007\"} | avatar_url",
                "{\"metadata\":[]} | metadata",
                "{\"metadata\":\"x\"} | metadata",
                "{\"metadata\":{\"a\":\"\\u0000\"}} | metadata",
                "{\"metadata\":{\"a\":1e99999999999}} | metadata",
                "{\"metadata\":{\"a\":[-1E-99999999999]}} | metadata",
                "{\"is_active\":\"yes\"} | is_active",
                "{\"is_active\":1} | is_active",
                "{\"is_onboarded\":0} | is_onboarded",
                "{\"password\":\"short\"} | password",
                "{\"password\":\"\"} | password",
                "{\"password\":\"Password123\"} | password",
                "{\"password\":\"aaaaaaaaaa\"} | password",
                "{\"password\":12345678} | password",
                "{\"password\":\"abc\\ud800defgh\"} | password",
            })
    void whenBodyBreaksARuleThen422(String body, String field) {
        Response answer = zenml.patch(mia.userId(), body);
        assertEquals(422, answer.statusCode(), answer.asString());
        assertEquals(List.of("body", field), answer.path("detail[0].loc"));
        assertEquals("value_error", answer.path("detail[0].type"));
    }

    @Test
    void whenPasswordIsTooLongOrMetadataTooLargeThen422() {
        String password = "{\"password\":\"" + "x1".repeat(65) + "\"}";
        String metadata = "{\"metadata\":{\"a\":\"" + "x".repeat(17_000) + "\"}}";
        for (String body : List.of(password, metadata)) {
            assertEquals(422, zenml.patch(mia.userId(), body).statusCode());
        }
    }

    @Test
    void whenBodyIsNoObjectOrMalformedThen422() {
        assertAnswer(
                zenml.patch(mia.userId(), "null"),
                422,
                "{\"detail\": [{\"loc\": [\"body\"], \"msg\": \"is required\", \"type\": \"missing\"}]}");
        assertAnswer(
                zenml.patch(mia.userId(), "{\"name\""),
                422,
                "{\"detail\": [{\"loc\": [\"body\"], \"msg\": \"<text>\", \"type\": \"json_invalid\"}]}");
    }

    @Test
    void whenUsernameOrEmailIsTakenThen409() {
        UUID bob = organization.add("bob", Role.MEMBER).userId();
        zenml.patch(bob, "{\"email\":\"bob@example.com\"}").then().statusCode(200);
        assertAnswer(
                zenml.patch(mia.userId(), "{\"username\":\"BOB\"}"),
                409,
                "{\"detail\": [\"EntityExistsError\", \"The name is taken.\"]}");
        assertAnswer(zenml.patch(mia.userId(), "{\"email\":\"BOB@example.com\"}"), 409, """
                {"detail": ["EntityExistsError", "The e-mail address belongs to another user."]}
                """);
    }

    @Test
    void whenFederatedThenUsernameAndEmailCannotChange() {
        TestRows.federate(mia.userId());
        for (String body : List.of("{\"username\":\"new\"}", "{\"email\":\"new@example.com\"}")) {
            assertIllegal(zenml.patch(mia.userId(), body));
        }
        assertEquals(
                200,
                zenml.patch(mia.userId(), "{\"username\":\"mia\",\"name\":\"M\"}")
                        .statusCode());
    }

    @Test
    void whenMetadataHasNullsOrManyKeysThenKept() {
        String many = IntStream.range(0, 60)
                .mapToObj(i -> "\"key-%d\": %s".formatted(i, i == 0 ? "null" : "" + i))
                .collect(Collectors.joining(", ", "{", "}"));
        zenml.patch(mia.userId(), "{\"metadata\":" + many + "}").then().statusCode(200);
        String expected = miaJson.replace("\"metadata\": {}", "\"metadata\": " + many);
        assertAnswer(as(mia).get(USERS + "/me"), 200, expected);
        // Lenses, whose limit that is over, can still change what there is, but add nothing
        lenses("{\"metadata\":{\"key-1\":\"one\",\"key-2\":null}}").then().statusCode(200);
        assertAnswer(
                as(mia).get(USERS + "/me"),
                200,
                expected.replace("\"key-1\": 1,", "\"key-1\": \"one\",").replace("\"key-2\": 2,", ""));
        lenses("{\"metadata\":{\"new\":\"x\"}}").then().statusCode(400);
    }

    private Response lenses(String body) {
        return zenml.admin().body(body).patch("/api/v1/users/mia");
    }

    private String hash() {
        return (String) Database.value("SELECT password_hash FROM users WHERE id = ?", mia.userId());
    }

    private Response self(String body) {
        return as(mia).body(body).patch(USERS + "/{id}", mia.userId());
    }
}
