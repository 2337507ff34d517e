package dev.roster.platform.paging;

/** How many rows are read next: what is left out of a part, as its rows are large, has been read in vain. */
public final class PartSize {
    private int most = Part.SIZE;

    /** As many as are wanted, or as a part is likely to have. */
    public int of(int wanted) {
        return Math.min(most, wanted);
    }

    /**
     * Takes note of a part.
     *
     * @param rows how many it has, one at least
     * @param whole whether none of those that were read was left out
     */
    public void had(int rows, boolean whole) {
        most = Math.min(Part.SIZE, 2 * (whole ? most : rows));
    }
}
