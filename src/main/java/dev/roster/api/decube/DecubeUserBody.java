package dev.roster.api.decube;

import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import java.util.Objects;
import java.util.UUID;

/**
 * A user.
 *
 * @param email empty for one that has none, because the contract promises a text
 */
public record DecubeUserBody(UUID id, String name, String email, UserStatus status) {
    static DecubeUserBody of(UserView user) {
        return new DecubeUserBody(
                user.id(), user.displayName(), Objects.requireNonNullElse(user.email(), ""), user.status());
    }
}
