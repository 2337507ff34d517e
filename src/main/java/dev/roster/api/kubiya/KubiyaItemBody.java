package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A user in lists of the second version, whose status stands under the name that the command line reads too.
 *
 * @param userStatus the same as {@code status}
 */
@RegisterForReflection
public record KubiyaItemBody(@JsonUnwrapped KubiyaUserBody user, UserStatus userStatus) {
    static KubiyaItemBody of(UserView user) {
        return new KubiyaItemBody(KubiyaUserBody.of(user), user.status());
    }
}
