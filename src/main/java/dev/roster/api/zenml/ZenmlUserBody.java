package dev.roster.api.zenml;

import dev.roster.caller.Role;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * A user.
 *
 * @param email empty for one that has none, because the contract promises a text
 * @param password always null: it is written and never read
 */
public record ZenmlUserBody(
        UUID id,
        String username,
        String email,
        String name,
        String avatarUrl,
        String company,
        String jobTitle,
        Map<String, Object> metadata,
        String password,
        boolean passwordExpired,
        String oauthProvider,
        String oauthId,
        boolean isActive,
        boolean isSuperuser,
        boolean isServiceAccount,
        boolean isOnboarded,
        UUID organizationId) {
    /** Users of an organization; equal for the same one. */
    static Function<UserView, ZenmlUserBody> in(UUID organizationId) {
        return new In(organizationId);
    }

    private record In(UUID organizationId) implements Function<UserView, ZenmlUserBody> {
        @Override
        public ZenmlUserBody apply(UserView user) {
            return of(organizationId, user);
        }
    }

    static ZenmlUserBody of(UUID organizationId, UserView user) {
        return new ZenmlUserBody(
                user.id(),
                user.username(),
                Objects.requireNonNullElse(user.email(), ""),
                user.displayName(),
                user.avatarUrl(),
                user.company(),
                user.jobTitle(),
                user.metadata(),
                null,
                user.passwordExpired(),
                user.oauthProvider(),
                user.oauthId(),
                user.status() == UserStatus.ACTIVE,
                user.role() == Role.ADMIN,
                user.kind() == UserKind.SERVICE,
                user.onboarded(),
                organizationId);
    }
}
