package dev.roster.api.v1;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.roster.transfer.CsvCells;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Sends lists as CSV with a header (RFC 4180), as fast as the client takes them. A cell without anything is null, one of
 * quotes only is empty.
 */
final class CsvStream {
    static final String CSV = "text/csv";

    private static final ObjectWriter WRITER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS)
            .build()
            .writer(CsvSchema.emptySchema().withLineSeparator("\r\n"));

    private CsvStream() {}

    /** A column with its text in a row; null where it has none. */
    record Column<T>(String name, Function<T, String> text) {}

    /** What comes in parts, a row each; the header leaves with the first of them. */
    static <T> RestMulti<byte[]> rows(List<Column<T>> columns, Multi<List<T>> parts) {
        AtomicBoolean started = new AtomicBoolean();
        List<String> header = columns.stream().map(Column::name).toList();
        Multi<String> rows = parts.map(part -> {
            List<List<String>> cells = part.stream()
                    .map(item -> columns.stream()
                            .map(column -> CsvCells.guarded(column.text().apply(item)))
                            .toList())
                    .toList();
            return (started.getAndSet(true) ? "" : write(List.of(header))) + write(cells);
        });
        Multi<String> end = Multi.createFrom()
                .deferred(() -> started.get()
                        ? Multi.createFrom().empty()
                        : Multi.createFrom().item(write(List.of(header))));
        return RestMulti.fromMultiData(Multi.createBy()
                        .concatenating()
                        .streams(rows, end)
                        .map(piece -> piece.getBytes(StandardCharsets.UTF_8)))
                .header(HttpHeaders.CONTENT_TYPE, CSV)
                .encodeAsJsonArray(false)
                .build();
    }

    private static String write(List<List<String>> rows) {
        StringWriter text = new StringWriter();
        try (SequenceWriter writer = WRITER.writeValues(text)) {
            for (List<String> row : rows) {
                writer.write(row);
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return text.toString();
    }
}
