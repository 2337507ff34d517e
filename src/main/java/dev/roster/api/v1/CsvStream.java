package dev.roster.api.v1;

import static java.util.stream.Collectors.joining;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.CsvCells;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes lists as CSV with a header (RFC 4180), as fast as the client takes them. A cell without anything is null, one of
 * quotes only is empty.
 */
final class CsvStream {
    static final String CSV = "text/csv";

    // Without whatever a spreadsheet may take for what is between cells
    private static final Pattern PLAIN = Pattern.compile("[^\\s\",;](?:[^\",;\\t\\r\\n]*[^\\s\",;])?");

    private static final String NEXT_ROW = "\r\n";

    // The server ends each piece with a line feed
    private static final String LAST_ROW = "\r";

    private CsvStream() {}

    /** A column with its text in a row; null where it has none. */
    record Column<T>(String name, Function<T, String> text) {}

    /** Refuses a client that takes neither lines nor a table, of which it would get one nevertheless. */
    static void checkAccepted(HttpHeaders headers) {
        boolean accepted = headers.getAcceptableMediaTypes().stream()
                .anyMatch(wanted ->
                        Stream.of(ItemStream.LINES, CSV).map(MediaType::valueOf).anyMatch(wanted::isCompatible));
        if (!accepted) {
            throw RosterException.of(
                    ErrorCode.NOT_ACCEPTABLE, "The answer is available as " + ItemStream.LINES + " and " + CSV + ".");
        }
    }

    /** What comes in parts, a row each; the header leaves with the first of them. */
    static <T> Multi<byte[]> rows(List<Column<T>> columns, Multi<List<T>> parts) {
        AtomicBoolean started = new AtomicBoolean();
        String header = row(columns.stream().map(Column::name));
        Multi<String> rows = parts.map(part -> part.stream()
                .map(item -> row(columns.stream()
                        .map(column -> CsvCells.guarded(column.text().apply(item)))))
                .collect(joining(NEXT_ROW, started.getAndSet(true) ? "" : header + NEXT_ROW, LAST_ROW)));
        Multi<String> end = Multi.createFrom()
                .deferred(() -> started.get()
                        ? Multi.createFrom().empty()
                        : Multi.createFrom().item(header + LAST_ROW));
        return Multi.createBy().concatenating().streams(rows, end).map(piece -> piece.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(Stream<String> cells) {
        return cells.map(CsvStream::cell).collect(joining(","));
    }

    private static String cell(String text) {
        if (text == null) {
            return "";
        }
        return PLAIN.matcher(text).matches() ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
