package dev.roster.transfer;

import java.util.List;
import java.util.stream.Stream;

/** Lines of a batch that are still to be written, as many of them at a time as are about accounts of their own. */
final class WaitingLines {
    private List<Line> lines;
    private int most;
    private boolean untried = true;

    WaitingLines(List<Line> lines) {
        this.lines = lines;
        most = lines.size();
    }

    boolean isOver() {
        return lines.isEmpty();
    }

    /** Whether none was tried yet. */
    boolean isUntried() {
        return untried;
    }

    /** Those that are tried now. */
    List<Line> next() {
        return lines.subList(0, Math.min(most, lines.size()));
    }

    /**
     * Goes on behind those that were tried.
     *
     * @param later of them, which were not written with the others. Next, as few are tried as could be written together, and
     *     then ever more: so that none is looked at again and again
     */
    void follow(List<Line> tried, List<Line> later) {
        untried = false;
        most = later.isEmpty() ? 2 * most : tried.size() - later.size();
        lines = Stream.concat(later.stream(), lines.subList(tried.size(), lines.size()).stream())
                .toList();
    }
}
