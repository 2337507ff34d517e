package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of users, as the second version of the path has it. */
public record KubiyaUsersBody(List<Item> items) {

    /**
     * A user, whose status stands under the name that the command line reads too.
     *
     * @param userStatus the same as {@code status}
     */
    @RegisterForReflection
    public record Item(@JsonUnwrapped KubiyaUserBody user, UserStatus userStatus) {}

    static KubiyaUsersBody of(List<UserView> users) {
        return new KubiyaUsersBody(users.stream()
                .map(user -> new Item(KubiyaUserBody.of(user), user.status()))
                .toList());
    }
}
