package dev.roster.api.v1;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.roster.api.ListAnswers;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.CsvCells;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Writes lists as CSV with a header (RFC 4180), as fast as the client takes them. A cell without anything is null, one of
 * quotes only is empty.
 */
final class CsvStream {
    static final String CSV = "text/csv";

    // Without whatever a spreadsheet may take for what is between cells
    private static final Pattern PLAIN = Pattern.compile("[^\\s\",;](?:[^\",;\\t\\r\\n]*[^\\s\",;])?");

    // With the line feed that follows each
    private static final String END = "\r";

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
    static <T> RestMulti<byte[]> send(ListAnswers answers, List<Column<T>> columns, Multi<List<T>> parts) {
        AtomicBoolean started = new AtomicBoolean();
        String header = row(columns.stream().map(Column::name));
        return answers.lines(
                // Of nobody there is the header alone
                parts.onCompletion().ifEmpty().continueWith(Collections.singletonList((T) null)),
                item -> {
                    String row = item == null ? header : row(columns, item);
                    boolean isFirst = !started.getAndSet(true) && item != null;
                    return new RawValue(isFirst ? header + END + "\n" + row : row);
                },
                END,
                CSV);
    }

    private static <T> String row(List<Column<T>> columns, T item) {
        return row(columns.stream().map(column -> CsvCells.guarded(column.text().apply(item))));
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
