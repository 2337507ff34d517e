package dev.roster.api.zenml;

import static dev.roster.testing.Bearer.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Short-lived tokens for API keys and for automation, as ZenML Pro gives them. */
@QuarkusTest
@Tag("packaged")
class ZenmlTokensContractTest {
    private static final String GRANTED = """
            {"access_token": "<text>", "token_type": "bearer", "expires_in": 3600,
             "device_id": null, "device_metadata": null}
            """;
    private static final String NO_KEY = "{\"detail\": \"The API key is not valid.\"}";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient mia = organization.add("mia", Role.ADMIN);

    @Test
    void whenApiKeyIsSentInAnyFormThenToken() throws Exception {
        String key = key("users:read").path("key");
        String other = mia.token();
        for (RequestSpecification request : List.of(
                form(Map.of("password", key)),
                form(Map.of("password", key, "grant_type", "zenml_api_key")),
                form(Map.of("password", key, "grant_type", "")),
                form(Map.of("password", key)).header("Authorization", "Bearer " + key),
                form(Map.of("password", key)).header("Authorization", "Bearer " + other),
                form(Map.of("password", key, "grant_type", "zenml_api_key")).header("Authorization", "Basic YTpi"))) {
            Response answer = request.post("/auth/login");
            assertAnswer(answer, 200, GRANTED);
            assertEquals("no-store", answer.header("Cache-Control"));
            String token = answer.path("access_token");
            get(token, "/users/me").then().statusCode(200);
            get(token, "/api/v1/groups").then().statusCode(403);
            assertEquals(
                    TokenClaims.of(key).getStringClaimValue("sid"),
                    TokenClaims.of(token).getStringClaimValue("sid"));
        }
    }

    @Test
    void whenSecretIsInTheFormThenTokenWhateverTheRestIs() {
        for (RequestSpecification request : List.of(
                credentials(),
                credentials().formParam("grant_type", ""),
                credentials().formParam("grant_type", "").header("Authorization", "Bearer x"),
                credentials().formParam("grant_type", "").header("Authorization", "Basic YTpi"),
                credentials().formParam("grant_type", "client_credentials").header("Authorization", "Basic YTpi"))) {
            assertAnswer(request.post("/auth/login"), 200, GRANTED);
        }
    }

    @Test
    void whenKeyIsRevokedThenItsTokensEnd() {
        Response made = key("users:read");
        String token = login(made.path("key")).path("access_token");
        String longer = apiToken(token);
        get(token, "/users/me").then().statusCode(200);
        as(mia.token()).delete("/api/v1/api-keys/" + made.path("id")).then().statusCode(204);
        get(token, "/users/me").then().statusCode(401);
        get(longer, "/users/me").then().statusCode(401);
        assertAnswer(login(made.path("key")), 401, NO_KEY);
    }

    @Test
    void whenOwnerIsDemotedThenItsTokensMayNoMore() {
        Response made = key("users:read", "users:write");
        String token = login(made.path("key")).path("access_token");
        as(organization.token(Role.ADMIN))
                .body("{\"role\": \"member\"}")
                .patch("/api/v1/users/mia")
                .then()
                .statusCode(200);
        as(token).body("{\"name\": \"new\"}").post("/api/v1/users").then().statusCode(403);
        get(token, "/users/me").then().statusCode(200);
    }

    @Test
    void whenKeyEndsSoonThenTheTokenEndsWithIt() throws Exception {
        Instant end = Instant.now().plusSeconds(600);
        String key = as(mia.token())
                .body(Map.of("name", "short", "expires_at", end.toString()))
                .post("/api/v1/api-keys")
                .path("key");
        String token = login(key).path("access_token");
        assertEquals(
                end.getEpochSecond(), TokenClaims.of(token).getExpirationTime().getValue());
        assertEquals(
                end.getEpochSecond(),
                TokenClaims.of(apiToken(token)).getExpirationTime().getValue());
    }

    @Test
    void whenItIsNoKeyThenRefused() {
        String key = key("users:read").path("key");
        for (String wrong : List.of("x", mia.token(), key.substring(0, key.length() - 9))) {
            assertAnswer(login(wrong), 401, NO_KEY);
        }
        assertAnswer(
                form(Map.of("grant_type", "zenml_api_key")).post("/auth/login"),
                400,
                "{\"detail\": [\"ValueError\", \"password is missing.\"]}");
    }

    @Test
    void whenApiTokenThenAnHourOfTheSame() throws Exception {
        String token = mia.token("groups:read", "self:write");
        Response answer = get(token, "/auth/api_token");
        answer.then().statusCode(200).header("Cache-Control", "no-store");
        assertTrue(answer.contentType().startsWith("application/json"), answer.contentType());
        String got = apiToken(token);
        get(got, "/api/v1/groups").then().statusCode(200);
        get(got, "/users/me").then().statusCode(403);
        JwtClaims before = TokenClaims.of(token);
        JwtClaims after = TokenClaims.of(got);
        assertEquals(
                3600, after.getExpirationTime().getValue() - after.getIssuedAt().getValue());
        for (String name : List.of("sid", "sub", "scope", "client_id", "org", "iss")) {
            assertEquals(before.getClaimValue(name), after.getClaimValue(name), name);
        }
    }

    @Test
    void whenApiTokenAsksAgainThenItLivesNoLonger() throws Exception {
        String first = apiToken(mia.token());
        String second = apiToken(first);
        assertEquals(
                TokenClaims.of(first).getExpirationTime().getValue(),
                TokenClaims.of(second).getExpirationTime().getValue());
    }

    @Test
    void whenSessionEndsThenItsApiTokens() throws Exception {
        String token = mia.token();
        UUID session = UUID.fromString(TokenClaims.of(token).getStringClaimValue("sid"));
        Database.execute("UPDATE sessions SET expires_at = now() + interval '5 minutes' WHERE id = ?", session);
        String got = apiToken(token);
        long left = TokenClaims.of(got).getExpirationTime().getValue()
                - Instant.now().getEpochSecond();
        assertTrue(left > 200 && left <= 300, "" + left);
        as(token).delete("/api/v1/users/me/sessions/" + session).then().statusCode(204);
        get(got, "/users/me").then().statusCode(401);
        get(null, "/auth/api_token").then().statusCode(401);
    }

    private Response key(String... scopes) {
        Response made = as(mia.token())
                .body(Map.of("name", "k", "scopes", List.of(scopes)))
                .post("/api/v1/api-keys");
        assertEquals(201, made.statusCode(), made.asString());
        return made;
    }

    private RequestSpecification credentials() {
        return form(Map.of("client_id", mia.clientId(), "client_secret", mia.secret()));
    }

    private static Response login(String key) {
        return form(Map.of("password", key)).post("/auth/login");
    }

    private static RequestSpecification form(Map<String, String> parameters) {
        return given().formParams(parameters);
    }

    private static String apiToken(String token) {
        try {
            return new ObjectMapper().readValue(get(token, "/auth/api_token").asString(), String.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private static Response get(String token, String path) {
        return token == null ? given().get(path) : as(token).get(path);
    }
}
