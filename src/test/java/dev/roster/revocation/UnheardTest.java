package dev.roster.revocation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.ReadyBeforeAndAfter;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that answers every question, and on which nothing is announced, is not trusted. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class UnheardTest extends ReadyBeforeAndAfter {
    private static final String ME = "/api/v1/users/me";

    // Two attempts to listen, each with its patience, end within
    private static final Duration ATTEMPTS = Duration.ofSeconds(6);

    @Test
    void whenAnnouncementsStopThenRevokedTokensAreRefused() throws Exception {
        proxy.muffle();
        Eventually.holds(() -> !feed.isInSync());
        probe.assertAnswer("ready");
        assertRevokedTokensAreRefused();
    }

    @Test
    void whenThereWasNeverAnAnnouncementThenNeverTrusted() throws Exception {
        proxy.muffle();
        Database.cutListener();
        Eventually.holds(() -> !feed.isInSync());
        long end = System.nanoTime() + ATTEMPTS.toNanos();
        while (System.nanoTime() < end) {
            assertFalse(feed.isInSync());
            Thread.sleep(5);
        }
        probe.assertAnswer("ready");
        assertRevokedTokensAreRefused();
    }

    private static void assertRevokedTokensAreRefused() {
        TestOrganization organization = TestOrganization.create();
        String kept = organization.token(Role.ADMIN);
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        assertEquals(200, status(token));
        TestClient asks = organization.client(Role.ADMIN);
        assertEquals(true, isActive(asks, token));
        // As another replica does it, which does not wait until this one has heard
        Database.execute(
                "UPDATE users SET token_generation = token_generation + 1" + " WHERE organization_id = ? AND id = ?",
                organization.id(),
                member.userId());
        assertEquals(401, status(token));
        assertEquals(200, status(kept));
        assertEquals(false, isActive(asks, token));
        assertEquals(true, isActive(asks, kept));
    }

    private static Object isActive(TestClient client, String token) {
        return given().auth()
                .preemptive()
                .basic(client.clientId(), client.secret())
                .formParam("token", token)
                .post("/oauth2/introspect")
                .then()
                .statusCode(200)
                .extract()
                .path("active");
    }

    private static int status(String token) {
        return given().auth().oauth2(token).get(ME).statusCode();
    }
}
