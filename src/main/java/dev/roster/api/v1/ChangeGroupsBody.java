package dev.roster.api.v1;

import dev.roster.group.ChangeGroups;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.Storable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A change of the groups of a user, by name: {@code set_groups} alone, or the other two.
 *
 * @param addToGroups joined, unless also removed
 * @param removeFromGroups left
 * @param setGroups exactly these
 */
public record ChangeGroupsBody(
        @Size(max = MAX, message = TOO_MANY) List<@NotNull(message = NULL) @Storable String> addToGroups,
        @Size(max = MAX, message = TOO_MANY) List<@NotNull(message = NULL) @Storable String> removeFromGroups,
        @Size(max = MAX, message = TOO_MANY) List<@NotNull(message = NULL) @Storable String> setGroups) {
    // One transaction locks every group it changes; a person in more groups than this is an error
    // of a program.
    static final int MAX = 1_000;

    static final String TOO_MANY = "must have at most 1000 entries";
    static final String NULL = "must be a group's name";

    ChangeGroups toChange() {
        if (setGroups != null && (addToGroups != null || removeFromGroups != null)) {
            throw RosterException.invalid(
                    "set_groups", "must stand alone, without add_to_groups or remove_from_groups");
        }
        return ChangeGroups.of(addToGroups, removeFromGroups, setGroups);
    }
}
