package dev.roster.access.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.session.SessionTokens;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long tokens live that were got with another one. */
@QuarkusTest
class DerivedTokensTest {
    private final TestOrganization organization = TestOrganization.create();

    @Inject
    TestClock clock;

    @Inject
    SessionTokens sessions;

    @Inject
    DerivedTokens derivedTokens;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenOneAsksForAnotherMuchLaterThenThatEndsWithIt() {
        String first = derived(organization.token(Role.MEMBER));
        clock.advance(Duration.ofMinutes(40));
        assertEquals(end(first), end(derived(first)));
    }

    @Test
    void whenManyAreAskedForThenOneEventAMinute() {
        String token = organization.token(Role.MEMBER);
        for (int i = 0; i < 5; i++) {
            derived(token);
        }
        assertEquals(1L, events());
        clock.advance(Duration.ofMinutes(2));
        derived(token);
        assertEquals(2L, events());
    }

    @Test
    void whenATokenHasScopesThenTheyAreInOrder() throws Throwable {
        String key = TestClient.key(organization.token(Role.ADMIN));
        AccessToken token = VertxContextSupport.subscribeAndAwait(() -> derivedTokens.ofKey(key, null));
        List<String> scopes = List.of(token.scope().split(" "));
        assertEquals(scopes.stream().sorted().toList(), scopes);
        assertTrue(scopes.size() > 2, token.scope());
    }

    /** The account may be another by the time that the request reaches the database. */
    @Test
    void whenTheAccountIsAnotherByThenThenNone() throws Throwable {
        TestClient client = organization.client(Role.MEMBER);
        client.token();
        Caller caller = new Caller(
                organization.id(),
                organization.name(),
                client.userId(),
                Role.MEMBER,
                Set.of(),
                client.clientId(),
                (UUID) Database.value("SELECT id FROM sessions WHERE client_id = ?", client.id()),
                null);
        Instant soon = clock.instant().plus(Duration.ofMinutes(30));
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> sessions.add(caller, soon))
                .isPresent());
        for (String change : List.of(
                "UPDATE users SET role = 'viewer' WHERE id = ?",
                "UPDATE users SET role = 'member', status = 'deactivated' WHERE id = ?")) {
            Database.execute(change, client.userId());
            assertTrue(
                    VertxContextSupport.subscribeAndAwait(() -> sessions.add(caller, soon))
                            .isEmpty(),
                    change);
        }
        Database.execute("UPDATE users SET status = 'active' WHERE id = ?", client.userId());
        Database.execute("UPDATE clients SET revoked_at = now() WHERE id = ?", client.id());
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> sessions.add(caller, soon))
                .isEmpty());
    }

    @Test
    void whenTheSecretEndsThenNoDerivedTokenOutlivesIt() throws Throwable {
        TestClient client = organization.client(Role.MEMBER);
        String token = client.token();
        Database.execute("UPDATE clients SET expires_at = now() + interval '10 minutes' WHERE id = ?", client.id());
        long secret = (Long) Database.value(
                "SELECT CAST(extract(epoch FROM expires_at) AS bigint) FROM clients WHERE id = ?", client.id());
        assertTrue(Math.abs(secret - end(derived(token))) <= 1);
        Database.execute("UPDATE clients SET expires_at = now() - interval '1 second' WHERE id = ?", client.id());
        given().header("Authorization", "Bearer " + token)
                .get("/auth/api_token")
                .then()
                .statusCode(401);
    }

    private long events() {
        return (Long) Database.value(
                "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'token.derived'",
                organization.id());
    }

    private static String derived(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/auth/api_token")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replace("\"", "");
    }

    private static long end(String token) {
        return (Long) TokenClaims.of(token).getClaimValue("exp");
    }
}
