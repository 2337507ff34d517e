package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roster.caller.Caller;
import dev.roster.user.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import java.util.UUID;

/**
 * The caller: a user with what Kubiya's clients read of it, which send their key as {@code Bearer}
 * first and never ask again under their own scheme once that is taken.
 *
 * @param uuid the same as {@code id}
 * @param email empty for an account that has none, because those clients expect a text
 * @param org the organization's id
 * @param orgName the organization's name
 */
@RegisterForReflection
public record MeBody(@JsonUnwrapped UserBody user, UUID uuid, String email, UUID org, String orgName) {

    static MeBody of(Caller caller, UserView user) {
        return new MeBody(
                UserBody.of(caller, user),
                user.id(),
                Objects.requireNonNullElse(user.email(), ""),
                caller.organizationId(),
                caller.organization());
    }
}
