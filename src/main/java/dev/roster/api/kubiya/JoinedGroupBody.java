package dev.roster.api.kubiya;

import dev.roster.group.JoinedGroup;
import dev.roster.user.GroupSummary;
import java.util.UUID;

/**
 * A group that a user is in now.
 *
 * @param members how many accounts are in it
 */
public record JoinedGroupBody(UUID id, String name, int members, KubiyaUserBody user) {
    static JoinedGroupBody of(JoinedGroup joined) {
        GroupSummary group = joined.group();
        return new JoinedGroupBody(
                group.id(),
                group.name(),
                group.userCount() + group.serviceAccountCount(),
                KubiyaUserBody.of(joined.account()));
    }
}
