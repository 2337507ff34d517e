package dev.roster.access.client;

import dev.roster.platform.persistence.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The failures that count against one attempt. */
record FailureCounts(Count pair, Count address, Count client) {

    /**
     * Failures in a window.
     *
     * @param endsAt when they are forgotten
     */
    record Count(int failures, Instant endsAt) {
        private static final Count NONE = new Count(0, Instant.EPOCH);

        /** When the window ends, if it holds as many failures as the limit. */
        Optional<Instant> closedBy(int limit) {
            return failures >= limit ? Optional.of(endsAt) : Optional.empty();
        }

        private Count withoutLast() {
            return new Count(failures - 1, endsAt);
        }
    }

    /** Reads rows of kind, failures and end; a kind without a row has no failures. */
    static FailureCounts of(RowSet<Row> rows) {
        Count pair = Count.NONE;
        Count address = Count.NONE;
        Count client = Count.NONE;
        for (Row row : rows) {
            Count count = new Count(row.getInteger(1), Rows.instant(row, 2));
            switch (row.getString(0)) {
                case "pair" -> pair = count;
                case "address" -> address = count;
                default -> client = count;
            }
        }
        return new FailureCounts(pair, address, client);
    }

    /** When the next attempt is welcome; empty where it is now. */
    Optional<Instant> closedUntil(FailureSettings limits) {
        return Stream.of(
                        pair.closedBy(limits.perPair()),
                        closedTogether(address.closedBy(limits.perAddress())),
                        closedTogether(client.closedBy(limits.perClient())))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /**
     * What others have used up closes only to a pair that has failed itself, so that nobody can
     * lock out a client, or the neighbours behind an address.
     */
    private Optional<Instant> closedTogether(Optional<Instant> others) {
        return others.flatMap(end -> pair.closedBy(1).map(own -> own.isBefore(end) ? own : end));
    }

    /** Whether an address has used up its limit, whoever failed from it. */
    boolean isFlooded(FailureSettings limits) {
        return address.closedBy(limits.perAddress()).isPresent();
    }

    /** As they were before the last failure was counted. */
    FailureCounts withoutLast() {
        return new FailureCounts(pair.withoutLast(), address.withoutLast(), client.withoutLast());
    }
}
