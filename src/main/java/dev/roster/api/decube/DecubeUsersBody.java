package dev.roster.api.decube;

import dev.roster.user.UserView;
import java.util.List;

/**
 * A page of users.
 *
 * @param count how many users the organization has, deactivated ones included
 */
public record DecubeUsersBody(long count, List<DecubeUserBody> users) {
    static DecubeUsersBody of(long count, List<UserView> users) {
        return new DecubeUsersBody(count, users.stream().map(DecubeUserBody::of).toList());
    }
}
