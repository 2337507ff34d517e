package dev.roster.group;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A change of the groups of one account, by name: either exactly these, or some more and some less.
 * A group both added and removed ends removed.
 */
public record ChangeGroups(Set<String> add, Set<String> remove, Set<String> exactly) {

    /** The change of these lists, the last of which stands alone; null stands for an absent one. */
    public static ChangeGroups of(List<String> add, List<String> remove, List<String> exactly) {
        return new ChangeGroups(set(add), set(remove), exactly == null ? null : set(exactly));
    }

    /** All groups that the change names. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(add);
        names.addAll(remove);
        if (exactly != null) {
            names.addAll(exactly);
        }
        return names;
    }

    private static Set<String> set(List<String> names) {
        return names == null ? Set.of() : new LinkedHashSet<>(names);
    }
}
