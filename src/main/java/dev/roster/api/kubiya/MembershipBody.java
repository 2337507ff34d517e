package dev.roster.api.kubiya;

import dev.roster.user.UserView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The groups of a user, in the order of their names. */
public record MembershipBody(UUID userId, String email, List<Membership> groups) {
    /** One of them. */
    public record Membership(UUID id, String name, String description, Instant addedAt) {}

    static MembershipBody of(UserView user) {
        return new MembershipBody(
                user.id(),
                Objects.requireNonNullElse(user.email(), ""),
                user.groups().stream()
                        .map(group -> new Membership(group.id(), group.name(), group.description(), group.addedAt()))
                        .toList());
    }
}
