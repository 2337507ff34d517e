package dev.roster.platform.json;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

/** How many bytes the values of a document take once it is read, besides those of its text, which may be far fewer. */
public final class JsonWeight {
    // An object of two letters becomes a map of more than a hundred bytes with its first name
    private static final int VALUE_BYTES = 128;

    private int values;
    private boolean inText;
    private boolean escaped;

    /**
     * What begins in the next part of a document, wherever that was cut: at least as many values as there are, and none
     * beyond those that are read.
     */
    public int next(ByteBuffer part) {
        int before = values;
        for (int i = part.position(); i < part.limit() && values < StrictJson.MAX_TOKENS; i++) {
            byte letter = part.get(i);
            if (escaped) {
                escaped = false;
            } else if (letter == '"') {
                inText = !inText;
            } else if (inText) {
                escaped = letter == '\\';
            } else if (letter == ',' || letter == '{' || letter == '[') {
                values++;
            }
        }
        return VALUE_BYTES * (values - before);
    }

    /**
     * An SQL expression of what a document takes once it is read, with its text: letters within texts count as if values
     * began there.
     *
     * @param text the document, as PostgreSQL writes a {@code jsonb}
     */
    public static String sql(String text) {
        // In what is not empty a value begins, and one behind each comma
        String filled = "replace(replace(" + text + ", '{}', ''), '[]', '')";
        return "octet_length(" + text + ") + " + VALUE_BYTES + " * (length(" + filled + ") - length(translate(" + filled
                + ", ',{[', '')))";
    }

    /** What a value takes that is read, with all that are within it. */
    public static int of(Object value) {
        Collection<?> within;
        if (value instanceof Map<?, ?> map) {
            within = map.values();
        } else if (value instanceof Collection<?> list) {
            within = list;
        } else {
            return VALUE_BYTES;
        }
        int weight = VALUE_BYTES;
        for (Object one : within) {
            weight += of(one);
        }
        return weight;
    }
}
