package dev.roster.platform.paging;

import java.util.List;

/**
 * A few rows of those that were asked for, so that no more than them are in memory.
 *
 * @param isLast whether no part follows
 */
public record Part<T>(List<T> items, boolean isLast) {
    /** How many rows there are at most: each may be as large as the text of its metadata, and its groups. */
    public static final int SIZE = 100;

    /** All rows that were asked for. */
    public static <T> Part<T> whole(List<T> rows) {
        return new Part<>(rows, true);
    }
}
