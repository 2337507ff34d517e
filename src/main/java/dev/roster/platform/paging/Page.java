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
     * page.
     *
     * @param rows at most {@code limit + 1}
     * @param cursor makes the cursor that continues behind a row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
    }
}
