package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.Probe;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An organization whose statements hang, and the others. */
@QuarkusTest
class BusyOrganizationTest {
    private static final int CLIENTS = 30;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void whenTheTokensOfOneHangThenTheOthersGetTheirs() throws Exception {
        TestOrganization hanging = TestOrganization.create();
        TestClient stuck = hanging.client(Role.ADMIN);
        TestClient other = TestOrganization.create().client(Role.ADMIN);
        Probe probe = new Probe(management);
        CompletableFuture<List<HttpResponse<String>>> answers;
        try (TableLock lock = TableLock.ofRow("users", stuck.userId())) {
            answers = CompletableFuture.supplyAsync(
                    () -> Http.sendAtOnce(Collections.nCopies(CLIENTS, tokenRequest(stuck))));
            Eventually.holds(() -> probe.metric("roster_db_pool_active") >= 15);
            for (int i = 0; i < 3; i++) {
                assertEquals(200, Http.send(tokenRequest(other)).statusCode());
            }
        }
        assertAnswered(answers);
    }

    @Test
    void whenTheStatementsOfOneHangThenTheOthersAreAnswered() throws Exception {
        TestOrganization hanging = TestOrganization.create();
        UUID ann = TestRows.person(hanging, "ann", Role.MEMBER);
        HttpRequest stuck =
                Http.request(hanging.token(Role.ADMIN), "PATCH", "/api/v1/users/ann", "{\"display_name\":\"A\"}");
        TestOrganization other = TestOrganization.create();
        TestRows.person(other, "bob", Role.MEMBER);
        String token = other.token(Role.ADMIN);
        Probe probe = new Probe(management);
        CompletableFuture<List<HttpResponse<String>>> answers;
        try (TableLock lock = TableLock.ofRow("users", ann)) {
            answers = CompletableFuture.supplyAsync(() -> Http.sendAtOnce(Collections.nCopies(CLIENTS, stuck)));
            Eventually.holds(() -> probe.metric("roster_db_pool_active") >= 15);
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        200,
                        Http.send(Http.request(token, "PATCH", "/api/v1/users/bob", "{\"display_name\":\"B\"}"))
                                .statusCode());
                assertEquals(
                        200,
                        Http.send(Http.request(token, "GET", "/api/v1/users?limit=10", null))
                                .statusCode());
            }
        }
        assertAnswered(answers);
    }

    /** Its identifier is no secret: whoever sends what was made up takes nothing from those who belong there. */
    @ParameterizedTest
    @CsvSource({
        "authorization_codes, grant_type=authorization_code&redirect_uri=https://a.example&code_verifier=v&code=",
        "refresh_tokens, grant_type=refresh_token&refresh_token=rsr_"
    })
    void whenStrangersNameAPublicApplicationThenItsOrganizationIsAnswered(String table, String grant) throws Exception {
        TestOrganization organization = TestOrganization.create();
        UUID application = TestRows.application(organization);
        Database.execute("UPDATE applications SET is_public = true WHERE id = ?", application);
        TestRows.person(organization, "bob", Role.MEMBER);
        HttpRequest own =
                Http.request(organization.token(Role.ADMIN), "PATCH", "/api/v1/users/bob", "{\"display_name\":\"B\"}");
        List<HttpRequest> invented = IntStream.range(0, CLIENTS)
                .mapToObj(
                        i -> Http.form("/oauth2/token", "client_id=test-" + application + "&" + grant + "invented" + i))
                .toList();
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (TableLock lock = new TableLock(table)) {
            answers = Http.begin(invented);
            // All have come: those beyond the share wait no longer
            Eventually.holds(
                    () -> answers.stream().filter(CompletableFuture::isDone).count() >= CLIENTS - 15);
            assertEquals(200, Http.send(own).statusCode());
        }
        answers.forEach(
                answer -> assertTrue(Set.of(400, 503).contains(answer.join().statusCode()), answer.join()::body));
    }

    private static HttpRequest tokenRequest(TestClient client) {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(client.clientId(), client.secret());
        return Http.form("/oauth2/token", form);
    }

    private static void assertAnswered(CompletableFuture<List<HttpResponse<String>>> answers) {
        Set<Integer> statuses = new TreeSet<>();
        answers.join().forEach(answer -> statuses.add(answer.statusCode()));
        assertTrue(Set.of(200, 503).containsAll(statuses), statuses::toString);
    }
}
