package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Probe;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TableLock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that misses something gets no requests, says what it is, and is not restarted. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class NotReadyTest {
    private static final String END_LISTENING =
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE application_name = 'roster revocations' AND datname = current_database()
            """;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private DatabaseProxy proxy;
    private Probe probe;

    @BeforeEach
    void awaitReady() throws InterruptedException {
        probe = new Probe(management);
        probe.await("ready");
    }

    @AfterEach
    void restore() throws InterruptedException {
        proxy.restore();
        probe.await("ready");
    }

    @Test
    void whenTheDatabaseRefusesThenNotReadyButAlive() throws InterruptedException {
        proxy.refuse();
        assertNotReadyButAlive("database", "revocations");
    }

    @Test
    void whenTheDatabaseIsSilentThenNotReadyButAlive() throws InterruptedException {
        proxy.fallSilent();
        assertNotReadyButAlive("database", "revocations");
    }

    @Test
    void whenTheDatabaseIsBackThenReadyAgain() throws InterruptedException {
        proxy.refuse();
        probe.await("ready", "database", "revocations");
        proxy.restore();
        probe.await("ready");
    }

    @Test
    void whenRevocationsCannotBeReadThenNotReadyButAlive() throws Exception {
        try (TableLock lock = new TableLock("revocations")) {
            assertEquals(1L, Database.value(END_LISTENING));
            assertNotReadyButAlive("revocations");
        }
        probe.await("ready");
    }

    private void assertNotReadyButAlive(String... missing) throws InterruptedException {
        probe.await("ready", missing);
        probe.assertAnswer("live");
        probe.assertAnswer("started");
    }
}
