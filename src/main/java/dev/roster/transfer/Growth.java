package dev.roster.transfer;

import dev.roster.platform.background.Statistics;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What an import has written, so that the planner hears of it before its plans are wrong. It never fails the import. */
final class Growth {
    private static final Logger LOG = Logger.getLogger(Growth.class);
    private static final Set<String> TABLES = Set.of("users", "groups", "memberships", "import_marks");

    // As many as there were before are ten times what autovacuum waits for
    private static final int SHARE = 10;

    private static final long FIRST = 500;

    private final Statistics statistics;
    private final UUID organizationId;
    private long written;
    private long next = FIRST;

    Growth(Statistics statistics, UUID organizationId) {
        this.statistics = statistics;
        this.organizationId = organizationId;
    }

    /** Has tables counted that have doubled, or whose organization has: a dozen times in an import of a million. */
    Uni<Void> add(long rows) {
        written += rows;
        if (written < next) {
            return Uni.createFrom().voidItem();
        }
        next = 2 * written;
        return refresh(written);
    }

    /** Has tables counted of which the import has written a good part. */
    Uni<Void> end() {
        return written < FIRST ? Uni.createFrom().voidItem() : refresh(SHARE * written);
    }

    private Uni<Void> refresh(long rows) {
        return statistics
                .refresh(TABLES, organizationId, rows)
                .onFailure()
                .invoke(failure -> {
                    // Its message may show values of a row
                    LOG.warnf(
                            "what an import has written is not counted for the planner (%s)",
                            failure.getClass().getName());
                    LOG.debug("Not counted", failure);
                })
                .onFailure()
                .recoverWithNull();
    }
}
