package dev.roster.access.session;

import static dev.roster.testing.Bearer.bare;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.platform.background.Cleaner;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which sessions are listed and ended, and by whom. */
@QuarkusTest
class SessionListTest {
    private static final String MINE = "/api/v1/users/me/sessions";
    private static final String MEMBERS = "/api/v1/users/member/sessions";

    private final TestOrganization organization = TestOrganization.create();

    @Inject
    LastSeen lastSeen;

    @Inject
    Pool pool;

    @Inject
    Clock clock;

    private final Cleaner cleaner = Cleaners.named("SessionCleaner");

    @Test
    void whenListedThenTheNewestFirstAndTheCurrentOneFlagged() {
        TestClient first = organization.client(Role.VIEWER);
        TestClient second = organization.addClient(first.userId(), Role.VIEWER);
        String token = first.token();
        second.token();
        organization.token(Role.MEMBER);
        bare(token)
                .get(MINE)
                .then()
                .statusCode(200)
                .body("items.client_id", contains(second.clientId(), first.clientId()))
                .body("items.current", contains(false, true))
                .body("items[0].ip_address", notNullValue())
                .body("items[0].user_agent", notNullValue())
                .body("items[0].created_at", notNullValue())
                .body("items[0].expires_at", notNullValue())
                .body("items[0].ended_at", nullValue());
    }

    @Test
    void whenListedInPartsThenEachOnce() {
        TestClient first = organization.client(Role.VIEWER);
        String token = first.token();
        String second = organization.addClient(first.userId(), Role.VIEWER).clientId();
        openSession(second);
        String cursor = bare(token)
                .get(MINE + "?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("next_cursor");
        bare(token)
                .get(MINE + "?limit=1&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items.client_id", contains(first.clientId()))
                .body("next_cursor", nullValue());
        bare(token).get(MINE + "?limit=1&status=ended&cursor=" + cursor).then().statusCode(400);
    }

    @Test
    void whenOneIsEndedThenTheOtherGoesOn() {
        TestClient first = organization.client(Role.VIEWER);
        TestClient second = organization.addClient(first.userId(), Role.VIEWER);
        String token = first.token();
        String other = second.token();
        String id = bare(other).get(MINE).path("items.find { it.current }.id");
        bare(token).delete(MINE + "/" + id).then().statusCode(204);
        bare(other).get(MINE).then().statusCode(401);
        bare(token).get(MINE).then().statusCode(200).body("items", hasSize(1));
        bare(token)
                .get(MINE + "?status=ended")
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].ended_at", notNullValue());
        bare(token).delete(MINE + "/" + id).then().statusCode(204);
    }

    @Test
    void whenAllButTheCurrentAreEndedThenItGoesOn() {
        TestClient first = organization.client(Role.VIEWER);
        String token = first.token();
        String other = organization.addClient(first.userId(), Role.VIEWER).token();
        bare(token).delete(MINE + "?except=current").then().statusCode(204);
        bare(token).get(MINE).then().statusCode(200).body("items", hasSize(1));
        bare(other).get(MINE).then().statusCode(401);
        bare(token).delete(MINE + "?except=none").then().statusCode(400);
    }

    @Test
    void whenUnknownOrOfAnotherAccountThenNotFound() {
        String token = organization.token(Role.VIEWER);
        String admin = organization.token(Role.ADMIN);
        String id = bare(admin).get(MINE).path("items[0].id");
        bare(token).delete(MINE + "/" + id).then().statusCode(404).body("code", equalTo("session_not_found"));
        bare(token).delete(MINE + "/" + UUID.randomUUID()).then().statusCode(404);
        bare(token).delete(MINE + "/1").then().statusCode(400).body("invalid_fields", contains("id"));
        bare(admin).get(MINE).then().statusCode(200);
    }

    @Test
    void whenAdministratorThenSessionsOfOthers() {
        String admin = organization.token(Role.ADMIN);
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        String id = bare(admin)
                .get(MEMBERS)
                .then()
                .statusCode(200)
                .body("items.client_id", contains(member.clientId()))
                .body("items.current", contains(false))
                .extract()
                .path("items[0].id");
        bare(admin).delete(MEMBERS + "/" + id).then().statusCode(204);
        bare(token).get(MINE).then().statusCode(401);
        String again = member.token();
        bare(admin).delete(MEMBERS).then().statusCode(204);
        bare(again).get(MINE).then().statusCode(401);
        bare(admin).get(MEMBERS).then().statusCode(200).body("items", empty());
        bare(admin).get(MEMBERS + "?limit=1&status=ended").then().body("items", hasSize(1));
        bare(admin).get("/api/v1/users/nobody/sessions").then().statusCode(404);
        bare(admin).get("/api/v1/users/nobody/sessions?limit=1").then().statusCode(404);
    }

    @Test
    void whenNotAdministratorThenOwnSessionsOnly() {
        String viewer = organization.token(Role.VIEWER);
        organization.token(Role.MEMBER);
        bare(viewer).get(MEMBERS).then().statusCode(403);
        bare(viewer).delete(MEMBERS).then().statusCode(403);
        String stranger = TestOrganization.create().token(Role.ADMIN);
        bare(stranger).delete(MEMBERS).then().statusCode(404);
        String narrow = organization.token(Role.ADMIN, "users:read");
        bare(narrow).get(MINE).then().statusCode(403);
    }

    @Test
    void whenIdleForLongThenEndedAndTheNextTokenOpensAnother() {
        TestClient member = organization.client(Role.MEMBER);
        member.token();
        age(member, "expires_at = now() - interval '1 minute'");
        String token = member.token();
        bare(token).get(MINE).then().statusCode(200).body("items.current", contains(true));
        bare(token).get(MINE + "?status=ended").then().body("items", hasSize(1));
    }

    @Test
    void whenTooOldThenTheNextTokenOpensAnother() {
        TestClient member = organization.client(Role.MEMBER);
        String old = member.token();
        age(member, "created_at = now() - interval '90 days'");
        String token = member.token();
        bare(token).get(MINE).then().body("items.current", contains(true));
        bare(old).get(MINE).then().statusCode(401);
    }

    /** As other programs of the same host hold its earlier tokens, and in the end every token of a session as short as these. */
    @Test
    void whenTooOldForAnotherTokenThenTheNextOpensAnotherAndThoseOfBeforeAreGoodToTheirEnd() {
        TestClient member = organization.client(Role.MEMBER);
        List<String> tokens = new ArrayList<>(List.of(member.token()));
        for (int round = 0; round < 3; round++) {
            age(member, "created_at = now() - interval '90 days' + interval '50 minutes'");
            tokens.add(member.token());
        }
        String last = tokens.get(3);
        tokens.forEach(token -> bare(token).get(MINE).then().statusCode(200).body("items", hasSize(4)));
        bare(last).get(MINE).then().body("items.current", contains(true, false, false, false));
        bare(last).get(MINE + "?status=ended").then().body("items", empty());
        assertEquals(
                0L, Database.value("SELECT count(*) FROM revocations WHERE organization_id = ?", organization.id()));
        assertEquals(
                3L,
                Database.value(
                        "SELECT count(*) FROM sessions WHERE user_id = ? AND expires_at < now() + interval '62 minutes'",
                        member.userId()));
    }

    @Test
    void whenAClientIsAtItsBoundThenASessionThatIsTooOldGivesWayToo() {
        TestClient member = organization.client(Role.MEMBER);
        String first = member.token();
        age(member, "created_at = now() - interval '90 days' + interval '50 minutes'");
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at, expires_at)"
                        + " SELECT organization_id, gen_random_uuid(), user_id, id, 'host ' || n, now(), now(),"
                        + " now() + interval '1 day' FROM clients, generate_series(1, 49) AS n WHERE client_id = ?",
                member.clientId());
        String second = member.token();
        for (String token : List.of(first, second)) {
            bare(token).get(MINE).then().statusCode(200);
        }
        // What has given way counts to no bound
        assertEquals(51L, sessions(member));
    }

    @Test
    void whenCalledThenSeen() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        age(member, "last_seen_at = now() - interval '1 hour'");
        Database.execute("UPDATE users SET last_seen_at = NULL WHERE id = ?", member.userId());
        bare(token).get(MINE).then().statusCode(200);
        lastSeen.run().await().atMost(Duration.ofSeconds(60));
        // The service's own run may have it
        Eventually.equal(
                true,
                () -> Database.value(
                        "SELECT bool_and(s.last_seen_at > now() - interval '1 minute' AND u.last_seen_at = s.last_seen_at)"
                                + " FROM sessions s JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id"
                                + " WHERE u.id = ?",
                        member.userId()));
    }

    @Test
    void whenEndedForLongThenDeleted() {
        TestClient member = organization.client(Role.MEMBER);
        for (String column : new String[] {"ended_at", "expires_at"}) {
            member.token();
            age(member, column + " = now() - interval '29 days'");
        }
        String token = member.token();
        bare(token).get(MINE + "?status=ended").then().body("items", hasSize(2));
        Database.execute(
                "UPDATE sessions SET ended_at = " + Database.earlier("ended_at", "interval '2 days'")
                        + ", expires_at = " + Database.earlier("expires_at", "interval '2 days'")
                        + ", token_expires_at = CASE WHEN ended_at IS NULL THEN "
                        + Database.earlier("expires_at", "interval '2 days'") + " ELSE token_expires_at END"
                        + " WHERE user_id = ? AND least(ended_at, expires_at) < now()",
                member.userId());
        cleaner.run().await().atMost(Duration.ofSeconds(60));
        Database.awaitReleased(
                "sessions WHERE organization_id = ? AND user_id = ?", member.organizationId(), member.userId());
        bare(token).get(MINE + "?status=ended").then().body("items", empty());
        bare(token).get(MINE).then().body("items.current", containsInAnyOrder(true));
    }

    /** Whatever revokes a token finds its session, also one that an earlier version gave beyond the end of that. */
    @Test
    void whenATokenOutlivesItsSessionThenThatIsKeptUntilTheTokenHasEnded() {
        TestClient member = organization.client(Role.MEMBER);
        member.token();
        age(member, "expires_at = now() - interval '31 days', token_expires_at = now() - interval '30 days'");
        cleaner.run().await().atMost(Duration.ofSeconds(60));
        assertEquals(1L, sessions(member));
        age(member, "token_expires_at = now() - interval '30 days 6 minutes'");
        cleaner.run().await().atMost(Duration.ofSeconds(60));
        Database.awaitReleased(
                "sessions WHERE organization_id = ? AND user_id = ?", member.organizationId(), member.userId());
        assertEquals(0L, sessions(member));
    }

    /** Who opens and ends them again and again is put off by their number in ten minutes. */
    @Test
    void whenEndedSessionsAreNotToBeListedThenTheyStayWhileTheyCount() {
        Cleaner impatient = SessionExpiry.forgotten(
                pool, TestSettings.of(SessionSettings.class, Map.of("roster.session.ended-retention", "PT0S")), clock);
        TestClient member = organization.client(Role.MEMBER);
        member.token();
        age(member, "ended_at = now() - interval '9 minutes'");
        impatient.run().await().atMost(Duration.ofSeconds(60));
        assertEquals(1L, sessions(member));
        Database.execute(
                "UPDATE sessions SET ended_at = now() - interval '11 minutes' WHERE user_id = ?", member.userId());
        impatient.run().await().atMost(Duration.ofSeconds(60));
        Database.awaitReleased(
                "sessions WHERE organization_id = ? AND user_id = ?", member.organizationId(), member.userId());
        assertEquals(0L, sessions(member));
    }

    private static long sessions(TestClient client) {
        return (long) Database.value("SELECT count(*) FROM sessions WHERE user_id = ?", client.userId());
    }

    private static void openSession(String clientId) {
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at,"
                        + " expires_at) SELECT organization_id, ?, user_id, id, 'x', now(), now(),"
                        + " now() + interval '1 day' FROM clients WHERE client_id = ?",
                UUID.fromString("ffffffff-0000-7000-8000-000000000000"),
                clientId);
    }

    private static void age(TestClient client, String change) {
        Database.execute("UPDATE sessions SET " + change + " WHERE user_id = ? AND ended_at IS NULL", client.userId());
    }
}
