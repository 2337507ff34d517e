package dev.roster.api.kubiya;

import dev.roster.user.GroupSummary;
import dev.roster.user.UserView;
import java.util.UUID;

/**
 * A group that a user is in now.
 *
 * @param members how many accounts are in it
 */
public record JoinedGroupBody(UUID id, String name, int members, KubiyaUserBody user) {
    static JoinedGroupBody of(String name, UserView user) {
        GroupSummary group = user.groups().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new JoinedGroupBody(
                group.id(), group.name(), group.userCount() + group.serviceAccountCount(), KubiyaUserBody.of(user));
    }
}
