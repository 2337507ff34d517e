package dev.roster.transfer;

import dev.roster.platform.background.Statistics;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/** What an import has written, so that the planner hears of it before its plans are wrong. */
final class Growth {
    private static final Set<String> TABLES = Set.of("users", "groups", "memberships", "import_marks");

    // As many as there were before are ten times what autovacuum waits for
    private static final int SHARE = 10;

    private static final long FIRST = 500;

    private final Statistics statistics;
    private long written;
    private long next = FIRST;

    Growth(Statistics statistics) {
        this.statistics = statistics;
    }

    /** Has tables counted that have doubled: a dozen times in an import of a million. */
    Uni<Void> add(long rows) {
        written += rows;
        if (written < next) {
            return Uni.createFrom().voidItem();
        }
        next = 2 * written;
        return statistics.refresh(TABLES, written);
    }

    /** Has tables counted of which the import has written a good part. */
    Uni<Void> end() {
        return written < FIRST ? Uni.createFrom().voidItem() : statistics.refresh(TABLES, SHARE * written);
    }
}
