package dev.roster.web;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever was signed in before an organization was switched off is not signed in any more when it is back. */
@QuarkusTest
@Tag("packaged")
class OrganizationReturnTest {
    private final TestClient operator = TestOrganization.create().client(Role.ADMIN);
    private CodeFlow flow;

    @BeforeEach
    void signIn() {
        operator.becomeSystem();
        flow = CodeFlow.with("users:read", "offline_access").signIn();
    }

    @Test
    void whenTheOrganizationIsBackThenItsSessionsBeginAnew() {
        Response before = flow.tokens(Map.of("scope", "users:read offline_access"));
        String refreshToken = before.path("refresh_token");
        String code = flow.answer(Map.of("scope", "users:read")).get("code");
        assertEquals(200, flow.browser.get("/account").statusCode());
        assertEquals(List.of("Sign-in", "Wiki"), sessions("active"));
        switchTo("deactivated");
        switchTo("active");

        assertEquals("/signin?continue=%2Faccount", CodeFlow.location(flow.browser.get("/account")));
        Response introspected = flow.form().formParam("token", refreshToken).post("/oauth2/introspect");
        assertAnswer(introspected, 200, "{'active': false}");
        assertRefused(flow.refresh(refreshToken));
        assertRefused(flow.exchange(code));
        assertEquals(List.of(), sessions("active"));
        assertEquals(List.of("Sign-in", "Wiki"), sessions("ended"));

        flow.signIn();
        assertEquals(200, flow.browser.get("/account").statusCode());
        Response anew = flow.tokens(Map.of("scope", "users:read offline_access"));
        assertEquals(200, flow.refresh(anew.path("refresh_token")).statusCode());
        assertEquals(List.of("Sign-in", "Wiki"), sessions("active"));
    }

    @Test
    void whenTheOrganizationIsBackThenAnApplicationThatNeedNotAskIsListedNoMore() {
        flow.tokens(Map.of());
        assertEquals(List.of("Wiki"), applications());
        switchTo("deactivated");
        switchTo("active");
        assertEquals(List.of(), applications());
        flow.signIn().tokens(Map.of());
        assertEquals(List.of("Wiki"), applications());
    }

    /** They came before it was switched off. */
    @Test
    void whenACodeAndARefreshTokenWaitMeanwhileThenRefused() throws Exception {
        String code = flow.answer(Map.of()).get("code");
        String refreshToken = flow.tokens(Map.of()).path("refresh_token");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Response> exchanged;
            Future<Response> refreshed;
            try (TableLock account = TableLock.ofRow("users", flow.person)) {
                exchanged = threads.submit(() -> flow.exchange(code));
                refreshed = threads.submit(() -> flow.refresh(refreshToken));
                account.awaitWaiting(2);
                switchTo("deactivated");
                switchTo("active");
            }
            assertRefused(exchanged.get());
            assertRefused(refreshed.get());
            assertEquals(List.of(), sessions("active"));
        } finally {
            threads.shutdown();
        }
    }

    /** A client goes on in the session of its host. */
    @Test
    void whenTheOrganizationIsBackThenAClientWithASecretGoesOn() {
        TestClient client = flow.organization.add("program", Role.ADMIN);
        Object before = session(client.token());
        switchTo("deactivated");
        switchTo("active");
        String token = client.token();
        assertEquals(before, session(token));
        assertEquals(List.of("test"), sessions(token, "program", "active"));
    }

    private List<String> sessions(String status) {
        return sessions(flow.organization.client(Role.ADMIN).token(), "ada", status);
    }

    private static List<String> sessions(String token, String name, String status) {
        return given()
                .auth()
                .oauth2(token)
                .queryParam("status", status)
                .get("/api/v1/users/" + name + "/sessions")
                .<List<String>>path("items.client_name")
                .stream()
                .sorted()
                .toList();
    }

    private static String session(String token) {
        return (String) TokenClaims.of(token).getClaimValue("sid");
    }

    private List<String> applications() {
        String token = flow.organization.signIn("ada", CodeFlow.PASSWORD).path("access_token");
        return given().auth().oauth2(token).get("/api/v1/users/me/applications").path("items.name");
    }

    private void switchTo(String status) {
        given().auth()
                .oauth2(operator.token("system"))
                .contentType(ContentType.JSON)
                .body(Map.of("status", status))
                .patch("/api/v1/organizations/" + flow.organization.id())
                .then()
                .statusCode(200);
    }

    private static void assertRefused(Response answer) {
        assertAnswer(answer, 400, """
                {'error': 'invalid_grant',
                 'error_description': 'The code or refresh token is not good, or not of this client'}
                """);
    }
}
