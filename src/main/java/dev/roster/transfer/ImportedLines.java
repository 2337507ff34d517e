package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.user.ImportUser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lines of an import in batches. The next batch is read while the present one is written, and no more: whoever
 * sends faster waits.
 */
final class ImportedLines {
    // Few enough that others wait little for what a transaction holds, enough that its statements count for little
    private static final int MOST = 500;
    private static final int MOST_BYTES = 1024 * 1024;

    private final ImportSource source;
    private final long fromLine;
    private final Deque<Line> pending = new ArrayDeque<>();
    private int pendingBytes;
    private boolean ended;
    private Uni<List<Line>> ahead;

    ImportedLines(ImportSource source, long fromLine) {
        this.source = source;
        this.fromLine = fromLine;
        readAhead();
    }

    /**
     * Where lines come from.
     *
     * @param body the pieces of the file; null at its end
     * @param records what cuts it
     * @param users makes a person of a record; whatever it throws is why the line is refused
     */
    record ImportSource(Supplier<Uni<Buffer>> body, RecordReader records, Function<JsonNode, ImportUser> users) {}

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
        return source.body().get().map(piece -> {
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
            pending.add(line(found));
            pendingBytes += found.size();
        }
    }

    private Line line(SourceRecord found) {
        if (found.refusal() != null) {
            return new Line(found.line(), found.size(), null, found.refusal());
        }
        try {
            return new Line(found.line(), found.size(), source.users().apply(found.json()), null);
        } catch (RuntimeException refusal) {
            return new Line(found.line(), found.size(), null, refusal);
        }
    }

    private List<Line> cut() {
        List<Line> batch = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        int bytes = 0;
        while (!pending.isEmpty() && batch.size() < MOST && bytes < MOST_BYTES) {
            Set<String> its = pending.element().keys();
            if (its.stream().anyMatch(keys::contains)) {
                break;
            }
            keys.addAll(its);
            bytes += pending.element().size();
            batch.add(pending.remove());
        }
        pendingBytes -= bytes;
        return batch;
    }
}
