package dev.roster.transfer;

import dev.roster.platform.persistence.Uuids;
import dev.roster.user.ImportUser;
import dev.roster.user.WantedUser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The lines of an import in batches. The next batch is read while the present one is written, and no more: whoever
 * sends faster waits. What needs no database is done of each line with that, on another thread than the one that goes
 * from statement to statement: one piece of the file after the other, so that the lines stay in their order.
 */
final class ImportedLines {
    // Few enough that others wait little for what a transaction holds, enough that its statements count for little
    private static final int MOST = 1000;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final ImportSource source;
    private final UUID organizationId;
    private final long fromLine;
    private final Clock clock;
    private final Deque<Line> pending = new ArrayDeque<>();
    private int pendingBytes;
    private boolean ended;
    private Uni<List<Line>> ahead;
    private List<Line> read = List.of();
    private Set<String> keys = Set.of();
    private boolean apart;

    ImportedLines(ImportSource source, UUID organizationId, long fromLine, Clock clock) {
        this.source = source;
        this.organizationId = organizationId;
        this.clock = clock;
        this.fromLine = fromLine;
        readAhead();
    }

    /** The next batch; empty at the end. */
    Uni<List<Line>> next() {
        return ahead.invoke(this::readAhead);
    }

    /**
     * The next batch, if it is read already and shares no key with the one before: it would fail on what that makes. Empty
     * also at the end.
     */
    Optional<List<Line>> nextIfApart() {
        List<Line> batch = read;
        if (batch.isEmpty() || !apart) {
            return Optional.empty();
        }
        readAhead();
        return Optional.of(batch);
    }

    /** How many lines there are elsewhere together with these, as far as the file has told. */
    OptionalLong total() {
        return source.records().total();
    }

    /** Whether the file seems to have been cut off. */
    boolean isCut() {
        return source.records().isCut();
    }

    private void readAhead() {
        read = List.of();
        ahead = Uni.createFrom().deferred(this::fill).memoize().indefinitely();
        // Its failure is told to whoever asks for it
        ahead.subscribe().with(batch -> read = batch, failure -> {});
    }

    // A loop, and not a chain: what is passed over may have any number of pieces
    private Uni<List<Line>> fill() {
        return Multi.createBy()
                .repeating()
                .uni(this::read)
                .until(more -> !more)
                .collect()
                .last()
                .map(last -> cut());
    }

    /** Takes the next piece, if one is wanted; whether another may be. */
    private Uni<Boolean> read() {
        if (ended || pending.size() >= MOST || pendingBytes >= MOST_BYTES) {
            return Uni.createFrom().item(false);
        }
        return source.body().next().chain(piece -> Uni.createFrom().completionStage(() -> Vertx.currentContext()
                .executeBlocking(() -> take(piece), false)
                .toCompletionStage()));
    }

    private boolean take(Buffer piece) {
        if (piece == null) {
            ended = true;
            source.records().end(this::add);
        } else {
            source.records().take(piece.getBytes(), this::add);
        }
        return true;
    }

    private void add(SourceRecord found) {
        if (found.line() >= fromLine) {
            line(found).ifPresent(line -> {
                pending.add(line);
                pendingBytes += line.size();
            });
        }
    }

    private Optional<Line> line(SourceRecord found) {
        if (found.refusal() != null) {
            return Optional.of(Line.refused(found, null, found.refusal()));
        }
        try {
            return Optional.ofNullable(source.users().apply(found.json())).map(user -> Line.of(found, wanted(user)));
        } catch (RuntimeException refusal) {
            return Optional.of(Line.refused(found, source.names().apply(found.json()), refusal));
        }
    }

    private WantedUser wanted(ImportUser user) {
        Instant now = clock.instant();
        return WantedUser.of(organizationId, Uuids.v7(now), user, now);
    }

    private List<Line> cut() {
        List<Line> batch = new ArrayList<>();
        Set<String> before = keys;
        keys = new HashSet<>();
        int bytes = 0;
        int memberships = 0;
        while (!pending.isEmpty()
                && batch.size() < MOST
                && bytes < MOST_BYTES
                && memberships < ImportBatch.MOST_MEMBERSHIPS) {
            if (!pending.element().keys().stream().allMatch(keys::add)) {
                break;
            }
            bytes += pending.element().size();
            memberships += pending.element().memberships();
            batch.add(pending.remove());
        }
        pendingBytes -= bytes;
        apart = Collections.disjoint(before, keys);
        return batch;
    }
}
