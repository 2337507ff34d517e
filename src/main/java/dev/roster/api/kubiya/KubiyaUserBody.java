package dev.roster.api.kubiya;

import dev.roster.caller.Role;
import dev.roster.user.GroupSummary;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A user.
 *
 * @param email empty for one that has none, because the contract promises a text
 * @param groups names, in their order
 * @param lastLogin null before the first one
 */
@RegisterForReflection
public record KubiyaUserBody(
        UUID uuid,
        String email,
        String name,
        Role role,
        List<String> groups,
        Instant createdAt,
        Instant lastLogin,
        UserStatus status,
        Map<String, Object> metadata) {
    static KubiyaUserBody of(UserView user) {
        return new KubiyaUserBody(
                user.id(),
                Objects.requireNonNullElse(user.email(), ""),
                user.displayName(),
                user.role(),
                user.groups().stream().map(GroupSummary::name).toList(),
                user.createdAt(),
                user.lastLoginAt(),
                user.status(),
                user.metadata());
    }
}
