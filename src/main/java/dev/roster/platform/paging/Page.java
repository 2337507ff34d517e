package dev.roster.platform.paging;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next the cursor of the next part; null on the last
 */
public record Page<T>(List<T> items, String next) {

    /**
     * Cuts the page from one row more than was asked for: that row only says that there is a next
     * page. So do rows that were left out because those before them are large.
     *
     * @param found at most {@code limit + 1} rows
     * @param cursor makes the cursor that continues behind a row
     */
    public static <T> Page<T> of(Part<T> found, int limit, Function<T, String> cursor) {
        List<T> rows = found.items();
        if (rows.size() <= limit) {
            return new Page<>(rows, found.isLast() ? null : cursor.apply(rows.get(rows.size() - 1)));
        }
        return new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
    }
}
