package dev.roster.platform.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.persistence.Uuids;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is past goes part after part, and each organization's whatever becomes of the others'. */
@QuarkusTest
class CleanerTest {
    // Longer ago than all that other tests know of, and not so long that the service itself deletes it
    private static final Duration KEPT = Duration.ofDays(350);

    private final Instant limit = Instant.now().minus(KEPT);

    @Inject
    Pool database;

    private final TestOrganization first = TestOrganization.create();
    private final TestOrganization second = TestOrganization.create();

    @Test
    void whenPartsAreSmallThenAllGoInOneRun() throws Throwable {
        add(first, 120, 2);
        add(second, 7, 1);
        Cleaner cleaner = cleaner("id", 50);
        VertxContextSupport.subscribeAndAwait(cleaner::run);
        assertEquals(0L, events(first));
        assertEquals(0L, events(second));
    }

    @Test
    void whenThoseOfOneOrganizationCannotBeDeletedThenThoseOfOthersAreAndTheRunFails() {
        // More than are looked at together, and more than a part of the other
        add(first, Parts.SIZE + 1, 2);
        add(second, 120, 1);
        Cleaner cleaner =
                cleaner("id, 1 / (CASE WHEN organization_id = '%s' THEN 0 ELSE 1 END)".formatted(first.id()), 50);
        assertThrows(Exception.class, () -> VertxContextSupport.subscribeAndAwait(cleaner::run));
        assertEquals(Parts.SIZE + 1L, events(first));
        assertEquals(0L, events(second));
        Database.execute("DELETE FROM audit_events WHERE organization_id = ?", first.id());
    }

    private Cleaner cleaner(String columns, int part) {
        return new Cleaner(
                "TestCleaner",
                database,
                Duration.ofDays(1),
                new PastOfOrganizations("audit_events", columns, "id", "<", "", part, () -> Uuids.first(limit)));
    }

    private static long events(TestOrganization organization) {
        return (long) Database.value("SELECT count(*) FROM audit_events WHERE organization_id = ?", organization.id());
    }

    /** Events of some days before the limit. */
    private void add(TestOrganization organization, int events, int days) {
        Instant time = limit.minus(Duration.ofDays(days));
        Database.execute("""
                INSERT INTO audit_events (organization_id, id, version, type, actor_kind, occurred_at)
                SELECT CAST(? AS uuid),
                       CAST(left(CAST(? AS text), 24) || lpad(to_hex(n), 12, '0') AS uuid),
                       1, 'user.changed', 'system', now()
                  FROM generate_series(1, ?) AS n""", organization.id(), Uuids.v7(time).toString(), events);
    }
}
