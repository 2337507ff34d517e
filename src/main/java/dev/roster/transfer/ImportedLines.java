package dev.roster.transfer;

import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of an import in batches. The next batch is read while the present one is written, and no more: whoever
 * sends faster waits.
 */
final class ImportedLines {
    // Few enough that others wait little for what a transaction holds, enough that its statements count for little
    private static final int MOST = 1000;
    private static final int MOST_BYTES = 1024 * 1024;

    private final ImportSource source;
    private final long fromLine;
    private final Clock clock;
    private final Deque<Line> pending = new ArrayDeque<>();
    private int pendingBytes;
    private boolean ended;
    private Uni<List<Line>> ahead;

    ImportedLines(ImportSource source, long fromLine, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.fromLine = fromLine;
        readAhead();
    }

    /** The next batch; empty at the end. */
    Uni<List<Line>> next() {
        return ahead.invoke(this::readAhead);
    }

    private void readAhead() {
        ahead = Uni.createFrom().deferred(this::fill).memoize().indefinitely();
        // Its failure is told to whoever asks for it
        ahead.subscribe().with(ready -> {}, failure -> {});
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
        return source.body().next().map(piece -> {
            if (piece == null) {
                ended = true;
                source.records().end(this::add);
            } else {
                source.records().take(piece.getBytes(), this::add);
            }
            return true;
        });
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
            return Optional.ofNullable(source.users().apply(found.json()))
                    .map(user -> Line.of(found, Uuids.v7(clock.instant()), user));
        } catch (RuntimeException refusal) {
            return Optional.of(Line.refused(found, source.names().apply(found.json()), refusal));
        }
    }

    private List<Line> cut() {
        List<Line> batch = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        int bytes = 0;
        int memberships = 0;
        while (!pending.isEmpty()
                && batch.size() < MOST
                && bytes < MOST_BYTES
                && memberships < ImportBatch.MOST_MEMBERSHIPS) {
            Set<String> its = pending.element().keys();
            if (its.stream().anyMatch(keys::contains)) {
                break;
            }
            keys.addAll(its);
            bytes += pending.element().size();
            memberships += pending.element().memberships();
            batch.add(pending.remove());
        }
        pendingBytes -= bytes;
        return batch;
    }
}
