package dev.roster.operation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.ReadyBeforeAndAfter;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** A service that misses something gets no requests, says what it is, and is not restarted. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class NotReadyTest extends ReadyBeforeAndAfter {
    @Test
    void whenTheDatabaseRefusesThenNotReadyButAlive() throws InterruptedException {
        proxy.refuse();
        assertNotReadyButAlive("database");
    }

    @Test
    void whenTheDatabaseIsSilentThenNotReadyButAlive() throws InterruptedException {
        proxy.fallSilent();
        assertNotReadyButAlive("database");
    }

    @Test
    void whenTheDatabaseIsBackThenReadyAgain() throws InterruptedException {
        proxy.refuse();
        probe.await("ready", "database");
        proxy.restore();
        probe.await("ready");
    }

    @Test
    void whenRevocationsCannotBeReadThenReadyAndTokensAreGoodAllTheSame() throws Exception {
        String token = TestOrganization.create().token(Role.ADMIN);
        try (TableLock lock = new TableLock("revocations")) {
            Database.cutListener();
            Eventually.holds(() -> !feed.isInSync());
            probe.assertAnswer("ready");
            given().auth().oauth2(token).get("/api/v1/users/me").then().statusCode(200);
            assertFalse(feed.isInSync());
        }
        Eventually.holds(feed::isInSync);
    }

    private void assertNotReadyButAlive(String... missing) throws InterruptedException {
        probe.await("ready", missing);
        probe.assertAnswer("live");
        probe.assertAnswer("started");
    }
}
