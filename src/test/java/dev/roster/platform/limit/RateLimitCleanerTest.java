package dev.roster.platform.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Parts;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A table that grows with every subject shrinks again. */
@QuarkusTest
class RateLimitCleanerTest {
    private static final String INSERT = """
            INSERT INTO rate_limits (organization_id, name, subject, free_at)
            SELECT ?, 'test', 'subject' || n, now() + CAST(? AS interval) FROM generate_series(1, ?) n
            """;

    private final UUID organizationId = UUID.randomUUID();

    private final Cleaner cleaner = Cleaners.named("RateLimitCleaner");

    @Test
    void whenMoreThanAPartIsOverThenAllOfThatIsDeleted() {
        Database.execute(INSERT, organizationId, "-1 minute", 2 * Parts.SIZE + 1);
        cleaner.run().await().atMost(Duration.ofSeconds(30));
        Database.awaitReleased("rate_limits WHERE organization_id = ?", organizationId);
        assertEquals(0L, rows());
    }

    @Test
    void whenALimitIsStillUsedThenItStays() {
        Database.execute(INSERT, organizationId, "10 minutes", 1);
        cleaner.run().await().atMost(Duration.ofSeconds(30));
        assertEquals(1L, rows());
    }

    private Object rows() {
        return Database.value("SELECT count(*) FROM rate_limits WHERE organization_id = ?", organizationId);
    }
}
