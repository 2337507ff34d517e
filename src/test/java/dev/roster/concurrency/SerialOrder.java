package dev.roster.concurrency;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a state can come from changes that were made one after the other, in any order. */
final class SerialOrder {

    /**
     * A change of the groups of a user, made several times.
     *
     * @param body as it is sent
     * @param keep the groups that stay as they are, one bit each
     * @param set the groups that the user is in afterwards
     */
    record Change(String body, int times, int keep, int set) {
        int apply(int groups) {
            return (groups & keep) | set;
        }
    }

    private record Point(List<Integer> left, int groups) {}

    private final List<Change> changes;
    private final Set<Point> seen = new HashSet<>();
    private final Set<Integer> ends = new HashSet<>();

    private SerialOrder(List<Change> changes) {
        this.changes = changes;
    }

    /** All states in which some order of the changes ends. */
    static Set<Integer> ends(List<Change> changes, int start) {
        SerialOrder order = new SerialOrder(changes);
        order.walk(new Point(changes.stream().map(Change::times).toList(), start));
        return order.ends;
    }

    private void walk(Point point) {
        if (!seen.add(point)) {
            return;
        }
        boolean done = true;
        for (int i = 0; i < changes.size(); i++) {
            if (point.left().get(i) > 0) {
                done = false;
                List<Integer> left = new ArrayList<>(point.left());
                left.set(i, left.get(i) - 1);
                walk(new Point(left, changes.get(i).apply(point.groups())));
            }
        }
        if (done) {
            ends.add(point.groups());
        }
    }
}
