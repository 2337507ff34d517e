package dev.roster.access.token;

import static dev.roster.testing.BehindProxy.PER_PAIR;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.BehindProxy;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of accounts and applications that ask for what only the other kind is granted (RFC 6749 section 5.2). */
@QuarkusTest
@TestProfile(BehindProxy.class)
class OtherKindOfClientTest {
    private static final String SECRET = "secret-of-the-wiki";
    private static final String UNAUTHORIZED = "{'error': 'unauthorized_client',"
            + " 'error_description': 'The grant type is not for this kind of client'}";
    private static final String INVALID =
            "{'error': 'invalid_client', 'error_description': 'Client authentication failed'}";

    private final TestOrganization organization = TestOrganization.create();

    @BeforeEach
    void forgetWhatOthersFailedAt() {
        Database.execute("DELETE FROM client_failures");
    }

    @Test
    void whenApplicationWithItsSecretAsksAsClientThenUnauthorizedAndNoFailure() {
        String application = application();
        for (int i = 0; i <= PER_PAIR; i++) {
            assertAnswer(ask(application, SECRET, "client_credentials"), 400, UNAUTHORIZED);
        }
        assertAnswer(
                given().auth()
                        .preemptive()
                        .basic(application, SECRET)
                        .formParam("grant_type", "client_credentials")
                        .post("/oauth2/token"),
                400,
                UNAUTHORIZED);
        assertAnswer(
                form(application, SECRET, "client_credentials").post("/auth/login"),
                400,
                "{'detail': ['ValueError', 'The grant type is not for this kind of client.']}");
        assertEquals(0L, failures());
    }

    @Test
    void whenApplicationWithAnotherSecretAsksAsClientThenInvalidAndAFailure() {
        String application = application();
        for (int i = 0; i < PER_PAIR; i++) {
            assertAnswer(ask(application, "wrong-" + i, "client_credentials"), 401, INVALID);
        }
        assertEquals(3L * PER_PAIR, failures(), "of the address, the client and the pair");
        assertEquals(429, ask(application, SECRET, "client_credentials").statusCode());
        assertEquals(429, ask(application, SECRET, "authorization_code").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_code", "refresh_token"})
    void whenClientWithItsSecretAsksAsApplicationThenUnauthorizedAndNoFailure(String grantType) {
        TestClient client = organization.client(Role.VIEWER);
        for (int i = 0; i <= PER_PAIR; i++) {
            assertAnswer(ask(client.clientId(), client.secret(), grantType), 400, UNAUTHORIZED);
        }
        assertEquals(0L, failures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_code", "refresh_token"})
    void whenClientWithAnotherSecretAsksAsApplicationThenInvalidAndAFailure(String grantType) {
        TestClient client = organization.client(Role.VIEWER);
        for (int i = 0; i < PER_PAIR; i++) {
            assertAnswer(ask(client.clientId(), "wrong-" + i, grantType), 401, INVALID);
        }
        assertEquals(3L * PER_PAIR, failures(), "of the address, the client and the pair");
        assertEquals(429, ask(client.clientId(), "wrong", grantType).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_credentials", "authorization_code", "refresh_token"})
    void whenThereIsNoSuchClientThenInvalidAndOneFailure(String grantType) {
        assertAnswer(ask("guess-" + UUID.randomUUID(), SECRET, grantType), 401, INVALID);
        assertEquals(3L, failures(), "of the address, the client and the pair");
    }

    @Test
    void whenClientIsNotUsableThenInvalidToo() {
        TestClient client = organization.client(Role.VIEWER);
        Database.execute("UPDATE clients SET revoked_at = now() WHERE client_id = ?", client.clientId());
        assertAnswer(ask(client.clientId(), client.secret(), "client_credentials"), 401, INVALID);
        assertAnswer(ask(client.clientId(), client.secret(), "refresh_token"), 401, INVALID);
        // The same secret is counted once
        assertEquals(3L, failures(), "of the address, the client and the pair");
    }

    private String application() {
        UUID application = TestRows.application(organization);
        TestRows.applicationSecret(organization, application, SECRET);
        return "test-" + application;
    }

    private static Object failures() {
        return ((Number) Database.value("SELECT coalesce(sum(failures), 0) FROM client_failures")).longValue();
    }

    private static Response ask(String clientId, String secret, String grantType) {
        return form(clientId, secret, grantType).post("/oauth2/token");
    }

    private static RequestSpecification form(String clientId, String secret, String grantType) {
        return given().formParam("grant_type", grantType)
                .formParam("client_id", clientId)
                .formParam("client_secret", secret)
                .formParam("code", "x")
                .formParam("redirect_uri", CodeGrant.URI)
                .formParam("code_verifier", CodeGrant.VERIFIER)
                .formParam("refresh_token", "rsr_unknown");
    }
}
