package dev.roster.organization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.client.ClientAuthentication;
import dev.roster.caller.Role;
import dev.roster.platform.database.Migrations;
import dev.roster.testing.Database;
import dev.roster.testing.LogListener;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a start makes of a database. */
@QuarkusTest
class FirstStartTest {
    private static final String FIRST = "first secret of the operator";
    private static final String SECOND = "second secret of the operator";

    @Inject
    Migrations migrations;

    @Inject
    Pool database;

    @Inject
    Organizations organizations;

    @Inject
    ClientAuthentication authentication;

    @Inject
    AdminReset reset;

    @Inject
    StartConsole console;

    @Inject
    Restores restores;

    @Test
    void whenDatabaseIsEmptyThenAdministratorWithSystemClient() {
        assertEquals(
                "admin",
                Database.value("SELECT u.username FROM clients c"
                        + " JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id"
                        + " JOIN organizations o ON o.id = u.organization_id"
                        + " WHERE o.name = 'default' AND c.client_id = 'admin' AND c.is_system"));
    }

    @Test
    void whenDatabaseIsEmptyThenWhatIsMadeIsRecordedAsTheServicesOwn() {
        assertEquals(
                "organization.created, secret.created, user.created",
                Database.value("SELECT string_agg(type, ', ' ORDER BY type) FROM (SELECT type FROM audit_events e"
                        + " JOIN organizations o ON o.id = e.organization_id"
                        + " WHERE o.name = 'default' AND e.actor_kind = 'system'"
                        + " ORDER BY e.id LIMIT 3) first"));
    }

    @Test
    void whenStartedAgainWithAnotherSecretThenTheFirstStaysAndTheLogSaysSo() throws Throwable {
        Object before = digest("admin");
        List<String> log = logged(() -> start("admin", "another secret of the client", false));
        assertEquals(before, digest("admin"));
        assertEquals(1, log.size(), log.toString());
        assertTrue(log.get(0).startsWith("ROSTER_ADMIN_CLIENT_SECRET is not"), log.get(0));
        assertFalse(log.get(0).contains("another secret"), log.get(0));
    }

    @Test
    void whenResetThenTheNewSecretLetsTheOperatorInOnce() throws Throwable {
        String id = newClient();
        grant(id, FIRST).then().statusCode(200).body("scope", equalTo("system"));
        long events = resets(id);
        assertEquals(List.of(), logged(() -> start(id, FIRST, true)));
        assertEquals(events, resets(id), "the same secret again");

        List<String> log = logged(() -> start(id, SECOND, true));
        assertEquals(1, log.size(), log.toString());
        assertTrue(log.get(0).startsWith("ROSTER_ADMIN_RESET: "), log.get(0));
        assertFalse(log.get(0).contains(SECOND), log.get(0));
        assertEquals(events + 1, resets(id));
        grant(id, FIRST).then().statusCode(401);
        grant(id, SECOND).then().statusCode(200);
    }

    @Test
    void whenResetThenItsAccountIsAnActiveAdministratorWithoutItsEarlierTokens() throws Throwable {
        String id = newClient();
        String token = grant(id, FIRST).path("access_token");
        Database.execute(
                "UPDATE users SET status = 'deactivated', role = 'viewer'"
                        + " WHERE id = (SELECT user_id FROM clients WHERE client_id = ?)",
                id);
        grant(id, FIRST).then().statusCode(401);
        start(id, FIRST, true);
        grant(id, FIRST).then().statusCode(200).body("scope", equalTo("system"));
        assertEquals(401, me(token));
    }

    @Test
    void whenItsClientWasRevokedThenTokensAfterTheResetAreTaken() throws Throwable {
        String id = newClient();
        String token =
                TestClient.grant(id, FIRST).then().statusCode(200).extract().path("access_token");
        Object row = Database.value("SELECT CAST(id AS text) FROM clients WHERE client_id = ?", id);
        given().header("Authorization", "Bearer " + token)
                .delete("/api/v1/users/me/secrets/" + row)
                .then()
                .statusCode(204);
        assertEquals(401, me(token));
        start(id, SECOND, true);
        assertEquals(401, me(token));
        assertEquals(200, me(TestClient.grant(id, SECOND).path("access_token")));
    }

    @Test
    void whenReplicasResetAtOnceThenOneDoes() throws Throwable {
        String id = newClient();
        long events = resets(id);
        List<CompletableFuture<Void>> starts = Stream.of(1, 2, 3)
                .map(replica -> CompletableFuture.runAsync(() -> startUnchecked(id, SECOND, true)))
                .toList();
        starts.forEach(CompletableFuture::join);
        assertEquals(events + 1, resets(id));
        grant(id, SECOND).then().statusCode(200);
    }

    @Test
    void whenTheNameIsThatOfAnotherClientThenRefused() {
        TestClient other = TestOrganization.create().client(Role.ADMIN);
        String message = assertThrows(ConfigurationException.class, () -> start(other.clientId(), SECOND, true))
                .getMessage();
        assertTrue(message.startsWith("ROSTER_ADMIN_CLIENT_ID names"), message);
        other.grant().then().statusCode(200);
    }

    /** A first client of a name that no other test uses. */
    private String newClient() throws Throwable {
        String id = "operator-" + UUID.randomUUID();
        start(id, FIRST, true);
        return id;
    }

    private void start(String id, String secret, boolean anew) throws Throwable {
        new FirstStart(
                        migrations,
                        database,
                        organizations,
                        authentication,
                        new Settings(id, secret, anew),
                        reset,
                        Optional::empty,
                        restores,
                        console)
                .onStart(new StartupEvent());
    }

    private void startUnchecked(String id, String secret, boolean anew) {
        try {
            start(id, secret, anew);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private interface Step {
        void run() throws Throwable;
    }

    /** What the feature says at level WARN and above, but for its work in the background. */
    private static List<String> logged(Step step) throws Throwable {
        List<String> messages = new CopyOnWriteArrayList<>();
        try (LogListener said = new LogListener("dev.roster.organization", entry -> {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()
                    && !entry.getLoggerName().equals(OrganizationRemoval.class.getName())) {
                messages.add(entry.getFormattedMessage());
            }
        })) {
            step.run();
        }
        return messages;
    }

    private static Response grant(String id, String secret) {
        return TestClient.authenticated(id, secret)
                .formParam("grant_type", "client_credentials")
                .formParam("scope", "system")
                .post("/oauth2/token");
    }

    private static int me(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/v1/users/me")
                .statusCode();
    }

    private static long resets(String id) {
        return (Long) Database.value(
                "SELECT count(*) FROM audit_events" + " WHERE type = 'admin.reset' AND details ->> 'client_id' = ?",
                id);
    }

    private static Object digest(String id) {
        return Database.value("SELECT encode(secret_digest, 'hex') FROM clients WHERE client_id = ?", id);
    }

    private record Settings(String clientId, Optional<String> clientSecret, boolean reset)
            implements AdminClientSettings {
        Settings(String clientId, String secret, boolean reset) {
            this(clientId, Optional.of(secret), reset);
        }
    }
}
