package dev.roster.api.kubiya;

import dev.roster.user.GroupSummary;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A group.
 *
 * @param system false: no group is made by the service itself
 * @param roles empty: a group gives its members no role
 */
@RegisterForReflection
public record KubiyaGroupBody(
        UUID uuid, String name, String description, boolean system, List<String> roles, Instant createdAt) {
    static KubiyaGroupBody of(GroupSummary group) {
        return new KubiyaGroupBody(group.id(), group.name(), group.description(), false, List.of(), group.createdAt());
    }
}
