package dev.roster.revocation;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.platform.background.Cleaner;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token stops working with the answer that ended its session, client or account. */
@QuarkusTest
class RevocationTest {
    private final TestOrganization organization = TestOrganization.create();
    private String admin;

    @Inject
    RevocationFeed feed;

    private final Cleaner cleaner = Cleaners.named("RevocationCleaner");

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void signIn() {
        admin = organization.token(Role.ADMIN);
    }

    @Test
    void whenSessionsAreEndedThenTokensAreRefusedAndNewOnesAccepted() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        accepted(token);
        as(token).delete("/api/v1/users/me/sessions").then().statusCode(204);
        refused(token);
        accepted(member.token());
    }

    @Test
    void whenAccountIsDeactivatedThenRefusedAlsoAfterItIsActiveAgain() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        patch("member", "{\"status\": \"deactivated\"}");
        refused(token);
        assertEquals(0, openSessions(member));
        patch("member", "{\"status\": \"active\"}");
        refused(token);
        accepted(member.token());
    }

    @Test
    void whenAccountIsDeletedThenRefused() {
        String token = organization.token(Role.MEMBER);
        as(admin).delete("/api/v1/users/member").then().statusCode(204);
        refused(token);
    }

    @Test
    void whenRoleIsLoweredThenRefusedAndNewTokensAccepted() {
        TestClient other = organization.add("second", Role.ADMIN);
        String token = other.token();
        patch("second", "{\"role\": \"viewer\"}");
        refused(token);
        accepted(other.token());
        assertEquals(1, openSessions(other));
    }

    @Test
    void whenRoleIsRaisedOrNameChangesThenAccepted() {
        String token = organization.token(Role.MEMBER);
        patch("member", "{\"role\": \"admin\"}");
        patch("member", "{\"display_name\": \"Another\"}");
        accepted(token);
    }

    @Test
    void whenChangeIsRefusedThenAccepted() {
        as(admin)
                .body("{\"role\": \"member\"}")
                .patch("/api/v1/users/admin")
                .then()
                .statusCode(409);
        accepted(admin);
    }

    @Test
    void whenPasswordIsChangedThenAllSessionsAreRefused() {
        TestClient member = organization.client(Role.MEMBER);
        String here = member.token();
        String there = organization.addClient(member.userId(), Role.MEMBER).token();
        as(here).body("{\"password\": \"correct horse battery staple\"}")
                .patch("/users/" + member.userId())
                .then()
                .statusCode(200);
        refused(here);
        refused(there);
        String again = member.token();
        as(admin)
                .body("{\"password\": \"another battery staple\"}")
                .patch("/users/" + member.userId())
                .then()
                .statusCode(200);
        refused(again);
    }

    @Test
    void whenCredentialsAreRotatedThenEarlierTokensAreRefused() {
        TestClient first = serviceAccount("/api/v1/service-accounts", "{\"name\": \"robot\"}");
        String token = first.token();
        TestClient second = serviceAccount("/api/v1/service-accounts/robot/token", "{}");
        refused(token);
        assertEquals(0, openSessions(first));
        String kept = second.token();
        serviceAccount("/api/v1/service-accounts/robot/token", "{\"overlap_seconds\": 60}");
        accepted(kept);
    }

    @Test
    void whenListenerIsCutThenNothingRevokedIsAccepted() {
        for (int i = 0; i < 5; i++) {
            TestClient member = organization.client(Role.MEMBER);
            String kept = admin;
            String token = member.token();
            cutListener();
            as(token).delete("/api/v1/users/me/sessions").then().statusCode(204);
            refused(token);
            accepted(kept);
            Eventually.holds(feed::isInSync);
            refused(token);
            accepted(kept);
        }
    }

    @Test
    void whenRevokedWhileNobodyListenedThenRefusedAfterwards() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        cutListener();
        Eventually.holds(feed::isInSync);
        // As another replica that writes, but whose announcement was lost with the connection
        Database.execute(
                "INSERT INTO revocations (organization_id, subject_kind, subject, revoked_at, expires_at)"
                        + " VALUES (?, 'client', ?, now(), now() + interval '1 hour')",
                organization.id(),
                member.clientId());
        accepted(token);
        cutListener();
        Eventually.holds(feed::isInSync);
        refused(token);
    }

    @Test
    void whenExpiredThenDeleted() {
        Database.execute(
                "INSERT INTO revocations (organization_id, subject_kind, subject, revoked_at, expires_at)"
                        + " SELECT ?, 'client', 'x' || n, now(), now() FROM generate_series(1, 2500) n",
                organization.id());
        Database.execute(
                "INSERT INTO revocations (organization_id, subject_kind, subject, revoked_at, expires_at)"
                        + " VALUES (?, 'client', 'y', now(), now() + interval '1 hour')",
                organization.id());
        cleaner.run().await().atMost(Duration.ofSeconds(60));
        Database.awaitReleased("revocations WHERE organization_id = ?", organization.id());
        assertEquals(
                1L, Database.value("SELECT count(*) FROM revocations WHERE organization_id = ?", organization.id()));
    }

    private TestClient serviceAccount(String path, String body) {
        var answer = as(admin).body(body).post(path).then().extract();
        assertTrue(answer.statusCode() < 300, answer.asString());
        return new TestClient(
                organization.id(),
                java.util.UUID.fromString(answer.path("id")),
                Role.MEMBER,
                null,
                answer.path("credential.client_id"),
                answer.path("credential.client_secret"));
    }

    private void patch(String name, String change) {
        as(admin).body(change).patch("/api/v1/users/" + name).then().statusCode(200);
    }

    private static long openSessions(TestClient client) {
        return (Long) Database.value(
                "SELECT count(*) FROM sessions WHERE organization_id = ? AND user_id = ? AND ended_at IS NULL",
                client.organizationId(),
                client.userId());
    }

    private void cutListener() {
        double before = resyncs();
        Database.cutListener();
        // It may be there again before anybody looks
        Eventually.holds(() -> !feed.isInSync() || resyncs() > before);
    }

    private double resyncs() {
        return metrics.counter("roster.revocations.resyncs").count();
    }

    private static void accepted(String token) {
        as(token).get("/api/v1/users/me").then().statusCode(200);
    }

    private static void refused(String token) {
        as(token).get("/api/v1/users/me").then().statusCode(401);
    }
}
