package dev.roster.web;

import static dev.roster.web.CodeFlow.answerOf;
import static dev.roster.web.CodeFlow.location;
import static dev.roster.web.CodeFlow.query;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever takes back what it has let an application do is heard at once, whatever else goes on at that moment. */
@QuarkusTest
@Tag("packaged")
class WithdrawnConsentTest {
    private static final int MANY = 25;
    private static final int ROUNDS = 4;
    private static final String APPLICATIONS = "/api/v1/users/me/applications/";

    private final ExecutorService threads = Executors.newFixedThreadPool(MANY);
    private CodeFlow flow;
    private String token;

    @BeforeEach
    void signIn() {
        flow = CodeFlow.with("users:read");
        Database.execute("UPDATE applications SET is_first_party = false WHERE id = ?", flow.application);
        flow.signIn();
        token = flow.organization.signIn("ada", CodeFlow.PASSWORD).path("access_token");
    }

    @AfterEach
    void end() {
        threads.shutdown();
    }

    @Test
    void whenWithdrawnWhileACodeIsMadeThenThePersonIsAskedAgain() throws Exception {
        agree();
        Future<Response> asked;
        Future<Response> silent;
        try (TableLock withdrawal = TableLock.deleting("consents", flow.organization.id())) {
            asked = threads.submit(() -> ask(Map.of()));
            silent = threads.submit(() -> ask(Map.of("prompt", "none")));
            withdrawal.awaitWaiting();
            withdrawal.commit();
        }
        assertTrue(asked.get().asString().contains("Let Wiki in?"), asked.get().asString());
        assertEquals("consent_required", answerOf(location(silent.get())).get("error"));
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM authorization_codes WHERE organization_id = ?", flow.organization.id()));
    }

    @Test
    void whenACodeWaitsForItsApplicationThenItHoldsNoConsentMeanwhile() throws Exception {
        agree();
        Future<Response> asked;
        try (TableLock removal = TableLock.ofRow("applications", flow.application)) {
            asked = threads.submit(() -> ask(Map.of()));
            removal.awaitWaiting();
            assertEquals(1, Database.execute("DELETE FROM consents WHERE user_id = ?", flow.person));
        }
        assertTrue(asked.get().asString().contains("Let Wiki in?"), asked.get().asString());
    }

    @Test
    void whenWithdrawnWhileManyCodesAndTokensAreGivenThenNoneOfThemIsGood() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            agree();
            Response tokens = flow.tokens(Map.of("scope", "users:read"));
            List<Callable<Response>> requests = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Supplier<Response> request =
                        i % 5 == 0 ? () -> flow.refresh(tokens.path("refresh_token")) : this::codeAndTokens;
                requests.add(() -> Http.untilServed(request, Response::statusCode));
            }
            requests.add(12, this::withdraw);
            List<String> refreshTokens = new ArrayList<>();
            for (Future<Response> answer : threads.invokeAll(requests)) {
                assertTrue(answer.get().statusCode() < 500, answer.get().asString());
                if (answer.get().statusCode() == 200
                        && answer.get().contentType().startsWith("application/json")) {
                    refreshTokens.add(answer.get().path("refresh_token"));
                }
            }
            for (String refresh : refreshTokens) {
                assertEquals(400, flow.refresh(refresh).statusCode());
            }
            assertEquals(
                    0L,
                    Database.value(
                            "SELECT count(*) FROM sessions WHERE organization_id = ? AND application_id = ?"
                                    + " AND ended_at IS NULL",
                            flow.organization.id(),
                            flow.application));
        }
    }

    @Test
    void whenWithdrawnTwiceAtOnceThenATokenIsNoGoodBehindEitherAnswer() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            agree();
            String access = flow.tokens(Map.of("scope", "users:read")).path("access_token");
            assertEquals(200, status(access));
            Future<List<Integer>> withdrawn;
            try (TableLock account = TableLock.ofRow("users", flow.person)) {
                withdrawn = threads.submit(() -> AtOnce.all(2, i -> {
                    int answer = given().auth()
                            .oauth2(token)
                            .delete(APPLICATIONS + flow.application)
                            .statusCode();
                    assertEquals(401, status(access));
                    return answer;
                }));
                account.awaitWaiting(2);
            }
            for (int answer : withdrawn.get()) {
                assertTrue(answer == 204 || answer == 404, "answered " + answer);
            }
        }
    }

    private static int status(String token) {
        return given().auth().oauth2(token).get("/api/v1/users/me").statusCode();
    }

    private void agree() {
        TestRows.consent(flow.organization, flow.person, flow.application);
    }

    private Response withdraw() {
        Response withdrawn = Http.untilServed(
                () -> given().auth().oauth2(token).delete(APPLICATIONS + flow.application), Response::statusCode);
        assertEquals(204, withdrawn.statusCode(), withdrawn.asString());
        return withdrawn;
    }

    private Response ask(Map<String, String> changes) {
        return given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .accept("text/html")
                .cookies(flow.browser.cookies())
                .get(CodeFlow.AUTHORIZE + query(flow.parameters(changes)));
    }

    private Response codeAndTokens() {
        Response asked = ask(Map.of("scope", "users:read"));
        return asked.statusCode() == 303
                ? flow.exchange(answerOf(location(asked)).get("code"))
                : asked;
    }
}
