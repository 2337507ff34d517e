package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Writes what people read at a terminal, and JSON into a pipe, a value a line. */
final class Terminal {
    private static final int WIDEST = 60;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    private final OutputStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final BooleanSupplier watched;
    // Not known before there is any progress: to find out takes a process
    private Boolean showsProgress;
    private boolean hasProgress;

    /**
     * One of these streams.
     *
     * @param out what tells where it cannot be written, as a stream for printing does not
     * @param interactive whether what is written is seen as it is written
     * @param watched whether errors are
     */
    Terminal(OutputStream out, PrintStream err, boolean interactive, BooleanSupplier watched) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.watched = watched;
    }

    boolean isInteractive() {
        return interactive;
    }

    void line(String text) {
        bytes((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }

    private void lines(List<String> lines) {
        if (!lines.isEmpty()) {
            line(String.join(System.lineSeparator(), lines));
        }
    }

    /** Ends the command where nobody takes them. */
    void bytes(byte[] piece) {
        try {
            out.write(piece);
            out.flush();
        } catch (IOException failure) {
            String why = String.valueOf(failure.getMessage());
            throw new CallFailed(
                    why.toLowerCase(Locale.ROOT).contains("broken pipe")
                            ? "Nobody reads the output any more."
                            : "The output cannot be written: " + why + ".");
        }
    }

    synchronized void complain(String text) {
        progress("");
        err.println("roster: " + shown(text));
    }

    /** Writes over what it has written before, if anybody looks at it. */
    synchronized void progress(String text) {
        if ((hasProgress || !text.isEmpty()) && showsProgress()) {
            hasProgress = !text.isEmpty();
            err.print("\r" + text + "\u001b[K");
            err.flush();
        }
    }

    private boolean showsProgress() {
        if (showsProgress == null) {
            showsProgress = watched.getAsBoolean();
        }
        return showsProgress;
    }

    /** A value: its fields one below the other. */
    void value(JsonNode value) {
        if (!interactive) {
            line(value.toString());
            return;
        }
        int width = value.properties().stream()
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        lines(value.properties().stream()
                .map(field -> padded(field.getKey(), width) + "  " + text(field.getValue()))
                .toList());
    }

    /** Values: a table with these of their fields. */
    void table(List<String> columns, List<JsonNode> values) {
        if (!interactive) {
            lines(values.stream().map(JsonNode::toString).toList());
            return;
        }
        int[] widths = columns.stream()
                .mapToInt(column -> values.stream()
                        .mapToInt(value -> Columns.of(cell(value.path(column))))
                        .reduce(column.length(), Math::max))
                .toArray();
        line(row(columns, columns, widths));
        lines(values.stream()
                .map(value -> row(
                        columns,
                        columns.stream().map(column -> cell(value.path(column))).toList(),
                        widths))
                .toList());
    }

    private static String row(List<String> columns, List<String> cells, int[] widths) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            row.append(padded(cells.get(i), widths[i])).append("  ");
        }
        return row.toString().stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - Columns.of(text)));
    }

    private static String cell(JsonNode value) {
        return Columns.cut(text(value), WIDEST);
    }

    private static String text(JsonNode value) {
        return shown(value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString());
    }

    /** What a service says moves no cursor and changes no colour (ECMA-48). */
    private static String shown(String text) {
        return CONTROLS.matcher(text).replaceAll("\uFFFD");
    }
}
