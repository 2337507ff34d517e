package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What cells hold. What a spreadsheet would take for a formula has an apostrophe before it, which is taken away again:
 * CSV injection (CWE-1236). That is not only the beginning of a text. Where a spreadsheet takes semicolons for what is between
 * cells, as in many countries, and quotes within a row for themselves, a cell begins behind each semicolon and each line.
 */
public final class CsvCells {
    private static final String CELL = "(^|[;\\r\\n]\"*+)";
    private static final String COMPUTED = "(?='*+[=+\\-@\\t\\r])";
    private static final Pattern GUARDED = Pattern.compile(CELL + "'" + COMPUTED);
    private static final Pattern FORMULA = Pattern.compile(CELL + COMPUTED);
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;|]+");

    private CsvCells() {}

    /** The field that a cell of a header names. */
    public static String name(String cell) {
        return cell.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    /** What a record says of whom it is about, also where its other cells are wrong. */
    public static ObjectNode who(JsonNode cells) {
        return line(((ObjectNode) cells).deepCopy().retain("name", "email_address"));
    }

    /** A record as a line of JSON has it. */
    public static ObjectNode line(JsonNode cells) {
        ObjectNode line = ((ObjectNode) cells).objectNode();
        cells.fields()
                .forEachRemaining(
                        cell -> set(line, cell.getKey(), cell.getValue().textValue()));
        return line;
    }

    private static void set(ObjectNode line, String name, String guarded) {
        String text = GUARDED.matcher(guarded).replaceAll("$1");
        switch (name) {
            case "groups" ->
                BETWEEN.splitAsStream(text).filter(group -> !group.isEmpty()).forEach(line.putArray(name)::add);
            case "metadata" -> line.set(name, metadata(text));
            case "password_expired" -> {
                if (!text.isEmpty()) {
                    line.put(name, flag(text));
                }
            }
            case "role", "status", "password_hash" -> {
                if (!text.isEmpty()) {
                    line.put(name, text);
                }
            }
            default -> line.put(name, text);
        }
    }

    private static JsonNode metadata(String text) {
        return ImportedJson.within("metadata", text.isEmpty() ? "{}" : text, "must be an object");
    }

    private static boolean flag(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!List.of("true", "false").contains(word)) {
            throw RosterException.invalid("password_expired", "must be one of true, false");
        }
        return word.equals("true");
    }

    /** A text as a cell holds it. */
    public static String guarded(String text) {
        return text == null ? null : FORMULA.matcher(text).replaceAll("$1'");
    }
}
