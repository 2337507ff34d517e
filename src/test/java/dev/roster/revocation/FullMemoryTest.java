package dev.roster.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.database.DedicatedConnections;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica whose memory has no room for all revocations, beside that of the other tests. */
@QuarkusTest
class FullMemoryTest {
    private static final int ROOM = 6_000;
    private static final int MORE = 20_000;
    private static final int PART = 5_000;

    private final TestOrganization organization = TestOrganization.create();

    @Inject
    DedicatedConnections connections;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    private RevokedSubjects subjects;
    private RevocationFeed feed;

    @BeforeEach
    void start() throws Throwable {
        long others = (Long) Database.value("SELECT count(*) FROM revocations");
        Database.execute(
                "INSERT INTO revocations (organization_id, subject_kind, subject, revoked_at, expires_at)"
                        + " SELECT ?, 'client', 'full ' || n, now(), now() + interval '1 hour'"
                        + " FROM generate_series(1, ?) n",
                organization.id(),
                MORE);
        RevocationSettings settings = TestRevocations.settings((int) others + ROOM);
        subjects = new RevokedSubjects(settings);
        feed = new RevocationFeed(connections, pool, subjects, settings, vertx, clock, new SimpleMeterRegistry());
        feed.onStart(null);
    }

    @AfterEach
    void stop() {
        feed.onStop(null);
        Database.execute("DELETE FROM revocations WHERE organization_id = ?", organization.id());
    }

    @Test
    void whenFullThenNoMoreIsReadAndTheConnectionGoesOnUntilThereIsRoom() {
        Object listeners = listeners();
        assertStopped(0);
        long before = subjects.dropped();
        feed.forget();
        Eventually.holds(() -> subjects.dropped() > before);
        assertStopped(before);
        assertEquals(listeners, listeners());
        Database.execute("DELETE FROM revocations WHERE organization_id = ?", organization.id());
        assertFalse(feed.isInSync());
        Eventually.holds(() -> {
            feed.forget();
            return feed.isInSync();
        });
        assertEquals(listeners, listeners());
    }

    private void assertStopped(long before) {
        long dropped = subjects.dropped() - before;
        assertTrue(dropped > 0 && dropped <= PART, dropped + " were dropped");
        assertFalse(feed.isInSync());
    }

    private static Object listeners() {
        return Database.value("SELECT string_agg(pid || ' ' || backend_start, ',' ORDER BY pid) FROM pg_stat_activity"
                + " WHERE application_name = 'roster revocations' AND datname = current_database()");
    }
}
