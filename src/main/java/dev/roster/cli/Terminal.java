package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** Writes what people read at a terminal, and JSON into a pipe, a value a line. */
final class Terminal {
    private static final int WIDEST = 60;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;

    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    boolean isInteractive() {
        return interactive;
    }

    void line(String text) {
        out.println(text);
    }

    void bytes(byte[] piece) {
        out.write(piece, 0, piece.length);
        // It flushes as well
        if (out.checkError()) {
            throw new CallFailed("Nobody reads the output any more.");
        }
    }

    void complain(String text) {
        err.println("roster: " + text);
    }

    /** Writes over the present line. */
    void progress(String text) {
        err.print("\r" + text + "\u001b[K");
        err.flush();
    }

    /** A value: its fields one below the other. */
    void value(JsonNode value) {
        if (!interactive) {
            out.println(value);
            return;
        }
        int width = value.properties().stream()
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        value.properties().forEach(field -> out.println(padded(field.getKey(), width) + "  " + text(field.getValue())));
    }

    /** Values: a table with these of their fields. */
    void table(List<String> columns, List<JsonNode> values) {
        if (!interactive) {
            values.forEach(out::println);
            return;
        }
        int[] widths = columns.stream()
                .mapToInt(column -> values.stream()
                        .mapToInt(value -> text(value.path(column)).length())
                        .reduce(column.length(), Math::max))
                .toArray();
        out.println(row(columns, columns, widths));
        values.forEach(value -> out.println(row(
                columns,
                columns.stream().map(column -> text(value.path(column))).toList(),
                widths)));
    }

    private static String row(List<String> columns, List<String> cells, int[] widths) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            row.append(padded(cells.get(i), widths[i])).append("  ");
        }
        return row.toString().stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String text(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
}
