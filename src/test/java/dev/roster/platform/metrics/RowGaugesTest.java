package dev.roster.platform.metrics;

import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of rows, counted apart from requests. */
@QuarkusTest
class RowGaugesTest {
    @Inject
    RowGauges gauges;

    @Inject
    MeterRegistry metrics;

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
