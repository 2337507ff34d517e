package dev.roster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.database.NoConnectionException;
import dev.roster.platform.database.StaleConnectionException;
import dev.roster.platform.persistence.Uuids;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long events are kept. */
@QuarkusTest
class AuditCleanerTest {
    // Longer than what the service itself keeps, so that it takes nothing of these tests
    private static final Duration KEEP = Duration.ofDays(300);

    @Inject
    Pool database;

    @Inject
    Clock clock;

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenOlderThanIsKeptThenDeletedInParts() {
        add(clock.instant().minus(KEEP).minusSeconds(60), 2_500);
        add(clock.instant().minus(KEEP).plusSeconds(60), 1);
        Eventually.holds(() -> runs(cleaner(KEEP)));
        assertEquals(List.of("user.changed"), RecordedEvents.types(organization.id()));
    }

    /** Else the next start would take the key that has signed all the time for one that comes to sign. */
    @Test
    void whenAKeyHasSignedForLongerThanIsKeptThenItIsStillKnown() {
        Database.execute(
                "INSERT INTO audit_events (organization_id, id, version, type, actor_kind, occurred_at)"
                        + " VALUES (?, ?, 1, 'signing_key.rotated', 'system', now())",
                organization.id(),
                Uuids.v7(clock.instant().minus(KEEP).minusSeconds(60)));
        Eventually.holds(() -> runs(cleaner(KEEP)));
        assertEquals(List.of("signing_key.rotated"), RecordedEvents.types(organization.id()));
    }

    @Test
    void whenKeptForNoTimeThenRefused() {
        assertEquals(List.of("ROSTER_AUDIT_KEEP must be 1 to 36500 days"), TestSettings.broken((AuditSettings)
                () -> Duration.ZERO));
    }

    /** Whether it came to its end; else the next run goes on, as where the database says nothing for too long. */
    private static boolean runs(Cleaner cleaner) {
        try {
            VertxContextSupport.subscribeAndAwait(cleaner::run);
            return true;
        } catch (ClosedConnectionException | NoConnectionException | StaleConnectionException brokenOff) {
            return false;
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private Cleaner cleaner(Duration keep) {
        return AuditLog.kept(database, () -> keep, clock);
    }

    private void add(Instant time, int events) {
        Database.execute("""
                INSERT INTO audit_events (organization_id, id, version, type, actor_kind, occurred_at)
                SELECT CAST(? AS uuid),
                       CAST(left(CAST(? AS text), 24) || lpad(to_hex(n), 12, '0') AS uuid),
                       1, 'user.changed', 'system', now()
                  FROM generate_series(1, ?) AS n""", organization.id(), Uuids.v7(time).toString(), events);
    }
}
