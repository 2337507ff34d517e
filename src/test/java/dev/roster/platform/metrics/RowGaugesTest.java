package dev.roster.platform.metrics;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.AwayPool;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of rows, counted apart from requests. */
@QuarkusTest
class RowGaugesTest {
    @Inject
    RowGauges gauges;

    @Inject
    MeterRegistry metrics;

    @Inject
    Pool pool;

    @ParameterizedTest
    @CsvSource({
        "roster.outbox.depth, outbox JOIN organizations o ON o.id = organization_id"
                + " WHERE sent_at IS NULL AND o.status = 'active'",
        "roster.invites.pending, invites WHERE status = 'pending'",
        "roster.sessions.open, sessions WHERE ended_at IS NULL"
    })
    void whenRefreshedThenTheGaugeIsTheNumberOfRows(String gauge, String rows) {
        restingMail();
        // The service changes rows between the two counts
        Eventually.equal(0.0, () -> {
            gauges.refresh().await().atMost(Duration.ofSeconds(30));
            Number counted = (Number) Database.value("SELECT count(*) FROM " + rows);
            double shown = metrics.get(gauge).gauge().value();
            // Beyond that it is an estimate, and other tests may have made so many
            return Math.min(shown, 10_001) - Math.min(counted.doubleValue(), 10_001);
        });
    }

    /** The greatest of all replicas is looked at, and one that is cut off would stand by what it counted last. */
    @Test
    void whenTheDatabaseIsAwayThenThereIsNoNumber() {
        AtomicBoolean away = new AtomicBoolean();
        MeterRegistry own = new SimpleMeterRegistry();
        RowGauges ofReplica = new RowGauges(
                List.of(new CountedRows("own", "Organizations.", "organizations WHERE true", "organizations_name_key")),
                AwayPool.of(pool, away),
                own);
        ofReplica.refresh().await().atMost(Duration.ofSeconds(30));
        assertTrue(own.get("own").gauge().value() > 0);
        away.set(true);
        assertThrows(
                IllegalStateException.class, () -> ofReplica.refresh().await().atMost(Duration.ofSeconds(30)));
        assertTrue(Double.isNaN(own.get("own").gauge().value()));
    }

    /** Mail of an organization that is switched off is not sent, and no sign of a mail server that is away. */
    private static void restingMail() {
        TestOrganization off = TestOrganization.create();
        Database.execute(
                "INSERT INTO outbox (organization_id, id, topic, payload, next_attempt_at, created_at)"
                        + " VALUES (?, gen_random_uuid(), 'invite', '{}', now(), now())",
                off.id());
        off.deactivate();
    }
}
