package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Values as they come, page by page: at a terminal rows with these of their fields, in a pipe a line of JSON each. What a later
 * page has that is wider moves the columns of that page and of those behind it, so that no page is waited for.
 */
final class Table {
    private static final int WIDEST = 60;

    private final Terminal terminal;
    private final List<String> columns;
    private int[] widths;

    Table(Terminal terminal, List<String> columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    /** Writes a page; the names of the columns stand above the first one, be it empty. */
    void page(List<JsonNode> values) {
        if (!terminal.isInteractive()) {
            terminal.lines(values.stream().map(JsonNode::toString).toList());
            return;
        }
        List<List<String>> rows = values.stream().map(this::cells).toList();
        boolean isFirst = widths == null;
        if (isFirst) {
            widths = columns.stream().mapToInt(Columns::of).toArray();
        }
        widen(rows);
        if (isFirst) {
            terminal.line(row(columns));
        }
        terminal.lines(rows.stream().map(this::row).toList());
    }

    private List<String> cells(JsonNode value) {
        return columns.stream()
                .map(column -> Columns.cut(Terminal.text(value.path(column)), WIDEST))
                .toList();
    }

    private void widen(List<List<String>> rows) {
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
    }

    private String row(List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            row.append(Terminal.padded(cells.get(i), widths[i])).append("  ");
        }
        return row.toString().stripTrailing();
    }
}
