package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.persistence.Precondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An account as it is read: one row with its groups, the same for every contract.
 *
 * @param groups ordered by name
 * @param pendingEmail the address that its person wants and has not proven yet; null where none
 * @param version grows with every change of the row and of its memberships
 */
public record UserView(
        UUID id,
        UserKind kind,
        String username,
        String email,
        String displayName,
        String fullName,
        String description,
        Role role,
        UserStatus status,
        boolean passwordExpired,
        String avatarUrl,
        String company,
        String jobTitle,
        String oauthProvider,
        String oauthId,
        boolean onboarded,
        Map<String, Object> metadata,
        Instant lastLoginAt,
        Instant lastSeenAt,
        Instant createdAt,
        int version,
        List<GroupSummary> groups,
        String pendingEmail) {

    /** What changes may start from: a change of a group of the account, or the end of one, makes it another. */
    public String state() {
        return Precondition.state(version, groups.stream().map(group -> group.id() + " " + group.version()));
    }

    /** A new account, which is in no group. */
    static UserView of(User user) {
        return new UserView(
                user.id,
                user.kind,
                user.username,
                user.email,
                user.displayName,
                user.fullName,
                user.description,
                user.role,
                user.status,
                user.passwordExpired,
                user.avatarUrl,
                user.company,
                user.jobTitle,
                user.oauthProvider,
                user.oauthId,
                user.onboarded,
                user.metadata,
                user.lastLoginAt,
                user.lastSeenAt,
                user.createdAt,
                user.version,
                List.of(),
                null);
    }
}
