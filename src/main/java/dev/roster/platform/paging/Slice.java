package dev.roster.platform.paging;

import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;

/**
 * A part of a list that is named by its distance from the beginning, as older contracts do.
 *
 * @param offset how many rows come before it
 * @param limit how many rows it has at most
 */
public record Slice(int offset, int limit) {
    /** What skipping in an index may cost a request: half a second of the database. */
    public static final int MAX_OFFSET = 1_000_000;

    /** The last page that can be asked for, of one row each. */
    public static final int MAX_PAGE = MAX_OFFSET + 1;

    /** All rows on the first page, and none behind it. */
    public static Slice ofAll(int page) {
        return new Slice(0, page == 1 ? Integer.MAX_VALUE : 0);
    }

    /**
     * The slice of a page.
     *
     * @param page the first is 1
     */
    public static Slice ofPage(int page, int size) {
        long offset = (page - 1L) * size;
        if (offset > MAX_OFFSET) {
            throw RosterException.invalid(Place.QUERY, "page", "must begin within the first " + MAX_OFFSET + " rows");
        }
        return new Slice((int) offset, size);
    }
}
