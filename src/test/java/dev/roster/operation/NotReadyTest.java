package dev.roster.operation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.revocation.RevocationFeed;
import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.Probe;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that misses something gets no requests, says what it is, and is not restarted. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class NotReadyTest {
    @Inject
    RevocationFeed feed;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private DatabaseProxy proxy;
    private Probe probe;

    @BeforeEach
    void awaitReady() throws InterruptedException {
        probe = new Probe(management);
        probe.await("ready");
        Eventually.holds(feed::isInSync);
    }

    @AfterEach
    void restore() throws InterruptedException {
        proxy.restore();
        probe.await("ready");
    }

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
